"""Beginning a request out of a referral's links, keeping it, and the steps that it takes."""

import re

from playwright.sync_api import expect

from tests.browser.desk import opened
from tests.browser.reporter import MADE_UP

AGREED = MADE_UP | {"consent": {"purposes": ["deletion", "counselling"], "pass_on": []}}


def begin(page, reporter):
    """Choose two links of a referral, and begin a request from them."""
    opened(page, reporter)
    page.locator("#link-1").check()
    page.locator("#link-2").check()
    page.locator("#item-request").click()
    page.wait_for_url(re.compile(r"/requests/new#of="))
    expect(page.locator("#compose")).to_be_visible()


def keep(page):
    page.locator("#keep").click()
    page.wait_for_url(re.compile(r"/requests/[A-Za-z0-9_-]{22}$"))
    expect(page.locator("#request")).to_be_visible()


def step(page, state, **fields):
    page.locator("#step-state").select_option(state)
    for name, value in fields.items():
        field = page.locator(f"#step-{name}")
        field.select_option(value) if name == "channel" else field.fill(value)
    page.locator("#step-send").click()
