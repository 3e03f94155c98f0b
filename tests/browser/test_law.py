"""Pages of law in a browser, and a leak told to everybody: from the operator's form to a small phone."""

import re
import time

import pytest
from playwright.sync_api import expect

from app.page import BOARD_KEPT
from tests.browser.desk import give_passphrase
from tests.browser.inspection import Inspection

pytestmark = pytest.mark.own_portal

PATHS = ["/privacy/policy", "/privacy/kept", "/privacy/consent", "/rights", "/accessibility", "/notices"]
TITLE = "개인정보가 유출되었음을 알려 드립니다"


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("ko", 320),
        pytest.param("en", 320, marks=pytest.mark.slow),
        pytest.param("ko", 1280, marks=pytest.mark.slow),
    ],
)
def test_pages_of_law_are_accessible_narrow_enough_and_korean(new_context, axe, overflow, language, width):
    inspection = Inspection(axe, overflow)
    page = new_context(width=width, language=language).new_page()
    for path in PATHS:
        page.goto(("/en" if language == "en" else "") + path)
        inspection.look(page, path)
    assert inspection.findings() == []


def test_a_leak_is_told_to_everybody_who_reports(portal, new_context, watch, axe, overflow):
    watch.allow("422")  # what was left to fill in
    ruler = new_context(width=360).new_page()
    give_passphrase(ruler, portal.account("operator", "operator"), "/operator/notices")
    look = Inspection(axe, overflow, typed="demo.operator")
    ruler.get_by_role("link", name="개인정보가 유출되었음", exact=True).click()
    ruler.get_by_role("button", name="올리기").click()
    expect(ruler.locator("#errors li")).to_have_count(2)
    look.look(ruler, "what is left to fill in")
    for name in ("text_ko", "text_en"):
        field = ruler.locator(f"#{name}")
        field.fill(re.sub(r"〔[^〕]*〕", "2026-11-20", field.input_value()))
    ruler.get_by_role("button", name="올리기").click()
    expect(ruler.locator(".first-day__state")).to_have_text("모든 화면에 나오고 있습니다.")
    look.look(ruler, "all notices")
    page = new_context(width=320).new_page()
    until = time.monotonic() + 2 * BOARD_KEPT
    while page.goto("/report") and not page.get_by_role("link", name=TITLE).count():
        assert time.monotonic() < until, "a process does not know of the notice"
        page.wait_for_timeout(200)
    look.look(page, "the page of a report")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_in_viewport()
    look.look(page, "notices")
    assert look.findings() == []
    ruler.get_by_role("button", name="내리기").click()
    expect(ruler.locator(".first-day__state")).to_have_text("지금은 화면 위에 나오지 않습니다.")
