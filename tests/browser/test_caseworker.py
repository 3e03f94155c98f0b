"""A caseworker's day in a real Chromium: signing in, the queue, a letter, answers, and what goes wrong on the way."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.reporter import MADE_UP, Reporter

CENTRE = "demo-centre"
expect.set_options(timeout=20_000)


@pytest.fixture
def sign_in(portal, new_context):
    """`sign_in(role, path)` gives the page of somebody who has just signed in."""

    def enter(role="caseworker", path="/queue", **options):
        context = new_context(**options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal.url)
        page = context.new_page()
        give_passphrase(page, portal.account("support_centre", role), path)
        return page

    return enter


def give_passphrase(page, account, path="/queue", prefix=""):
    page.goto(f"{prefix}/sign-in?next={prefix}{path}")
    page.locator("#submit:enabled").wait_for()
    page.locator("#login").fill(account["login"])
    page.locator("#passphrase").fill(account["passphrase"])
    page.locator("#submit").click()
    page.wait_for_url(re.compile(rf"^http://[^/]+{prefix}{re.escape(path)}$"))


def opened(page, reporter, prefix=""):
    page.goto(f"{prefix}/referral/{reporter.referral['referral_id']}")
    expect(page.locator("#case")).to_be_visible()
    expect(page.locator("#marks .mark--flag").first).to_be_visible()
    return page


@pytest.fixture
def reporter(portal):
    return Reporter(portal.url, CENTRE)


def row_of(page, reporter):
    return page.locator(f"[id='referral-{reporter.referral['referral_id']}']")


def test_the_passphrase_stays_in_the_browser_and_a_wrong_one_is_refused_in_words(portal, page, watch):
    watch.allow("401")
    bodies = []
    page.on("request", lambda request: bodies.append(request.post_data or ""))
    account = portal.account("support_centre")
    page.goto("/sign-in?next=//elsewhere.example/")
    page.locator("#login").fill(account["login"])
    page.locator("#passphrase").fill("not-the-passphrase")
    page.locator("#submit:enabled").click()
    expect(page.locator("[data-part=problem]")).to_contain_text("맞지 않습니다")
    expect(page.locator("#login")).to_have_value(account["login"])
    page.locator("#passphrase").fill(account["passphrase"])
    page.locator("#submit:enabled").click()
    page.wait_for_url(re.compile(r"^http://[^/]+/queue$"))
    sent = [body for body in bodies if body]
    assert sent
    assert not any("not-the-passphrase" in body or account["passphrase"] in body for body in sent)
    assert {key for body in sent for key in json.loads(body)} == {"login", "sign_in", "parameter_set"}


def test_the_key_is_shown_in_the_making(portal, page, watch):
    watch.allow("ERR_FAILED")
    page.goto("/sign-in")
    page.locator("#login").fill(portal.account("support_centre")["login"])
    page.locator("#passphrase").fill("anything")
    page.route("**/sign-in", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("#submit:enabled").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("[data-part=problem]")).to_contain_text("포털에 연결할 수 없습니다")
    expect(page.locator("#passphrase")).to_have_value("anything")


def test_the_queue_says_what_presses_and_opens_summaries_here(sign_in, reporter, axe, overflow):
    page = sign_in()
    row = row_of(page, reporter)
    expect(row).to_contain_text("긴급")
    expect(row).to_contain_text("아직 열지 않음")
    expect(row.locator(".due__left")).to_have_text(re.compile(r"남음|오늘까지|지남"))
    opened(page, reporter)
    page.goto("/queue")
    expect(row.locator("[data-part=line]")).to_contain_text("14–18세")
    expect(row.locator("[data-part=line]")).to_contain_text("링크 3개")
    expect(row).to_contain_text("19세 미만")
    expect(row).not_to_contain_text("아직 열지 않음")
    for width in (1280, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []


def test_filters_live_in_the_address(sign_in, reporter):
    page = opened(sign_in(), reporter)
    page.locator("#claim").click()
    expect(page.locator("#head-said")).to_contain_text("맡았습니다")
    page.goto("/queue?holder=unassigned")
    expect(row_of(page, reporter)).to_have_count(0)
    page.locator("#filter-holder").select_option("mine")
    page.locator(".filters button").click()
    page.wait_for_url("**holder=mine**")
    expect(row_of(page, reporter)).to_have_count(1)
    page.goto("/queue?state=destroyed")
    expect(page.locator(".queue-empty")).to_be_visible()


def test_a_letter_is_read_structured_first_and_its_links_are_inert(sign_in, reporter, axe, overflow):
    page = opened(sign_in(), reporter)
    expect(page.locator("[data-fact=age]")).to_contain_text("경찰")
    expect(page.locator("[data-fact=avoid]")).to_contain_text("삭제")
    expect(page.locator("[data-fact=threat_deadline]")).to_contain_text("이번 주 금요일까지")
    expect(page.locator("[data-fact=pass_on]")).to_contain_text("심의")
    urls = page.locator(".links__url").all_inner_texts()
    assert urls == ["hxxps[:]//photo[.]example/a/1?x=1", "hxxp[:]//Board[.]Example/공지#top"]
    assert page.locator("main a[href*='example']").count() == 0
    page.locator(".links__row button").nth(1).click()
    expect(page.locator(".links__said").nth(1)).to_have_text("복사했습니다")
    assert page.evaluate("navigator.clipboard.readText()") == "http://Board.Example/공지#top"
    for width in (1280, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []


def test_what_was_told_in_own_words_is_not_in_the_page_until_asked_for_and_goes_again(sign_in, reporter):
    page = sign_in()
    page.clock.install()
    opened(page, reporter)
    assert "조용히 적은" not in page.content()
    assert "010-0000-0000" not in page.content()
    page.locator("[data-closed=account] button").click()
    expect(page.locator("#closed-account")).to_contain_text("조용히 적은 이야기입니다.")
    page.clock.fast_forward("04:00")
    expect(page.locator("#closed-account")).to_be_visible()
    page.clock.fast_forward("01:01")
    expect(page.locator("#closed-account")).to_be_hidden()
    assert "조용히 적은" not in page.content()


def test_a_referral_is_claimed_worked_and_answered(sign_in, reporter):
    page = opened(sign_in(), reporter)
    expect(page.locator("#state-hint")).to_contain_text("먼저 이 의뢰를 맡아 주세요")
    page.locator("#claim").click()
    expect(page.locator("#head-assignee")).to_have_text("centre.caseworker")
    page.locator("#new-state").select_option("in_support")
    page.locator("#state-words").fill("오늘부터 지원을 시작합니다.")
    page.locator("#state-form [data-part=send]").click()
    expect(page.locator("#head-state")).to_contain_text("지원")
    page.locator("#link-1").check()
    page.locator("#link-2").check()
    page.locator("#item-state").select_option("requested_operator")
    expect(page.locator("#item-words")).to_have_value(re.compile(r"링크 1, 2 "))
    page.locator("#item-form [data-part=send]").click()
    expect(page.locator(".links__row .state--item-requested_operator")).to_have_count(2)
    page.locator("#message-words").fill("안녕하세요, 담당자입니다.")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#thread")).to_contain_text("안녕하세요, 담당자입니다.")
    page.locator("#note-words").fill("우리끼리만 보는 메모")
    page.locator("#note-form [data-part=send]").click()
    expect(page.locator("#notes")).to_contain_text("우리끼리만 보는 메모")
    said = reporter.read()
    assert [one["kind"] for one in said] == ["state", "state", "text"]
    assert said[0]["text"] == "오늘부터 지원을 시작합니다."
    assert said[0]["states"] == [{"item": None, "state": "in_support"}]
    assert {one["state"] for one in said[1]["states"]} == {"requested_operator"}
    assert not any("메모" in one["text"] for one in said)
    assert reporter.referral["state"] == "in_support"
    page.reload()
    expect(page.locator("#notes")).to_contain_text("우리끼리만 보는 메모")
    expect(page.locator("#history")).to_contain_text("신고인에게 메시지를 보냄")
    expect(page.locator("#thread li.thread__one")).to_have_count(3)


def test_answers_of_the_reporter_are_read_and_mark_the_queue(sign_in, reporter):
    page = opened(sign_in(), reporter)
    reporter.say("하나 더 찾았습니다.")
    page.goto("/queue")
    expect(row_of(page, reporter)).to_contain_text("신고인이 새로 쓴 글")
    opened(page, reporter)
    expect(page.locator(".thread__one--to_organisation")).to_contain_text("하나 더 찾았습니다.")


def test_a_withdrawal_stands_out_and_stops_the_work(sign_in, reporter, axe):
    reporter.withdraw()
    page = opened(sign_in(), reporter)
    expect(page.locator(".notice--withdrawal")).to_contain_text("신고를 거두었습니다")
    expect(page.locator(".notice--withdrawal")).to_contain_text("봉인해 보낸 메시지로 확인")
    expect(page.locator(".thread__withdrawal")).to_contain_text("72시간 뒤")
    expect(page.locator("#claim")).to_be_hidden()
    expect(page.locator("#message-form [data-part=send]")).to_be_disabled()
    assert axe(page) == []


def test_two_caseworkers_cannot_overwrite_each_other_and_nothing_typed_is_lost(sign_in, reporter, watch):
    watch.allow("409")
    first, second = opened(sign_in(), reporter), opened(sign_in("lead"), reporter)
    first.locator("#claim").click()
    expect(first.locator("#head-said")).to_contain_text("맡았습니다")
    second.reload()
    expect(second.locator("#new-state option")).not_to_have_count(0)
    second.locator("#new-state").select_option("referred")
    second.locator("#state-words").fill("제가 쓴 말은 남아야 합니다.")
    first.locator("#new-state").select_option("needs_info")
    first.locator("#state-form [data-part=send]").click()
    expect(first.locator("#head-state")).to_contain_text("추가")
    second.locator("#state-form [data-part=send]").click()
    expect(second.locator(".notice--conflict")).to_contain_text("centre.caseworker")
    expect(second.locator("#state-words")).to_have_value("제가 쓴 말은 남아야 합니다.")
    expect(second.locator("#head-state")).to_contain_text("추가")
    assert [one["kind"] for one in reporter.read()] == ["state"]
    second.locator("#state-form [data-part=send]").click()
    expect(second.locator("#head-state")).to_contain_text("연계")
    assert reporter.read()[-1]["text"] == "제가 쓴 말은 남아야 합니다."


def test_a_session_that_ended_is_taken_up_in_place(portal, sign_in, reporter, watch, axe):
    watch.allow("401")
    page = opened(sign_in(), reporter)
    page.locator("#message-words").fill("끊겨도 남는 글")
    page.context.clear_cookies()
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#passphrase-dialog")).to_be_visible()
    assert axe(page) == []
    page.locator("#again-passphrase").fill("wrong")
    page.locator("#passphrase-form [type=submit]").click()
    expect(page.locator("#passphrase-dialog [data-part=problem]")).to_be_visible()
    page.locator("#again-passphrase").fill(portal.account("support_centre")["passphrase"])
    page.locator("#passphrase-form [type=submit]").click()
    expect(page.locator("#passphrase-dialog")).to_be_hidden()
    expect(page.locator("#thread")).to_contain_text("끊겨도 남는 글")
    assert [one["text"] for one in reporter.read()] == ["끊겨도 남는 글"]
    page.goto("/queue")
    expect(page.locator("#queue-status")).not_to_be_empty()
    expect(page.locator("#lock-notice")).to_be_hidden()


def test_an_answer_that_got_lost_neither_loses_nor_doubles_the_message(sign_in, reporter, watch):
    watch.allow("ERR_FAILED")
    page = opened(sign_in(), reporter)
    sent = []

    def swallow(route):
        sent.append(route.request.post_data)
        route.fetch()
        route.abort()

    page.route("**/message", swallow)
    page.locator("#message-words").fill("한 번만 도착할 글")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#message-form [data-part=said]")).to_contain_text("연결이 끊겼습니다")
    expect(page.locator("#message-words")).to_have_value("한 번만 도착할 글")
    expect(page.locator("#message-words")).not_to_be_editable()
    page.unroute("**/message")
    with page.expect_request("**/message") as again:
        page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#message-words")).to_have_value("")
    assert again.value.post_data == sent[0]
    assert [one["text"] for one in reporter.read()] == ["한 번만 도착할 글"]


def test_a_new_tab_asks_for_the_passphrase_and_sends_nothing_of_it(portal, sign_in, reporter):
    first = opened(sign_in(), reporter)
    page = first.context.new_page()
    posted = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    page.goto("/queue")
    expect(page.locator("#lock-notice")).to_be_visible()
    page.locator("#open-summaries").click()
    page.locator("#again-passphrase").fill(portal.account("support_centre")["passphrase"])
    page.locator("#passphrase-form [type=submit]").click()
    expect(row_of(page, reporter).locator("[data-part=line]")).to_contain_text("14–18세")
    assert posted == []


def test_signing_out_leaves_nothing_in_the_tab(sign_in):
    page = sign_in()
    expect(page.locator("#queue-status")).not_to_be_empty()
    assert page.evaluate("sessionStorage.getItem('onestop.tab')")
    page.locator(".staff-navigation__out button").click()
    page.wait_for_url(re.compile(r"/sign-in$"))
    assert page.evaluate("sessionStorage.getItem('onestop.tab')") is None


def test_what_opens_but_is_no_letter_is_shown_as_it_is(portal, sign_in, axe):
    raw = b'<img src="https://tracker.example/x.png"> <a href="https://bad.example">open me</a>'
    reporter = Reporter(portal.url, CENTRE, raw=raw)
    page = sign_in()
    page.goto(f"/referral/{reporter.referral['referral_id']}")
    expect(page.locator(".notice--not_a_letter")).to_be_visible()
    expect(page.locator(".raw-letter")).to_have_text(raw.decode())
    assert page.locator("main img, .raw-letter a").count() == 0
    assert axe(page) == []


def test_an_entry_that_does_not_match_is_told(portal, sign_in):
    page = opened(sign_in(), Reporter(portal.url, CENTRE, leaf=bytes(32)))
    expect(page.locator(".notice--leaf_differs")).to_be_visible()


def test_the_pages_in_english(portal, new_context, axe, overflow):
    reporter = Reporter(portal.url, CENTRE, MADE_UP | {"lang": "ko"})
    page = new_context(language="en").new_page()
    give_passphrase(page, portal.account("support_centre"), prefix="/en")
    assert axe(page) == []
    opened(page, reporter, "/en")
    expect(page.locator("#line")).to_contain_text("3 links")
    page.locator("#claim").click()
    expect(page.locator("#state-words")).to_have_value(re.compile(r"[가-힣]"))
    for width in (1280, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []
