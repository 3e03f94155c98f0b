"""A caseworker's day in a real Chromium: signing in, the queue, a letter, and the answers to it."""

import json
import re

from playwright.sync_api import expect

from tests.browser.desk import CENTRE, give_passphrase, opened, row_of
from tests.browser.reporter import MADE_UP, Reporter

expect.set_options(timeout=20_000)


def test_the_passphrase_stays_in_the_browser_and_a_wrong_one_is_refused_in_words(portal, page, watch):
    watch.allow("401")
    bodies = []
    page.on("request", lambda request: bodies.append((request.url, request.post_data or "")))
    account = portal.account("support_centre")
    page.goto("/sign-in?next=//elsewhere.example/")
    page.locator("#login").fill(account["login"])
    page.locator("#passphrase").fill("not-the-passphrase")
    page.locator("#submit:enabled").click()
    expect(page.locator("[data-part=problem]").first).to_contain_text("맞지 않습니다")
    expect(page.locator("#login")).to_have_value(account["login"])
    page.locator("#passphrase").fill(account["passphrase"])
    page.locator("#submit:enabled").click()
    page.wait_for_url(re.compile(r"^http://[^/]+/queue$"))
    assert not any("not-the-passphrase" in body or account["passphrase"] in body for _url, body in bodies)
    sent = [body for url, body in bodies if body and url.endswith("/sign-in")]  # the queue asks for more, in its time
    assert len(sent) == 2
    assert {key for body in sent for key in json.loads(body)} == {"login", "sign_in", "parameter_set"}


def test_the_key_is_shown_in_the_making(portal, page, watch):
    watch.allow("ERR_FAILED")
    sent = []
    page.goto("/sign-in")
    page.locator("#login").fill(portal.account("support_centre")["login"])
    page.locator("#passphrase").fill("anything")
    page.route("**/sign-in", lambda route: sent.append(route) if route.request.method == "POST" else route.continue_())
    with page.expect_request(lambda request: (request.method, request.url) == ("POST", f"{portal.url}/sign-in")):
        page.locator("#submit:enabled").click()
    expect(page.get_by_role("progressbar")).to_be_visible()  # however soon the key was made: nothing has answered yet
    sent.pop().abort()
    expect(page.locator("[data-part=problem]").first).to_contain_text("포털에 연결할 수 없습니다")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator("#passphrase")).to_have_value("anything")


def test_the_queue_says_what_presses_and_opens_summaries_here(sign_in, reporter, axe, overflow):
    page = sign_in()
    row = row_of(page, reporter)
    expect(row).to_contain_text("긴급")
    expect(row).to_contain_text("아직 열지 않음")
    expect(row.locator(".due__left")).to_have_text(re.compile(r"남음|오늘까지|지남"))
    with page.expect_response("**/summary"):
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
    expect(row_of(page, reporter)).to_have_count(0)


def test_a_list_with_nothing_in_it_says_so(sign_in):
    page = sign_in("lead")
    page.goto("/queue?state=destroyed&holder=mine")
    expect(page.locator(".queue-empty")).to_be_visible()


def test_a_letter_is_read_structured_first_and_its_links_are_inert(sign_in, reporter, axe, overflow):
    page = opened(sign_in(), reporter)
    expect(page.locator("[data-fact=age]")).to_contain_text("경찰")
    expect(page.locator("[data-fact=avoid]")).to_contain_text("학교, 영상")
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


def test_signing_out_leaves_nothing_in_the_tab(sign_in):
    page = sign_in()
    expect(page.locator("#queue-status")).not_to_be_empty()
    page.wait_for_load_state("networkidle")  # what is still asked for then is refused, and the browser says so
    assert page.evaluate("sessionStorage.getItem('onestop.tab')")
    page.locator(".staff-navigation__out button").click()
    page.wait_for_url(re.compile(r"/sign-in$"))
    assert page.evaluate("sessionStorage.getItem('onestop.tab')") is None


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


def test_words_to_avoid_are_noticed_before_they_are_sent(sign_in, reporter):
    page = opened(sign_in(), reporter)
    page.locator("#message-words").fill("학교에 연락하겠습니다.")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#message-words-error")).to_contain_text("학교")
    assert reporter.read() == []
    page.locator("#message-words").fill("연락하겠습니다.")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#message-words")).to_have_value("")
    assert [one["text"] for one in reporter.read()] == ["연락하겠습니다."]
