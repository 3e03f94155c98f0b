"""The receipt code is copied and printed as a plain card; what the portal refuses is named with who does it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import begin, code_of, on_to, written

PRINTED = "() => { window.printed = 0; window.print = () => { window.printed += 1; }; }"


@pytest.fixture
def receipt(new_context):
    context = new_context(width=360, height=740)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    written(page)
    page.locator("#send").click()
    return page


def test_copy_puts_the_code_and_nothing_else_on_the_clipboard(receipt):
    code = code_of(receipt)
    receipt.locator("#copy-code").click()
    expect(receipt.locator("#copied")).to_contain_text("복사")
    assert receipt.evaluate("navigator.clipboard.readText()") == code
    assert re.fullmatch(r"(?:\d{4} ){5}\d{4}", code)


def test_where_copying_is_refused_the_page_says_what_to_do(receipt):
    code_of(receipt)
    receipt.context.clear_permissions()
    receipt.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    receipt.locator("#copy-code").click()
    expect(receipt.locator("#copied")).to_contain_text("적어")


def test_print_makes_a_plain_card(receipt):
    code = code_of(receipt)
    receipt.evaluate(PRINTED)
    receipt.locator("#print-code").click()
    assert receipt.evaluate("window.printed") == 1
    receipt.emulate_media(media="print")
    expect(receipt.locator("#receipt-card")).to_be_visible()
    shown = receipt.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((one) => one.childElementCount === 0
            && one.textContent.trim() && one.checkVisibility({ visibilityProperty: true })
            && one.getClientRects().length > 0
            && !one.closest(".govuk-visually-hidden")).map((one) => one.textContent.trim())"""
    )
    assert " ".join(one for one in shown if re.fullmatch(r"\d{4}", one)) == code
    said = " ".join(shown)
    for word in ("원스톱", "신고", "피해", "1366", "112", "빠른 나가기"):
        assert word not in said, said


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_refused_is_named_with_who_does_it(new_context, language):
    prefix = {"ko": "", "en": "/en"}[language]
    page = new_context(width=360, height=740, language=language).new_page()
    begin(page, f"{prefix}/report")
    on_to(page, "wishes")
    summary = page.locator("#step-wishes details > summary").last
    summary.click()
    words = page.locator("#step-wishes details").last.inner_text()
    for name in (
        "02-735-8994",
        "StopNCII",
        "Take It Down",
        {"ko": "중앙디지털성범죄피해자지원센터", "en": "D4U"}[language],
    ):
        assert name in words, words
    plain = new_context(width=360, height=740, language=language, java_script_enabled=False).new_page()
    plain.goto(f"{prefix}/help")
    for name in ("StopNCII", "Take It Down", "02-735-8994"):
        assert name in plain.locator("main").inner_text()
