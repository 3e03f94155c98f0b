"""How long letters are kept and what keeps one longer: chosen by a lead, seen by staff and by whoever wrote."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE, opened
from tests.browser.reporter import Reporter
from tests.browser.reporting import come_back

pytestmark = pytest.mark.own_portal
expect.set_options(timeout=20_000)
WHY = "법원이 자료를 요구함"


@pytest.fixture
def reporter(portal):
    return Reporter(portal.url, CENTRE, keep_own=True)


def test_a_lead_chooses_the_days_and_they_are_read_before_sending(sign_in, new_context, watch, axe, overflow):
    watch.allow("422")
    page = sign_in("lead", "/keeping", width=360, height=740)
    page.locator("#closed_days").fill("7")
    page.get_by_role("button", name="저장").click()
    expect(page.locator("#closed_days-error")).to_contain_text("30에서 1825")
    expect(page.locator("#closed_days")).to_have_value("7")
    assert axe(page) == []
    assert overflow(page) <= 0
    page.locator("#closed_days").fill("77")
    page.get_by_role("button", name="저장").click()
    expect(page.locator("[role=status]")).to_contain_text("저장했습니다")
    assert axe(page) == []
    stranger = new_context().new_page()
    stranger.goto("/report/plain/write")
    assert "77일" in stranger.content()


@pytest.mark.slow
def test_a_hold_is_set_with_a_reason_shown_to_the_reporter_and_outlives_her_withdrawal(
    sign_in, reporter, new_context, axe, overflow
):
    page = opened(sign_in("lead", width=360, height=740), reporter)
    expect(page.locator("#head-kept")).to_contain_text("보관 기한")
    page.locator("#hold > summary").click()
    page.locator("#hold-form [data-part=send]").click()
    expect(page.locator("#hold-reason-error")).to_be_visible()
    page.locator("#hold-reason").fill(WHY)
    page.locator("#hold-form [data-part=send]").click()
    expect(page.locator("#hold-said")).to_contain_text("보존되며")
    expect(page.locator("#notes")).to_contain_text(WHY)
    expect(page.locator("#head-kept")).to_be_hidden()
    expect(page.locator("#hold-step option")).to_have_count(2)
    assert axe(page) == []
    assert overflow(page) <= 0

    phone = new_context(width=360, height=740).new_page()
    come_back(phone, reporter.code)
    card = phone.locator("#threads .thread")
    expect(card.locator("[data-hold]")).to_contain_text("지금은 파기할 수 없습니다")
    expect(card.locator("[data-kept]")).to_be_hidden()
    expect(card.locator("[data-messages]")).to_contain_text("물어보실 수 있고")
    assert WHY not in phone.content()
    assert axe(phone) == []
    assert overflow(phone) <= 0
    phone.locator("#withdraw > summary").click()
    phone.locator("#withdraw-now").check()
    phone.locator("#withdraw-ask").click()
    expect(phone.locator("#withdraw-what")).to_contain_text("보존 조치 때문에")
    phone.locator("#withdraw-yes").click()
    expect(card.locator("[data-hold-withdrawn]")).to_be_visible()
    card.locator("[data-message]").fill("왜 보관하나요?")
    card.locator("[data-send]").click()
    expect(card.locator("[data-sent]")).to_contain_text("보냈습니다")
    page.reload()
    expect(page.locator(".notice--withdrawal")).to_contain_text("보존 조치")
    page.locator("#message-words").fill("법원의 요구 때문입니다.")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#thread")).to_contain_text("법원의 요구 때문입니다.")
    page.locator("#hold-step").select_option("lift")
    page.locator("#hold-reason").fill("끝남")
    page.locator("#hold-form [data-part=send]").click()
    expect(page.locator("#hold-said")).to_contain_text("끝냈습니다")
    assert reporter.referral["hold"] is None


@pytest.mark.parametrize("when", ["72h", "now"])
def test_a_withdrawal_while_a_caseworker_writes_loses_no_word_and_says_why_nothing_was_saved(
    sign_in, portal, watch, when
):
    watch.allow("409")
    other = Reporter(portal.url, CENTRE)
    page = opened(sign_in("caseworker"), other)
    page.locator("#claim").click()
    expect(page.locator("#new-state option")).not_to_have_count(0)
    page.locator("#message-words").fill("보내려던 글")
    page.locator("#note-words").fill("적던 메모")
    page.locator("#state-words").fill("알리려던 말")
    other.withdraw(when)
    for form in ("message", "note", "state"):
        page.locator(f"#{form}-form [data-part=send]").click()
        expect(page.locator(f"#{form}-words-error")).to_contain_text("신고인이 철회하여")
    expect(page.locator("#message-words")).to_have_value("보내려던 글")
    expect(page.locator("#note-words")).to_have_value("적던 메모")
    expect(page.locator("#state-words")).to_have_value("알리려던 말")


def test_what_goes_soon_and_what_is_kept_stand_in_the_queue(sign_in, axe, overflow):
    page = sign_in("lead", "/queue", width=360, height=740)
    page.get_by_role("link", name="곧 파기됩니다").first.click()
    expect(page.locator(".mark--going").first).to_be_visible()
    assert axe(page) == []
    assert overflow(page) <= 0
    page.goto("/queue?state=held")
    expect(page.locator(".mark--hold").first).to_be_visible()
