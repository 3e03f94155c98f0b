"""«잘 모르겠어요» and «답하고 싶지 않아요» at a text: what was typed is put away while one is ticked."""

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import begin, choose, on_to

LINK = "https://board.example/7391"


@pytest.fixture
def page(new_context):
    page = new_context(width=360, height=740).new_page()
    begin(page)
    return page


def to_centre(page):
    on_to(page, "organisations")
    choose(page, "demo-centre", "purposes-deletion")


def letter_of(page):
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    return page.locator("#letters").inner_text()


def test_in_a_link(page, axe):
    page.locator("#link-0-address").fill(LINK)
    page.locator("#links [data-more] > summary").click()
    poster = page.locator("#link-0-poster")
    poster.fill("canary_name")
    page.locator("#link-0-poster-not_said").check()
    expect(poster).to_have_value("")
    page.locator("#link-0-poster-not_known").check()
    expect(page.locator("#link-0-poster-not_said")).not_to_be_checked()
    for name in ("place", "poster", "title_keywords", "first_seen", "last_seen", "posted"):
        expect(page.locator(f"#link-0-{name}-not_known")).to_be_visible()
        expect(page.locator(f"#link-0-{name}-not_said")).to_be_visible()
    assert axe(page) == []
    to_centre(page)
    assert "canary_name" not in letter_of(page)


def test_the_address_itself_once_and_not_for_each_of_many(page):
    page.locator("#link-0-address").fill(LINK)
    page.locator("#link-0-address-not_known").check()
    expect(page.locator("#link-0-address")).to_have_value("")
    page.locator("#link-0-address-not_known").uncheck()
    expect(page.locator("#link-0-address")).to_have_value(LINK)
    page.locator("#add-link").click()
    expect(page.locator("[data-link]")).to_have_count(2)
    expect(page.locator("#links [data-left-open$=address]")).to_have_count(2)


def test_where_to_be_contacted(page, axe):
    page.locator("#link-0-address").fill(LINK)
    to_centre(page)
    on_to(page, "contact")
    page.locator("#channel-phone").check()
    page.locator("#contact_address").fill("010-0000-7391")
    page.locator("#contact_address-not_said").check()
    expect(page.locator("#contact_address")).to_have_value("")
    assert axe(page) == []
    letter = letter_of(page)
    assert LINK in letter
    assert "7391" not in letter.replace(LINK, "")
    assert "전화" not in letter
