"""An auditor reads the access log and takes it along; a viewer reads summaries and has no way to letters."""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import enter, give_passphrase

expect.set_options(timeout=20_000)


@pytest.fixture(autouse=True)
def _expected(watch):
    watch.allow(r"Failed to load resource.*40[13]")


def fault_words(axe, overflow, page):
    return [*axe(page), *([f"{overflow(page)} pixels too wide"] if overflow(page) else [])]


def test_an_auditor_signs_in_reads_and_takes_along_what_was_chosen(new_context, portal, axe, overflow):
    account = portal.account("monitor", "auditor")
    page = new_context(language="ko", width=360).new_page()
    give_passphrase(page, account, "/log")
    expect(page.locator(".log__row").first).to_be_visible()
    assert fault_words(axe, overflow, page) == []
    expect(page.locator(".staff-navigation__link")).to_have_count(2)  # the log, and the own account
    page.locator("#filter-kind").select_option("signing_in")
    page.locator(".filters__apply").click()
    page.wait_for_url(re.compile("kind=signing_in"))
    number = page.locator(".log__row").count()
    # Some time later: who takes something along is asked once more who they are.
    with sqlite3.connect(portal.database) as rows:
        rows.execute("UPDATE staff_session SET confirmed_at = '2026-01-01 00:00:00.000000'")
    page.locator("#export-reason").select_option("incident")
    page.locator("#export-submit").click()
    expect(page.locator("#passphrase-dialog")).to_be_visible()
    assert axe(page) == []
    page.locator("#again-passphrase").fill(account["passphrase"])
    with page.expect_download() as download:
        page.locator("#passphrase-form button[type=submit]").click()
    expect(page.locator("#export-status")).not_to_be_empty()
    assert re.fullmatch(r"access-log-[a-z-]+-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + number
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/en/log?kind=log")
    expect(page.locator(".log__row").first).to_contain_text("Looking into an incident")
    assert fault_words(axe, overflow, page) == []


def test_a_viewer_reads_summaries_and_sees_why_there_is_no_letter(new_context, portal, sessions, axe, overflow):
    page = new_context(language="ko", width=360).new_page()
    enter(page, sessions, portal.account("support_centre", "viewer"))
    expect(page.locator("#queue-status")).to_contain_text(re.compile("[1-9]"))
    expect(page.locator(".mark--flag").first).to_be_visible()
    assert page.locator("a[href*='/referral/']").count() == 0
    assert fault_words(axe, overflow, page) == []
