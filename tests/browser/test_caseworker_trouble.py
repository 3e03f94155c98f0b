"""What goes wrong on a caseworker's day: others are quicker, sessions end, lines break, letters are none."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE, opened, row_of
from tests.browser.reporter import Reporter

expect.set_options(timeout=20_000)


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
    expect(page.locator("#passphrase-form [data-part=problem]")).to_be_visible()
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
    expect(page.locator("#message-said")).to_contain_text("연결이 끊겼습니다")
    expect(page.locator("#message-words")).to_have_value("한 번만 도착할 글")
    expect(page.locator("#message-words")).not_to_be_editable()
    page.unroute("**/message")
    with page.expect_request("**/message") as again:
        page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#message-words")).to_have_value("")
    assert again.value.post_data == sent[0]
    assert [one["text"] for one in reporter.read()] == ["한 번만 도착할 글"]


@pytest.mark.slow
def test_a_message_waits_on_the_page_while_nothing_can_be_written_down_and_then_goes_by_itself(
    portal, sign_in, reporter, watch
):
    watch.allow("503")
    page = opened(sign_in(), reporter)
    other = sqlite3.connect(portal.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page.locator("#message-words").fill("기다렸다가 갈 글")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#message-said")).to_contain_text("아무것도 받지 못합니다")
    expect(page.locator("#message-words")).to_have_value("기다렸다가 갈 글")
    expect(page.locator("#message-words")).not_to_be_editable()
    page.locator("#claim").click()
    expect(page.locator("#head-said")).to_contain_text("다시 해 주세요")
    other.execute("ROLLBACK")
    other.close()
    expect(page.locator("#message-words")).to_have_value("", timeout=60_000)
    assert [one["text"] for one in reporter.read()] == ["기다렸다가 갈 글"]


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
