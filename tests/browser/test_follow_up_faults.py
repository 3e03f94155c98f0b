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

WORDS = {
    "ko": {
        "no_address": "주소를 하나 이상 적거나, 어디에 있는지 적어 주세요.",
        "number": "주민등록번호",
        "picture": "그림을 글자로 바꾼",
        "card": "카드",
        "empty": "적어 주세요",
        "sent": "보냈습니다",
        "when": "언제 모두 파기할까요?",
        "choose": "골라|선택",
    },
    "en": {
        "no_address": "Please write at least one address, or say where it is.",
        "number": "resident registration number",
        "picture": "picture written as text",
        "card": "card number",
        "empty": "write",
        "sent": "Sent",
        "when": "When should everything be destroyed?",
        "choose": "hoose",
    },
}


@pytest.fixture(params=[("ko", 320), pytest.param(("en", 1280), marks=pytest.mark.slow)], ids=["ko-320", "en-1280"])
def seen(request):
    """In which language the page is read, and how wide it is."""
    return request.param


@pytest.fixture
def words(seen):
    return WORDS[seen[0]]


@pytest.fixture
def page(new_context, portal, seen):
    language, width = seen
    page = new_context(width=width, height=740, language=language).new_page()
    code = Reporter(portal.url, CENTRE, keep_own=True).code
    come_back(page, code, {"ko": "", "en": "/en"}[language] + "/follow-up")
    expect(page.locator("#threads .thread")).to_have_count(1)
    return page


@pytest.fixture
def inspection(axe, overflow):
    found = Inspection(axe, overflow, typed=f"{NUMBER} {PICTURE} https://added.example/1")
    yield found
    assert found.findings() == []


def described(field, said):
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(said))


def test_addresses(page, inspection, words):
    page.locator("#add-links > summary").click()
    summary = page.locator("#links-errors")
    page.locator("#send-links").click()
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_text([words["no_address"]])
    described(page.locator("#link-0-address"), words["no_address"])
    inspection.look(page, "1")
    page.locator("#link-0-address").fill("https://added.example/1")
    page.locator("#links [data-more] > summary").click()
    page.locator("#link-0-place").fill(NUMBER)
    described(page.locator("#link-0-place"), words["number"])  # before anything is pressed
    expect(page.locator("#caught")).to_contain_text(words["number"])
    page.locator("#send-links").click()
    expect(summary).to_be_focused()
    summary.locator("a").press("Enter")
    expect(page.locator("#link-0-place")).to_be_focused()
    expect(page.locator("#link-0-place")).to_have_value(NUMBER)
    expect(page.locator("#link-0-address")).not_to_have_attribute("aria-invalid", "true")
    inspection.look(page, "2")
    page.locator("#link-0-place").fill("둘째 게시판")
    page.locator("#send-links").click()
    expect(page.locator("#visit-status")).to_contain_text(words["sent"])
    expect(summary).to_be_hidden()


def test_another_organisation(page, inspection, words):
    page.locator("#add-organisation > summary").click()
    summary, police = page.locator("#addition-errors"), page.locator("#organisation-demo-police-chosen")
    page.locator("#addition-look").click()
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(1)
    summary.locator("a").press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-organisation]').offsetParent !== null")
    police.check()
    page.locator("#account_note").fill(f"{PICTURE} 그리고 나머지")
    described(page.locator("#account_note"), words["picture"])
    page.locator("#addition-look").click()
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(2)
    described(page.locator("#organisation-demo-police-sensitive"), ".")
    summary.locator("a").last.press("Enter")
    expect(page.locator("#account_note")).to_be_focused()
    expect(page.locator("#account_note")).to_have_value(f"{PICTURE} 그리고 나머지")
    inspection.look(page, "3")
    expect(page.locator("#addition-ready")).to_be_hidden()


def test_words_and_taking_back(page, inspection, words):
    card = page.locator("#threads .thread")
    field = card.locator("[data-message]")
    card.locator("[data-send]").click()
    expect(field).to_be_focused()
    described(field, words["empty"])
    field.press_sequentially("4111 1111 1111 1111")
    described(field, words["card"])
    expect(page.locator("#caught")).to_contain_text(words["card"])
    inspection.look(page, "4")
    field.fill("괜찮습니다")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    card.locator("[data-leaving] > summary").click()
    card.locator("[data-leave-ask]").click()
    first = card.locator("[data-leaving] input").first
    expect(first).to_be_focused()
    expect(card.get_by_role("group", name=words["when"])).to_have_accessible_description(re.compile(words["choose"]))
    inspection.look(page, "5")
    first.check()
    card.locator("[data-leave-ask]").click()
    expect(card.locator("[id$=-when-error]")).to_be_hidden()
    expect(card.locator("[data-leave-sure] h3")).to_be_focused()
    inspection.look(page, "6")
