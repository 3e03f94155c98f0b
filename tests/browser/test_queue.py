"""The queue in a real Chromium: keys, finding, several at once, summaries of new letters, colleagues, saved views."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE, row_of
from tests.browser.reporter import MADE_UP, Reporter

pytestmark = pytest.mark.own_portal  # all letters can be opened here, and their summaries made
expect.set_options(timeout=20_000)
ADULT = {"age": "19_or_over", "threat": [], "ongoing": "undisclosed", "harm": ["filming"], "urgent": False}


@pytest.fixture
def site():
    """A site that nothing but this test is about: whatever else lies in the queue, it finds its own letters."""
    return f"{secrets.token_hex(6)}.example"


@pytest.fixture
def reporters(portal, site):
    """Two letters that nobody has opened: an urgent one of somebody under 19, and another."""
    minor, adult = ([{"url": f"https://{site}/v/{number}", "kind": "page"}] for number in (1, 2))
    return [
        Reporter(portal.url, CENTRE, MADE_UP | {"links": minor}),
        Reporter(portal.url, CENTRE, MADE_UP | ADULT | {"links": adult}),
    ]


@pytest.fixture
def known(sign_in, reporters, site):
    """A caseworker before these two letters, with summaries made of all that is new."""
    page = sign_in()
    expect(page.locator("#first-opening-title")).to_contain_text(re.compile("요약이 없는 새 편지 [\\d,]+통"))
    page.locator("#first-opening-go").click()
    expect(page.locator("#find-said")).to_contain_text("모두 마쳤습니다")
    expect(page.locator("#first-opening")).to_be_hidden()
    find(page, site, 2)
    return page


def find(page, words, number):
    page.locator("#find-words").fill(words)
    expect(page.locator("tbody .queue__row")).to_have_count(number)


def unfocused(page):
    page.evaluate("document.activeElement.blur()")


def test_summaries_of_new_letters_are_made_logged_and_leave_them_unopened(known, reporters, site):
    page = known
    page.reload()
    find(page, site, 2)
    row = row_of(page, reporters[1])
    expect(row.locator("[data-part=line]")).to_contain_text("불법촬영")
    expect(row.locator(".mark--new")).to_be_visible()
    row.locator(".queue__link").click()
    expect(page.locator("#history")).to_contain_text("요약을 만들려고")


def test_found_by_what_only_the_browser_reads_and_nothing_of_it_is_sent(known, reporters, site):
    page, sent = known, []
    minor, adult = (row_of(page, one) for one in reporters)
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    find(page, f"hxxps[:]//{site.replace('.', '[.]')}/v/2", 1)
    expect(adult).to_be_visible()
    find(page, site, 2)
    page.locator("[data-flag=under_19]").check()
    expect(adult).to_have_count(0)
    expect(minor).to_be_visible()
    assert page.url.endswith("#flags=under_19")
    page.locator("#find-details summary").click()
    page.locator("#find-harm").select_option("filming")
    expect(page.locator("#find-said")).to_have_text("찾은 것이 없습니다.")
    page.keyboard.press("Escape")
    expect(page.locator("#find-words")).to_have_value("")
    assert "#" not in page.url
    assert not [one for one in sent if "under_19" in one or "filming" in one or site in one]
    page.goto("/queue#flags=under_19&order=risk")
    page.reload()
    expect(page.locator("[data-flag=under_19]")).to_be_checked()
    expect(page.locator("#find-order")).to_have_value("risk")
    find(page, site, 1)
    page.wait_for_function("sessionStorage.getItem('onestop.summaries')")
    kept = page.evaluate("Object.entries(sessionStorage).map((pair) => pair.join('=')).join()")
    assert "onestop.summaries" in kept
    assert "under_19" not in kept


def test_keys_move_select_take_on_and_are_silent_while_typing(known, reporters):
    page = known
    find(page, reporters[1].referral["referral_id"][:8], 1)
    row = row_of(page, reporters[1])
    unfocused(page)
    page.keyboard.press("j")
    expect(row.locator(".queue__link")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("#picked")).to_have_text("1건 선택함")
    page.keyboard.press("x")
    page.keyboard.press("a")
    expect(row.locator(".state--assigned")).to_be_visible()
    expect(row.locator(".queue__link")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#find-words")).to_be_focused()
    page.keyboard.type("ax?")
    expect(page.locator("#find-words")).to_have_value(re.compile("ax\\?$"))
    expect(page.locator("#keys-help")).to_be_hidden()
    page.keyboard.press("Escape")
    unfocused(page)
    page.keyboard.press("?")
    page.locator(".keys-help__choice summary").click()
    page.locator("#key-next").fill("x")
    page.keyboard.press("Tab")
    expect(page.locator("#keys-said")).to_contain_text("x 키는 이미 쓰이고 있습니다: 이 줄 선택")
    page.locator("#key-next").fill("ㅜ")
    page.keyboard.press("Tab")
    expect(page.locator("[data-key-shown=next]")).to_have_text("n")
    page.keyboard.press("Escape")
    expect(page.locator("#keys-help")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator(".queue__link:focus")).to_have_count(1)
    page.keyboard.press("?")
    page.locator("#keys-usual").click()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    unfocused(page)
    page.keyboard.press("j")
    expect(page.locator(".queue__link:focus")).to_have_count(0)
    page.reload()
    page.locator("#keys-help-open").click()
    expect(page.locator("#keys-on")).not_to_be_checked()


def test_several_change_after_a_preview_and_come_back(known, reporters, axe):
    page, rows = known, [row_of(known, one) for one in reporters]
    before = [row.locator(".due__day").get_attribute("datetime") for row in rows]
    page.locator("#pick-all").check()
    page.locator("[data-change=state]").click()
    expect(page.locator("#change-state-hint")).to_contain_text("메시지를")
    expect(page.locator("#change-preview")).to_contain_text("그렇게 바꿀 수 없음: 2건")
    expect(page.locator("#change-go")).to_be_disabled()
    page.keyboard.press("Escape")
    page.locator("[data-change=assignment]").click()
    page.locator("#change-to").select_option(index=0)
    expect(page.locator("#change-preview")).to_contain_text("2건")
    assert axe(page) == []
    page.locator("#change-go").click()
    expect(page.locator("#bulk-said")).to_contain_text("2건을 바꿨습니다")
    for row in rows:
        expect(row.locator(".state--assigned")).to_be_visible()
    page.locator("#bulk-undo").click()
    expect(page.locator("#bulk-said")).to_contain_text("2건을 되돌렸습니다")
    for row in rows:
        expect(row.locator(".state--received")).to_be_visible()
        row.locator("[data-pick]").check()
    page.locator("[data-change=deadline]").click()
    day = page.locator("#change-day").get_attribute("min")
    page.locator("#change-day").fill(day)
    page.locator("#change-go").click()
    expect(rows[1].locator(".due__day")).to_have_attribute("datetime", day)
    page.locator("#bulk-undo").click()
    for row, was in zip(rows, before, strict=True):
        expect(row.locator(".due__day")).to_have_attribute("datetime", was)


def test_each_reporter_is_told_of_a_change_of_several_and_that_it_was_a_mistake(known, reporters):
    page = known
    page.locator("#pick-all").check()
    page.locator("[data-change=assignment]").click()
    page.locator("#change-go").click()
    for row in (row_of(page, one) for one in reporters):
        row.locator(".state--assigned").wait_for()
        row.locator("[data-pick]").check()
    page.locator("[data-change=state]").click()
    page.locator("#change-state").select_option("in_support")
    expect(page.locator("#change-preview")).to_contain_text("신고인에게 보이는 글: 지원을 시작했습니다")
    page.locator("#change-go").click()
    page.locator("#bulk-undo").click()
    expect(page.locator("#bulk-said")).to_contain_text("2건을 되돌렸습니다")
    page.goto(f"/referral/{reporters[0].referral['referral_id']}")
    expect(page.locator("#thread")).to_contain_text(
        re.compile("지원을 시작했습니다.*잘못 알려 드린 것입니다", re.DOTALL)
    )
    expect(page.locator("#history")).to_contain_text("신고인에게 알리려고")


def test_who_else_looks_is_said_on_both_pages_and_a_letter_is_handed_on(known, sign_in, reporters, site):
    one = reporters[1]
    lead = sign_in("lead", f"/referral/{one.referral['referral_id']}")
    expect(lead.locator("#case")).to_be_visible()
    known.goto(f"/referral/{one.referral['referral_id']}")
    expect(known.locator("#head-viewing")).to_have_text(re.compile(".+ 님이 보는 중"))
    expect(lead.locator("#hand-on")).to_be_visible()
    lead.locator("#hand-on-to").select_option(index=0)
    to = lead.locator("#hand-on-to").input_value()
    lead.locator("#hand-on-go").click()
    expect(lead.locator("#head-said")).to_have_text(f"{to} 님에게 넘겼습니다.")
    expect(lead.locator("#head-assignee")).to_have_text(to)
    expect(lead.locator("#history")).to_contain_text("다른 담당자에게 넘김")


def test_a_view_is_kept_for_all_or_for_oneself_and_spared_kinds_are_covered(known, sign_in, reporters, site):
    page = known
    page.locator("#find-details summary").click()
    for name, shared in (("함께", True), ("나만", False)):
        page.locator("#view-save").click()
        page.locator("#view-name").fill(name)
        page.locator("#view-shared").set_checked(shared)
        page.keyboard.press("Enter")
        expect(page.locator("#view-dialog")).to_be_hidden()
    views = page.locator("#saved-views .views__view")
    expect(views).to_have_count(2)
    expect(views.first.locator(".views__count")).to_have_text("2")
    lead = sign_in("lead")
    theirs = lead.locator("#saved-views .views__view")
    expect(theirs).to_have_count(1)
    theirs.click()
    expect(lead.locator("#find-words")).to_have_value(site)
    page.reload()
    for left in (1, 0):
        page.locator(".views__remove").first.click()
        expect(views).to_have_count(left)
    find(page, site, 2)
    page.locator(".finder__details summary").last.click()
    page.locator("[data-spare=filming]").check()
    page.get_by_role("button", name="이대로 두기").click()
    line = row_of(page, reporters[1]).locator("[data-part=line]")
    expect(line).to_have_text("지금 쉬어 가는 종류입니다")
    page.locator("[data-spare=filming]").uncheck()
    page.get_by_role("button", name="이대로 두기").click()
    expect(line).to_contain_text("불법촬영")


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.slow)])
def test_it_fits_every_width_and_has_no_fault(sign_in, reporters, axe, overflow, language):
    page = sign_in(language=language)
    page.goto("/queue" if language == "ko" else "/en/queue")
    expect(page.locator("#first-opening")).to_be_visible()
    for details in page.locator(".finder__details").all():
        details.locator("summary").click()
    for width in (1280, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []
    page.locator("#keys-help-open").click()
    assert axe(page) == []
