"""Pictures that are pasted or dropped are not taken: the page says so, keeps what was typed and reads none of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE
from tests.browser.inspection import Inspection
from tests.browser.reporter import Reporter
from tests.browser.reporting import begin, come_back

TYPED = "지금까지 적은 말"
# A real file in a real event, as a person's hand would make it; what it holds must never be asked for.
HAND_OVER = """([selector, kind, words]) => {
    const data = new DataTransfer();
    const file = new File([new Uint8Array([137, 80, 78, 71])], "photo.png", { type: "image/png" });
    window.wasRead = [];
    for (const name of ["text", "arrayBuffer", "stream", "slice"]) {
        Object.defineProperty(Blob.prototype, name, { configurable: true, value() { window.wasRead.push(name); } });
    }
    window.FileReader = class { constructor() { window.wasRead.push("FileReader"); } };
    data.items.add(file);
    if (words) data.setData("text/plain", words);
    const target = document.querySelector(selector);
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return [event.defaultPrevented, window.wasRead];
}"""


PREFIX = {"ko": "", "en": "/en"}
SAID = {"ko": "사진이나 영상은 올리지 마세요", "en": "Photos and videos are not taken here"}


def in_the_report(new_context, _portal, language):
    page = new_context(width=360, height=740, language=language).new_page()
    begin(page, f"{PREFIX[language]}/report")
    return page, "#sentence"


def in_the_follow_up(new_context, portal, language):
    page = new_context(width=360, height=740, language=language).new_page()
    come_back(page, Reporter(portal.url, CENTRE, keep_own=True).code, f"{PREFIX[language]}/follow-up")
    page.locator("#add-links > summary").click()
    page.locator("#link-0-address").wait_for()
    return page, "#link-0-address"


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("where", [in_the_report, in_the_follow_up])
def test_a_picture_is_not_taken_and_that_is_said(new_context, portal, axe, overflow, where, language):
    page, field = where(new_context, portal, language)
    inspection = Inspection(axe, overflow, typed=TYPED)
    asked = []
    page.locator(field).fill(TYPED)
    page.on("request", lambda request: asked.append(request.url))
    for kind in ("paste", "drop"):
        assert page.evaluate(HAND_OVER, [field, kind, ""]) == [True, []]
        said = page.locator("#no-files")
        expect(said).to_be_focused()
        expect(said).to_have_role("alert")
        expect(said).to_contain_text(SAID[language])
        expect(page.locator(field)).to_have_value(TYPED)
    inspection.look_at_widths(page, where.__name__)
    assert inspection.findings() == []
    assert [url for url in asked if not url.endswith((".js", ".css"))] == []
    assert page.locator("input[type=file], form[enctype]").count() == 0


def test_words_that_were_copied_with_a_picture_are_taken(new_context):
    page, field = in_the_report(new_context, None, "ko")
    prevented, read = page.evaluate(HAND_OVER, [field, "paste", "함께 복사한 말"])
    assert (prevented, read) == (False, [])
    expect(page.locator("#no-files")).to_be_empty()
