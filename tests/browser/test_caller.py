"""A caseworker takes a report down for somebody on the telephone, and reads the code out."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import give_passphrase
from tests.browser.reporting import LINK, REFUSED, STORY, choose, code_of, come_back, on_to

BIG = 40  # pixels: to be read aloud from a screen at arm's length


def taken_down(page, path, words):
    """The row of the one report that a caseworker sealed, on whichever page of the queue it stands."""
    page.goto(path)
    sealer = page.locator(".queue__sealer", has_text=words)
    while not sealer.count():
        with page.expect_navigation():
            page.locator(".paging__next").click()
    expect(sealer).to_have_count(1)
    return page.locator(".queue__row", has=sealer)


@pytest.mark.slow
def test_a_report_by_telephone_survives_the_end_of_the_session_and_shows_as_what_it_is(
    sign_in, portal, new_context, watch, axe, overflow
):
    watch.allow(REFUSED)
    watch.allow(r"Failed to load resource.*401")
    page = sign_in("caseworker", "/caller")
    expect(page.locator("#exit")).to_have_count(0)
    assert axe(page) == []
    page.locator("#begin:enabled").click()
    on_to(page, "links")
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    expect(page.locator("#step-organisations .read-out")).to_contain_text("모두 다도 거절하실 수 있고")
    assert axe(page) == []
    choose(page, "demo-centre", "purposes-counselling")
    on_to(page, "account")
    page.locator("#account_events").fill(f"{STORY}\n통화 메모를 붙여 넣음")
    page.locator("#organisation-demo-centre-compartments-account").check()
    on_to(page, "review")
    page.locator("#send:visible").wait_for()

    other = page.context.new_page()
    other.goto("/queue")
    other.locator("form[action$='/sign-out'] button").click()
    page.locator("#send").click()
    expect(page.locator("#preparing-words")).to_contain_text("로그아웃되었습니다")
    give_passphrase(other, portal.account("support_centre", "caseworker"))
    page.locator("#prepare-again").click()
    page.locator("#send:visible").click()
    code = code_of(page)
    assert axe(page) == []
    assert overflow(page) <= 0
    size = page.locator("#receipt-code").evaluate("(shown) => parseFloat(getComputedStyle(shown).fontSize)")
    assert size >= BIG
    for own_keeping in ("#copy-code", "#print-code", "#practice"):
        expect(page.locator(own_keeping)).to_be_hidden()

    taken_down(other, "/queue", "담당자가 받아 적음")
    taken_down(other, "/en/queue", "Taken down by a caseworker").locator(".queue__link").click()
    expect(other.locator("#head-sealed-by")).to_contain_text("Taken down by a caseworker")
    expect(other.locator("#case")).to_be_visible()

    caller = new_context(width=360).new_page()
    come_back(caller, code)
    expect(caller.locator("#threads .thread")).to_have_count(1)
