"""A caseworker's desk: signing in, and finding a referral in the queue and by its address."""

import re

from playwright.sync_api import expect

CENTRE = "demo-centre"
OK = 200


def give_passphrase(page, account, path="/queue", prefix=""):
    """Sign in and wait for the page that was asked for."""
    page.goto(f"{prefix}/sign-in?next={prefix}{path}")
    page.locator("#submit:enabled").wait_for()
    page.locator("#login").fill(account["login"])
    page.locator("#passphrase").fill(account["passphrase"])
    page.locator("#submit").click()
    page.wait_for_url(re.compile(rf"^https?://[^/]+{prefix}{re.escape(path)}$"))


def enter(page, sessions, account, path="/queue", prefix=""):
    """Sign in, or go on in the session that an earlier test began, as its own tab would: to stretch a passphrase takes
    seconds. `sessions`: what a browser holds of each, by login. One that has ended is left for a new one."""
    cookies, tab = sessions.get(account["login"], ([], {}))
    page.context.add_cookies(cookies)
    if cookies and page.context.request.get(prefix + path, max_redirects=0).status == OK:
        page.goto("/help")
        page.evaluate("(tab) => Object.assign(sessionStorage, tab)", tab)
        page.goto(prefix + path)
        return
    page.context.clear_cookies()
    give_passphrase(page, account, path, prefix)
    sessions[account["login"]] = page.context.cookies(), page.evaluate("({...sessionStorage})")


def opened(page, reporter, prefix=""):
    """Open the referral of a report, and wait until its letter and its summary are there."""
    page.goto(f"{prefix}/referral/{reporter.referral['referral_id']}")
    expect(page.locator("#case")).to_be_visible()
    expect(page.locator("#marks .mark--flag").first).to_be_visible()
    return page


def row_of(page, reporter):
    """The row of a report in the queue."""
    return page.locator(f"[id='referral-{reporter.referral['referral_id']}']")


def proved(page, wanted, account):
    """Wait for what was asked for; where the last proof of the passphrase is too old by now, type it once more."""
    expect(page.locator(f"{wanted}, #passphrase-dialog").locator("visible=true").first).to_be_visible()
    if page.locator("#passphrase-dialog").is_visible():
        page.locator("#again-passphrase").fill(account["passphrase"])
        page.locator("#again-passphrase").press("Enter")
    expect(page.locator(wanted)).to_be_visible()
