"""What comes after the report, by keyboard alone, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.by_keyboard import LISTEN, MOVING, Keyboard
from tests.browser.desk import CENTRE
from tests.browser.desk import opened as desk_opened
from tests.browser.reporter import Reporter
from tests.browser.reporting import LINK

pytestmark = pytest.mark.slow
ANSWER = "내일 오전에 지워 달라고 요청하겠습니다."
PREFIX = {"ko": "", "en": "/en"}
SEEN = pytest.mark.parametrize(("language", "width"), [("ko", 360), ("en", 1000)])


@pytest.fixture
def page(new_context, language, width):
    settings = {"forced_colors": "active", "reduced_motion": "reduce"}
    return new_context(width=width, height=800, language=language, **settings).new_page()


def opened(page, code, path):
    """Come back with a code: gives somebody at the top of the opened report."""
    page.goto(path)
    page.locator("#open:enabled").wait_for()
    page.evaluate(LISTEN)
    someone = Keyboard(page)
    someone.to("#code").type(code)
    someone.to("#open").press("Enter")
    expect(page.locator("#visit-title")).to_be_focused()
    return someone


@SEEN
def test_coming_back_writing_adding_and_withdrawing(page, portal, language):
    reporter = Reporter(portal.url, CENTRE, keep_own=True)
    someone = opened(page, reporter.code, f"{PREFIX[language]}/follow-up")
    someone.to("[data-message]").type("키보드로 적은 말")
    someone.to("[data-send]").press("Enter")
    expect(page.locator(".message--mine")).to_have_count(1)
    expect(page.locator("[data-send]")).to_be_focused()  # what was done sends nobody back to the top of the page

    someone.to("#add-links > summary").press("Enter")
    expect(page.locator("#add-links-form")).to_be_visible()
    someone.to("#send-links").press("Enter")
    expect(page.locator("#links-errors")).to_be_focused()
    someone.to("#links-errors a").press("Enter")
    expect(page.locator("#link-0-address")).to_be_focused()
    page.keyboard.type(LINK)
    someone.to("#send-links").press("Enter")
    expect(page.locator("[data-links-title]")).to_contain_text("4")
    expect(page.locator("#send-links")).to_be_focused()

    page.locator("#visit-title").focus()
    someone.to("#add-organisation > summary").press("Enter")
    expect(page.locator("#add-organisation-form")).to_be_visible()
    someone.to("#organisation-demo-police-chosen").press("Space")
    someone.to("#organisation-demo-police-sensitive").press("Space")
    someone.to("#addition-look").press("Enter")
    expect(page.locator("#addition-title")).to_be_focused()
    someone.to("#addition-send").press("Enter")
    expect(page.locator("#threads .thread")).to_have_count(2)
    expect(page.locator("#addition-look")).to_be_focused()  # what was pressed is put away, and this stands there

    page.locator("#visit-title").focus()
    someone.to(".thread:last-child [data-leaving] > summary").press("Enter")
    someone.to(".thread:last-child [data-leaving] input").press("Space")
    someone.to(".thread:last-child [data-leave-ask]").press("Enter")
    expect(page.locator(".thread:last-child [data-leave-sure] h3")).to_be_focused()
    someone.to(".thread:last-child [data-leave-yes]").press("Enter")
    expect(page.locator("#visit-title")).to_be_focused()
    assert sorted(reporter.states().values()) == ["received", "withdrawn"]

    someone.to("#withdraw > summary").press("Enter")
    someone.to("#withdraw-72h").press("ArrowDown")  # from one radio to the other, as browsers have it
    expect(page.locator("#withdraw-now")).to_be_checked()
    someone.to("#withdraw-ask").press("Enter")
    expect(page.locator("#withdraw-sure h3")).to_be_focused()
    assert page.evaluate(MOVING) == 0
    someone.to("#withdraw-yes").press("Enter")
    expect(page.locator("#gone-title")).to_be_focused()
    assert someone.faults == []
    assert len(page.evaluate("window.said")) >= 3


@SEEN
def test_going_on_later(page, language):
    page.goto(f"{PREFIX[language]}/report")
    page.locator("#begin:enabled").wait_for()
    someone = Keyboard(page)
    someone.to("#begin").press("Enter")
    for step in ("danger", "urgent"):
        someone.on(step)
    someone.to("#link-0-address").type(LINK)
    someone.to("#later-open").press("Enter")
    expect(page.locator("#keep-title")).to_be_focused()
    someone.to("#keep-now").press("Enter")
    page.locator("#keep-digits").wait_for()
    code = "".join(page.locator("#keep-code .receipt__group").all_inner_texts())
    someone.to("#keep-digits").type(code[-4:])
    someone.to("#keep-confirm").press("Enter")
    expect(page.locator("#keep-until")).to_be_visible()
    assert someone.faults == []

    page.goto("/help")
    page.goto(f"{PREFIX[language]}/report#resume")
    page.locator("#open:enabled").wait_for()
    again = Keyboard(page)
    again.to("#code").type(code)
    again.to("#open").press("Enter")
    expect(page.locator("#links textarea[id$=address]")).to_have_value(LINK)
    assert again.faults == []


@SEEN
def test_an_answer_that_comes_meanwhile_is_read_and_answered(page, portal, language, sign_in):
    reporter = Reporter(portal.url, CENTRE, keep_own=True)
    someone = opened(page, reporter.code, f"{PREFIX[language]}/follow-up")
    expect(page.locator(".message")).to_have_count(0)
    answered(sign_in(path="/queue"), reporter)

    someone.to("#refresh").press("Enter")
    answer = page.locator(".message:not(.message--mine)").filter(has_text=ANSWER)
    expect(answer).to_have_count(1)
    expect(page.locator("#visit-title")).to_be_focused()  # what is new is read from the top
    someone.to("[data-so-far] > summary").press("Enter")
    expect(page.locator("[data-so-far] [data-events]")).to_be_visible()
    someone.to("[data-message]")
    expect(answer).to_be_in_viewport()  # it stands right above the field to write back in
    someone.type("읽었어요").to("[data-send]").press("Enter")
    expect(page.locator(".message--mine")).to_have_count(1)
    expect(page.locator("[data-send]")).to_be_focused()
    someone.to("[data-consent-part] > summary").press("Enter")
    someone.to("[data-consent-fields] input[value=legal_medical]").press("Space")
    someone.to("[data-consent-send]").press("Enter")
    expect(page.locator(".message--mine")).to_have_count(2)
    expect(page.locator("[data-consent-send]")).to_be_focused()
    assert someone.faults == []


def answered(desk, reporter):
    desk_opened(desk, reporter)
    desk.locator("#claim").click()
    desk.locator("#message-words").fill(ANSWER)
    desk.locator("#message-form [data-part=send]").click()
    expect(desk.locator("#thread")).to_contain_text(ANSWER)
