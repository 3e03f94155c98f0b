"""The support centre's part of the working week: triage, a group, requests, a room, and what came again."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.composing import begin, keep, step
from tests.browser.desk import opened, row_of
from tests.browser.matching import at_group, summarised
from tests.browser.week_people import ROOM, SHARED, TYPED

LONG_AGO = 20  # days; longer than any operator is given


def triage(centre, victims):
    """Make the summaries of what is new, find the four by their site, and take on the urgent one with a key."""
    page = centre.page
    centre.picture("queue-before")
    summarised(page)
    page.locator("#find-words").fill("share-5093.example")
    expect(page.locator("tbody .queue__row")).to_have_count(len(victims))
    centre.picture("queue")
    centre.show("queue")
    row = row_of(page, victims[0])
    expect(row.locator(".mark--urgent").first).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    expect(row.locator(".queue__link")).to_be_focused()
    page.keyboard.press("a")
    expect(row.locator(".state--assigned")).to_be_visible()
    opened(page, victims[0])
    expect(page.locator(".links__url").first).to_contain_text("hxxps[:]//share-5093[.]example")
    assert TYPED["what happened"] not in page.content()
    centre.picture("referral")
    centre.show("referral", ".case-head")


def ask_for_removal(centre, victims):
    """Four letters about one link: one request, and four reporters of whom each is told of her own."""
    page = centre.page
    at_group(page, len(victims))
    centre.picture("group")
    page.locator("#group-request").click()
    page.wait_for_url(re.compile(r"/requests/new#of="))
    expect(page.locator("#sources li")).to_have_count(len(victims))
    page.locator("#template").select_option("abuse_mail")
    page.locator("#to").fill(TYPED["operator"])
    page.locator("#to").press("Tab")
    words = page.locator("#words")
    expect(words).to_have_value(re.compile(rf"{TYPED['operator']} 신고 담당자께[\s\S]*1\) {re.escape(SHARED)}"))
    assert "own-" not in words.input_value()
    assert "2) " not in words.input_value(), "how many reported it is told to nobody"
    centre.picture("composer")
    centre.show("composer")
    keep(page)
    step(page, "sent", channel="email", reference="A-1")
    expect(page.locator("#step-said")).to_contain_text(f"{len(victims)}건")
    tell_each(victims, ["requested_operator"])


def be_answered(centre, victims):
    """The operator took the link down; the request lies open as it was left."""
    page = centre.page
    step(page, "acknowledged")
    expect(page.locator("#steps li")).to_have_count(3)
    step(page, "removed")
    expect(page.locator("#step-said")).to_contain_text(f"{len(victims)}건")
    tell_each(victims, ["requested_operator", "removed"])
    centre.picture("request-answered")


def tell_each(victims, states):
    """Each was told of the link that all reported, as hers, and of nothing and nobody else."""
    for one in victims:
        told = [state for said in one.read() for state in said["states"]]
        assert [state["state"] for state in told] == states
        assert {state["item"] for state in told} == {one.letter["items"][0]["id"]}
        assert not any(other.referral["referral_id"] in said["text"] for other in victims for said in one.read())


def go_unanswered(centre, reporter):
    """A request that was sent long ago: it stands in what is to be done now, and in a file for the regulator."""
    page = centre.page
    begin(page, reporter)
    page.locator("#to").fill(TYPED["operator who is silent"])
    keep(page)
    due = late_requests(page)
    page.get_by_role("link", name=TYPED["operator who is silent"]).first.click()
    expect(page.locator("#request")).to_be_visible()
    sent_on = date.fromisoformat(page.locator("#casework").get_attribute("data-today")) - timedelta(days=LONG_AGO)
    step(page, "sent", day=sent_on.isoformat(), channel="web_form")
    expect(page.locator("#steps li")).to_have_count(2)
    assert late_requests(page) == due + 1
    expect(page.locator("#groups")).to_contain_text(TYPED["operator who is silent"])
    centre.picture("request-late")
    page.get_by_role("link", name=TYPED["operator who is silent"]).first.click()
    step(page, "no_reply")
    expect(page.locator("#steps li")).to_have_count(3)
    page.goto("/requests")
    page.locator("#groups li", has_text=TYPED["operator who is silent"]).locator("input").check()
    page.locator("#memo button").click()
    page.wait_for_url(re.compile(r"#memo="))
    whole = rf"{TYPED['operator who is silent']}[\s\S]*보냄[\s\S]*답변 없음[\s\S]*silent-6120\.example"
    expect(page.locator("#words")).to_have_value(re.compile(whole))
    centre.picture("non-compliance")


def late_requests(page):
    """How many requests are past their day, as what is to be done now says; the page goes on to their list."""
    page.goto("/queue")
    reminder = page.locator(".due-records", has_text="다시 확인할 요청")
    expect(reminder).to_be_visible()
    late = reminder.locator(".mark--urgent")
    count = int(re.sub(r"\D", "", late.inner_text())) if late.count() else 0
    reminder.locator("a").click()
    page.wait_for_url(re.compile(r"/requests$"))
    return count


def watch_room(centre, lead):
    """A room from a first look to its closing, of which the last steps are a lead's."""
    page = centre.page
    page.goto("/rooms")
    page.locator("#room-title").fill(ROOM)
    page.locator("#room-platform").fill("예시 메신저")
    page.locator("#new-room button").click()
    page.wait_for_url(re.compile(r"/rooms/[A-Za-z0-9_-]{22}$"))
    step(page, "warning_recommended", reason="공유가 계속됨")
    expect(page.locator("#steps li")).to_have_count(2)
    step(page, "evidence_noted", evidence=TYPED["what was seen in the room"])
    expect(page.locator("#steps li")).to_have_count(3)
    step(page, "closure_requested", channel="web_form", reason="판매 글이 이어짐")
    expect(page.locator("#steps li")).to_have_count(4)
    expect(page.locator("#words")).to_have_value(re.compile(rf"폐쇄[\s\S]*{TYPED['what was seen in the room']}"))
    centre.picture("room")
    centre.show("room")
    lead.go(page.url)
    step(lead.page, "legal_action", channel="in_person", reason="판매")
    expect(lead.page.locator("#steps li")).to_have_count(5)
    step(lead.page, "closed", outcome="폐쇄", reason="사라짐")
    expect(lead.page.locator("#steps li")).to_have_count(6)
    expect(lead.page.locator("#step-form")).to_be_hidden()
    lead.picture("room-closed")


def report_again(centre, reporter, victim):
    """A link that was gone is reported once more by the same person: staff reopen it, and she is told."""
    victim.sees("thursday-before", "삭제 확인")
    page = victim.page
    page.locator("#add-links > summary").click()
    page.locator("#link-0-address").fill(SHARED.replace("https://", "http://www."))
    page.locator("#send-links").click()
    expect(page.locator("#visit-status")).to_contain_text("보냈습니다")
    desk = opened(centre.page, reporter)
    expect(desk.locator("#again-rows")).to_contain_text("다시 신고됐어요")
    centre.picture("reappearance")
    desk.locator("#again-rows button").click()
    expect(desk.locator("#item-state")).to_have_value("reappeared")
    desk.locator("#item-form [data-part=send]").click()
    expect(desk.locator("#again-rows .again__history li")).to_have_count(3)
    victim.sees("thursday-reappeared", "다시 발견되어")
