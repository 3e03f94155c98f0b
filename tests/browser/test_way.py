"""The way through the report in a real Chromium on a phone: what is asked of whom, what is said at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import LINK, begin, choose, code_of, on_to

ODD = (
    "가나다 👩\u200d👩\u200d👧 \u05e9\u05dc\u05d5\u05dd \u200f\u05e2\u05d1\u05e8\u05d9\u05ea \u200b\ufeff "
    "\u202e뒤집힘\u202c \a\x1b[31m e\u0301 끝"
)
CARD = "카드 4111-1111-1111-1111"


@pytest.fixture
def page(new_context):
    return new_context(width=360, height=740).new_page()


def start(page, path="/report"):
    page.goto(path)
    page.locator("#begin:enabled").click()
    expect(page.locator("#step-danger")).to_be_visible()


def notes(page):
    """The names of what is said, on the step that is shown."""
    shown = page.locator(".step:visible [data-note]:visible").all()
    return {note.get_attribute("data-note") for note in shown}


def asked(page):
    """The names of what is asked, on the step that is shown; what is folded away counts."""
    found = page.locator(".step:visible [data-asked]:not([hidden])").all()
    return {part.get_attribute("data-asked") for part in found}


def test_danger_and_a_threat_with_a_deadline_are_answered_at_once(page, axe, overflow):
    """Before anything else is asked, and before anything is sent."""
    posted = []
    page.on("request", lambda request: posted.append(request) if request.method == "POST" else None)
    start(page)
    assert notes(page) == set()
    page.locator("#danger-yes").check()
    expect(page.locator("#step-danger [data-note=in_danger] a[href='tel:112']")).to_be_visible()
    expect(page.locator("#step-danger [data-note=in_danger] a[href='sms:112']")).to_be_visible()
    assert page.locator("#step-danger [role=status]").filter(has_text="112").count() == 1  # read aloud as well
    assert axe(page) == []
    page.locator("#danger-not_known").check()
    assert notes(page) == set()
    on_to(page, "urgent")
    assert not {"threat_ongoing", "threat_deadline"} & asked(page)
    page.locator("#spread_now-again").check()
    page.locator("#threat_kinds-money").check()
    page.locator("#threat_kinds-meeting").check()
    page.locator("#threat_deadline").fill("오늘 밤 열 시까지 답하래요")
    page.locator("#threat_deadline").blur()
    assert notes(page) == {"spreading", "threatened", "money", "meeting", "deadline"}
    deadline = page.locator("[data-note=deadline]:visible")
    assert deadline.locator("a").first.get_attribute("href") == "tel:112"
    expect(page.locator("[data-note=threatened]:visible")).to_contain_text("돈도 사진도 보내지 않으셔도 됩니다")
    assert axe(page) == []
    assert overflow(page) == 0
    page.locator("#threat_kinds-none").check()
    assert notes(page) == {"spreading"}
    assert posted == []


def test_a_third_party_is_asked_only_for_what_was_seen(page):
    """And told what can and cannot be done without the victim; what was answered before that is not in the letter."""
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "you")
    page.locator("#age_group-14_to_18").check()
    page.locator("#role-sibling").check()
    assert {"proxy", "age_group"} <= asked(page)
    assert notes(page) == {"for_somebody", "under_19"}
    page.locator("#role-third_party").check()
    assert not {"proxy", "age_group"} & asked(page)
    assert notes(page) == {"third_party"}
    on_to(page, "organisations")
    choose(page, "demo-centre", "purposes-deletion")
    on_to(page, "offender")
    assert asked(page) == {"offender_name", "offender_handles", "offender_text"}
    on_to(page, "account")
    assert asked(page) == {"account_seen", "account_note"}
    page.locator("#account_seen").fill("초대 링크가 돌고 있는 방을 보았어요")
    page.locator("#organisation-demo-centre-compartments-account").check()
    on_to(page, "contact")
    assert asked(page) == set()
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    letter = page.locator("#letters").inner_text()
    assert "초대 링크가 돌고 있는 방을 보았어요" in letter
    assert "제3자" in letter
    assert "14" not in letter.replace(LINK, "")


def test_from_a_child_alone_only_addresses_and_ticks_are_sent(page):
    """The words typed before are neither asked for any more nor in the letter; there is a code all the same."""
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    page.locator("#sentence").fill("우리 반 단체방이에요")
    page.locator("#sentence").blur()
    on_to(page, "harm")
    page.locator("#harm-distribution").check()
    on_to(page, "you")
    page.locator("#role-victim").check()
    page.locator("#age_group-under_14").check()
    assert notes(page) == {"under_14_links_only", "under_19"}
    assert page.locator("[data-note=under_14_links_only]:visible a[href='tel:1388']").is_visible()
    assert "region" not in asked(page)
    on_to(page, "organisations")
    expect(page.locator("#progress")).to_have_text("9단계 중 7단계")  # nothing about the offender, no own words
    choose(page, "demo-centre", "purposes-counselling")
    page.locator("#step-organisations [data-next]").click()
    expect(page.locator("#step-contact")).to_be_visible()
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    letter = page.locator("#letters").inner_text()
    assert LINK in letter
    assert "14세 미만" in letter
    assert "우리 반" not in letter
    expect(page.locator("#step-review [data-note=under_19]")).to_be_visible()
    page.locator("#send").click()
    assert re.fullmatch(r"(?:\d{4} ){5}\d{4}", code_of(page))


def test_where_nothing_is_taken_from_a_child_people_who_help_are_named(page):
    begin(page)
    page.evaluate("document.getElementById('report').dataset.policy = 'help_lines'")
    on_to(page, "you")
    page.locator("#role-victim").check()
    page.locator("#age_group-under_14").check()
    page.locator("#step-you [data-next]").click()
    expect(page.locator("#under-14")).to_be_focused()
    assert page.locator("#under-14 a[href='tel:1388']:visible").count() > 0
    page.locator("#age_group-14_to_18").check()
    page.locator("#step-you [data-next]").click()
    expect(page.locator("#step-wishes")).to_be_visible()


def test_whatever_is_typed_is_kept_and_reaches_the_letter(page):
    """Twenty thousand characters, emoji, right-to-left, zero-width and control characters: as they were typed."""
    long = "천천히 적은 이야기 " * 2000
    begin(page)
    page.locator("#sentence").fill(ODD)
    on_to(page, "organisations")
    choose(page, "demo-centre")
    on_to(page, "account")
    page.locator("#account_events").fill(long)
    page.locator("#account_worry").fill(f"{ODD}\n{ODD}")
    page.locator("#account_note").fill("말하지 않을 것")
    page.locator("#account_note-not_said").check()
    expect(page.locator("#account_note")).to_have_value("")
    page.locator("#organisation-demo-centre-compartments-account").check()
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    read = page.locator("#letters").evaluate("(letters) => letters.textContent")
    assert long.strip() in read
    assert f"{ODD}\n{ODD}" in read
    assert "말하지 않을 것" not in read
    page.locator(".tasks summary").click()
    page.locator(".tasks [data-goto=account]").click()
    page.locator("#account_note-not_said").uncheck()
    expect(page.locator("#account_note")).to_have_value("말하지 않을 것")  # put away, not lost
    page.locator("#account_note").fill(CARD)
    expect(page.locator("#account_note-error")).to_contain_text("카드 번호")  # while the field has the focus still
    expect(page.locator("#caught")).to_contain_text("카드 번호")
    page.locator("#account_note").fill("괜찮아요")
    expect(page.locator("#account_note-error")).to_be_hidden()
    page.locator("#step-account [data-to-review]").click()
    page.locator("#send:visible").wait_for()
    expect(page.locator("#letters")).to_contain_text("괜찮아요")
