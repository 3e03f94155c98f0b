"""A caseworker's desk: signing in, and finding a referral in the queue and by its address."""

import re

from playwright.sync_api import expect

CENTRE = "demo-centre"


def give_passphrase(page, account, path="/queue", prefix=""):
    """Sign in and wait for the page that was asked for."""
    page.goto(f"{prefix}/sign-in?next={prefix}{path}")
    page.locator("#submit:enabled").wait_for()
    page.locator("#login").fill(account["login"])
    page.locator("#passphrase").fill(account["passphrase"])
    page.locator("#submit").click()
    page.wait_for_url(re.compile(rf"^https?://[^/]+{prefix}{re.escape(path)}$"))


def opened(page, reporter, prefix=""):
    """Open the referral of a report, and wait until its letter and its summary are there."""
    page.goto(f"{prefix}/referral/{reporter.referral['referral_id']}")
    expect(page.locator("#case")).to_be_visible()
    expect(page.locator("#marks .mark--flag").first).to_be_visible()
    return page


def row_of(page, reporter):
    """The row of a report in the queue."""
    return page.locator(f"[id='referral-{reporter.referral['referral_id']}']")
