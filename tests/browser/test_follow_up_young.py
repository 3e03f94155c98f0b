"""Sending a report to one organisation more: the rules on age are those of the report itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE
from tests.browser.reporter import Reporter
from tests.browser.reporting import come_back

WORDS = "저는 카나리아 초등학교에 다녀요"
POLICE = "demo-police"


@pytest.fixture
def reporter(portal):
    return Reporter(portal.url, CENTRE, keep_own=True)


@pytest.fixture
def page(new_context, reporter):
    page = new_context(width=360, height=740).new_page()
    come_back(page, reporter.code)
    page.locator("#add-organisation > summary").click()
    expect(page.locator("#add-organisation-form")).to_be_visible()
    return page


def notes(page):
    return {one.get_attribute("data-note") for one in page.locator("#addition-young [data-note]:visible").all()}


def test_of_a_child_addresses_only_are_sent_and_what_follows_is_said_before(page, reporter, axe):
    assert notes(page) == set()
    assert page.locator("#addition-about input:checked").count() == 0
    page.locator(f"#organisation-{POLICE}-chosen").check()
    page.locator("#sentence").fill(WORDS)
    page.locator("#age_group-under_14").check()
    assert notes(page) == {"under_14_links_only", "under_19"}
    assert page.locator("#addition-young a[href='tel:1388']:visible").count() > 0
    expect(page.locator("#sentence")).to_be_hidden()
    expect(page.locator("#account_note")).to_be_hidden()
    expect(page.locator(f"#organisation-{POLICE}-sensitive")).to_be_hidden()
    assert axe(page) == []
    page.locator("#addition-look").click()
    letter = page.locator("#letters")
    expect(letter).to_contain_text("14세 미만")
    expect(letter).not_to_contain_text("카나리아")
    page.locator("#addition-send").click()
    expect(page.locator("#threads .thread")).to_have_count(2)
    assert reporter.states() == {CENTRE: "received", POLICE: "received"}


def test_somebody_who_reports_for_a_child_may_write(page):
    page.locator(f"#organisation-{POLICE}-chosen").check()
    page.locator("#age_group-under_14").check()
    page.locator("#role-lineal_relative").check()
    assert notes(page) == {"under_19"}
    page.locator("#sentence").fill(WORDS)
    page.locator(f"#organisation-{POLICE}-sensitive").check()
    page.locator("#addition-look").click()
    expect(page.locator("#letters")).to_contain_text(WORDS)


def test_where_nothing_is_taken_from_a_child_people_who_help_are_named(page, reporter):
    page.evaluate("document.getElementById('add-organisation-form').dataset.policy = 'help_lines'")
    page.locator(f"#organisation-{POLICE}-chosen").check()
    page.locator(f"#organisation-{POLICE}-sensitive").check()
    page.locator("#age_group-under_14").check()
    assert notes(page) == {"under_14_help_lines", "under_19"}
    page.locator("#addition-look").click()
    expect(page.locator("#addition-errors")).to_be_focused()
    expect(page.locator("#addition-errors")).to_contain_text("1388")
    expect(page.locator("#addition-ready")).to_be_hidden()
    assert reporter.states() == {CENTRE: "received"}
