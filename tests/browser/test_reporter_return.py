"""Coming back with a receipt code in a real Chromium, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import LOST, REFUSED, come_back, sent, written


@pytest.fixture
def phone(new_context):
    return new_context(width=360, height=740)


@pytest.fixture
def page(phone):
    return phone.new_page()


def test_a_slip_of_one_digit_is_found_here_and_only_offered(page):
    written(page)
    code = sent(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    slipped = f"{code[:5]}{(int(code[5]) + 1) % 10}{code[6:]}"
    come_back(page, slipped)
    expect(page.locator("#candidates button").filter(has_text=code)).to_have_count(1)
    assert asked == []
    page.locator("#candidates button").filter(has_text=code).click()
    expect(page.locator("#threads .thread")).to_have_count(2)


@pytest.mark.parametrize("typed", ["1234", "0000 0000 0000 0000 0000 0001", ""])
def test_what_is_no_code_is_said_kindly_and_not_sent(page, typed):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    come_back(page, typed)
    expect(page.locator("#code-error")).not_to_be_empty()
    assert asked == []


def test_an_unknown_code_gets_the_one_kind_answer(page, watch):
    watch.allow(REFUSED)
    come_back(page, "０" * 22 + "98")  # full-width digits are digits
    expect(page.locator("#opening")).to_contain_text("찾지 못했습니다")
    expect(page.locator("#visit")).to_be_hidden()


def test_words_back_survive_a_lost_line_and_arrive_once(page, phone, watch):
    watch.allow(LOST)
    written(page)
    come_back(page, sent(page))
    card = page.locator("#threads .thread").first
    card.locator("textarea").fill("제 번호는 900101-1234568 입니다")
    card.locator("[data-send]").click()
    expect(card.locator("[id^=message-][id$=-error]")).to_contain_text("주민등록번호")
    expect(card.locator("textarea")).to_be_focused()
    expect(card.locator("textarea")).to_have_accessible_description(re.compile("주민등록번호"))
    expect(card.locator("textarea")).to_have_attribute("aria-invalid", "true")
    expect(card.locator("textarea")).to_have_value("제 번호는 900101-1234568 입니다")
    expect(page.locator(".message--mine")).to_have_count(0)
    card.locator("textarea").fill("밤에는 연락하지 말아 주세요")
    phone.set_offline(True)
    card.locator("[data-send]").click()
    expect(card.locator("[data-sent]")).to_contain_text("연결이 끊겼습니다")
    phone.set_offline(False)
    expect(card.locator("textarea")).to_have_value("")
    page.locator("#refresh").click()
    expect(page.locator("#refresh:enabled")).to_be_visible()
    expect(page.locator(".message--mine")).to_have_count(1)
    expect(page.locator(".message--mine")).to_contain_text("밤에는 연락하지 말아 주세요")


def test_withdrawing_asks_twice_and_stops_the_work(page):
    written(page)
    code = sent(page)
    come_back(page, code)
    page.locator("#withdraw summary").click()
    page.locator("#withdraw-ask").click()
    expect(page.locator("#withdraw-sure")).to_be_hidden()
    page.locator("#withdraw-72h").check()
    page.locator("#withdraw-ask").click()
    page.locator("#withdraw-no").click()
    expect(page.locator("#withdraw-sure")).to_be_hidden()
    page.locator("#withdraw-ask").click()
    page.locator("#withdraw-yes").click()
    expect(page.locator("#destroy-on")).to_be_visible()
    expect(page.locator(".thread [data-send]").first).to_be_hidden()
    expect(page.locator(".message--mine")).to_have_count(2)


def test_withdrawing_at_once_leaves_nothing_to_come_back_to(page, watch):
    watch.allow(REFUSED)
    written(page)
    code = sent(page)
    come_back(page, code)
    page.locator("#withdraw summary").click()
    page.locator("#withdraw-now").check()
    page.locator("#withdraw-ask").click()
    page.locator("#withdraw-yes").click()
    expect(page.locator("#gone")).to_be_visible()
    come_back(page, code)
    expect(page.locator("#opening")).to_contain_text("찾지 못했습니다")
