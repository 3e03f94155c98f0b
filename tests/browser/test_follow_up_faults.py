"""What cannot be sent from the follow-up page: named at its field, in a summary with the focus; nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE
from tests.browser.inspection import Inspection
from tests.browser.reporter import Reporter
from tests.browser.reporting import come_back

NUMBER = "제 번호는 900101-1234568 입니다"
PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"


@pytest.fixture
def page(new_context, portal):
    page = new_context(width=320, height=740).new_page()
    come_back(page, Reporter(portal.url, CENTRE, keep_own=True).code)
    expect(page.locator("#threads .thread")).to_have_count(1)
    return page


@pytest.fixture
def inspection(axe, overflow):
    found = Inspection(axe, overflow, typed=f"{NUMBER} {PICTURE} https://added.example/1")
    yield found
    assert found.findings() == []


def described(field, words):
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(words))


def test_addresses(page, inspection):
    page.locator("#add-links > summary").click()
    summary = page.locator("#links-errors")
    page.locator("#send-links").click()
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_text(["주소를 하나 이상 적거나, 어디에 있는지 적어 주세요."])
    described(page.locator("#link-0-address"), "주소를 하나 이상")
    inspection.look(page, "1")
    page.locator("#link-0-address").fill("https://added.example/1")
    page.locator("#links [data-more] > summary").click()
    page.locator("#link-0-place").fill(NUMBER)
    described(page.locator("#link-0-place"), "주민등록번호")  # before anything is pressed
    expect(page.locator("#caught")).to_contain_text("주민등록번호")
    page.locator("#send-links").click()
    expect(summary).to_be_focused()
    summary.locator("a").press("Enter")
    expect(page.locator("#link-0-place")).to_be_focused()
    expect(page.locator("#link-0-place")).to_have_value(NUMBER)
    expect(page.locator("#link-0-address")).not_to_have_attribute("aria-invalid", "true")
    inspection.look(page, "2")
    page.locator("#link-0-place").fill("둘째 게시판")
    page.locator("#send-links").click()
    expect(page.locator("#visit-status")).to_contain_text("보냈습니다")
    expect(summary).to_be_hidden()


def test_another_organisation(page, inspection):
    page.locator("#add-organisation > summary").click()
    summary, police = page.locator("#addition-errors"), page.locator("#organisation-demo-police-chosen")
    page.locator("#addition-look").click()
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(1)
    summary.locator("a").press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-organisation]').offsetParent !== null")
    police.check()
    page.locator("#account_note").fill(f"{PICTURE} 그리고 나머지")
    described(page.locator("#account_note"), "그림을 글자로 바꾼")
    page.locator("#addition-look").click()
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(2)
    described(page.locator("#organisation-demo-police-sensitive"), ".")
    summary.locator("a").last.press("Enter")
    expect(page.locator("#account_note")).to_be_focused()
    expect(page.locator("#account_note")).to_have_value(f"{PICTURE} 그리고 나머지")
    inspection.look(page, "3")
    expect(page.locator("#addition-ready")).to_be_hidden()


def test_words_and_taking_back(page, inspection):
    card = page.locator("#threads .thread")
    words = card.locator("[data-message]")
    card.locator("[data-send]").click()
    expect(words).to_be_focused()
    described(words, "적어 주세요")
    words.press_sequentially("4111 1111 1111 1111")
    described(words, "카드")
    expect(page.locator("#caught")).to_contain_text("카드")
    inspection.look(page, "4")
    words.fill("괜찮습니다")
    expect(words).not_to_have_attribute("aria-invalid", "true")
    card.locator("[data-leaving] > summary").click()
    card.locator("[data-leave-ask]").click()
    first = card.locator("[data-leaving] input").first
    expect(first).to_be_focused()
    expect(card.get_by_role("group", name="언제 모두 파기할까요?")).to_have_accessible_description(
        re.compile("골라|선택")
    )
    inspection.look(page, "5")
    first.check()
    card.locator("[data-leave-ask]").click()
    expect(card.locator("[id$=-when-error]")).to_be_hidden()
    expect(card.locator("[data-leave-sure] h3")).to_be_focused()
    inspection.look(page, "6")
