"""Adding to a report that was sent, organisations and addresses: the rules on age are those of the report itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE
from tests.browser.reporter import Reporter
from tests.browser.reporting import come_back

WORDS = "저는 카나리아 초등학교에 다녀요"
POLICE = "demo-police"
ADDED = "https://added.example/1"


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


@pytest.fixture
def added(page):
    """An address with words beside it, not sent yet."""
    page.locator("#add-links > summary").click()
    page.locator("#link-0-address").fill(ADDED)
    expect(page.locator("#added-about")).to_be_hidden()  # an address alone says nothing of a person
    page.locator("#links [data-more] > summary").click()
    page.locator("#link-0-place").fill(WORDS)
    expect(page.locator("#added-about")).to_be_visible()
    return page


def arrived(page, reporter):
    """The address as the organisation reads it."""
    page.locator("#send-links").click()
    expect(page.locator("#links-status")).to_contain_text("보냈습니다")
    expect(page.locator("#added-about")).to_be_hidden()
    ((item,),) = [said["items"] for said in reporter.read("to_organisation")]
    assert item["url"] == ADDED
    return item


def test_of_a_child_no_words_go_with_an_address_that_is_added(added, reporter, axe):
    added.locator("#added-age_group-under_14").check()
    young = added.locator("#added-young")
    expect(young.locator("[data-note=under_14_links_only]")).to_be_visible()
    expect(young.locator("[data-note=under_14_links_only] a[href='tel:1388']").first).to_be_visible()
    expect(added.locator("#link-0-place")).to_be_hidden()
    expect(added.locator("#link-0-kind")).to_be_visible()
    assert axe(added) == []
    item = arrived(added, reporter)
    assert [item[name] for name in ("place", "poster", "title_keywords")] == ["", "", ""]


def test_of_a_child_words_alone_are_no_address(added, reporter):
    added.locator("#link-0-address").fill("")
    added.locator("#added-age_group-under_14").check()
    added.locator("#send-links").click()
    expect(added.locator("#links-errors")).to_be_focused()
    assert reporter.read("to_organisation") == []


def test_who_is_older_or_does_not_say_adds_an_address_in_words_as_well(added, reporter):
    added.locator("#added-age_group-14_to_18").check()
    expect(added.locator("#added-young [data-note=under_19]")).to_be_visible()
    assert arrived(added, reporter)["place"] == WORDS
