"""The square of a recovery sheet, held before a camera at /recovery: read there, kept nowhere, and the camera off."""

import pytest
from playwright.sync_api import expect

from app.domain.recovery_words import words
from tests.browser.ceremonies import fill_account, new_sheet
from tests.browser.conftest import CHROMIUM
from tests.browser.desk import CENTRE
from tests.browser.fake_camera import REMEMBER, film, flags, living, write
from tests.browser.paper import PASSPHRASE, founded_on_paper

pytestmark = pytest.mark.own_portal
expect.set_options(timeout=30_000)
SLUG = "camera-centre"
FAILING = """navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException("", "{}"); }};"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """The file that the camera shows."""
    path = tmp_path_factory.mktemp("camera") / "seen.y4m"
    write(path)
    return path


@pytest.fixture(scope="module")
def browser(playwright, seen):
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=flags(seen))
    yield running
    running.close()


def recovering(new_context, path="/recovery", script=REMEMBER, **options):
    page = new_context(**options).new_page()
    page.add_init_script(script)
    page.goto(path)
    page.locator("#words-on:enabled").wait_for()
    return page


def switched_on(page):
    page.locator("#camera-on").click()
    expect(page.locator("#camera video")).to_be_visible()
    assert living(page)[1] == 1


def is_off(page, words):
    expect(page.locator("#camera-said")).to_contain_text(words)
    expect(page.locator("#camera")).to_be_hidden()
    assert living(page)[1] == 0
    assert page.evaluate("document.querySelector('#camera video').srcObject") is None


def test_the_square_is_read_the_camera_goes_off_and_the_organisation_is_recovered(
    portal, new_context, seen, axe, overflow
):
    written, fingerprint = founded_on_paper(portal, SLUG, "camera")
    page = recovering(new_context, width=320, permissions=["camera"])
    film(seen, page, "HTTPS://PORTAL.EXAMPLE/INVITATION")
    switched_on(page)
    expect(page.locator("#camera-said")).to_contain_text("복구 단어가 없습니다")
    assert page.evaluate("wanted.audio === false && wanted.video.facingMode.ideal === 'environment'")
    assert (axe(page), overflow(page) <= 0) == ([], True)
    page.keyboard.press("Escape")
    is_off(page, "카메라를 껐습니다")
    expect(page.locator("#camera-on")).to_be_focused()

    film(seen, page, " ".join(written).upper())
    page.locator("#slug").fill(SLUG)
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.post_data)))
    page.locator("#camera-on").click()
    is_off(page, "단어 24개를 읽고 카메라를 껐습니다")
    assert (page.locator("#recovery-words").input_value(), asked) == (" ".join(written), [])
    expect(page.locator("#words-on")).to_be_focused()
    page.locator("#words-on").click()
    fill_account(page, "camera.again", PASSPHRASE)
    assert new_sheet(page) != written
    expect(page.locator("[data-part=recovered-fingerprint]")).to_have_text(fingerprint, timeout=60_000)


def test_the_camera_goes_off_however_looking_ends(new_context, seen):
    page = recovering(new_context, permissions=["camera"])
    page.clock.install()
    film(seen, page, "nothing of a sheet")
    ways = {
        "버튼": lambda: page.locator("#camera [data-part=stop]").click(),
        "form": lambda: page.locator("#words-on").click(),
        "left": lambda: page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))"),
        "hidden": lambda: page.evaluate(
            "Object.defineProperty(document, 'hidden', {value: true, configurable: true}),"
            "document.dispatchEvent(new Event('visibilitychange')), delete document.hidden"
        ),
    }
    for end in ways.values():
        switched_on(page)
        end()
        is_off(page, "카메라를 껐습니다")
    switched_on(page)
    page.clock.fast_forward("01:00")
    is_off(page, "1분 동안")
    assert living(page)[0] == len(ways) + 1


def test_without_a_camera_one_sentence_says_what_to_do(new_context, axe):
    refused = recovering(new_context)
    refused.locator("#camera-on").click()
    is_off(refused, "허락하지 않았습니다")
    for name, said in (
        ("NotFoundError", "No camera was found"),
        ("NotReadableError", "in use elsewhere"),
        ("NotSupportedError", "cannot be used here"),
    ):
        page = recovering(new_context, "/en/recovery", FAILING.format(name), width=320, language="en")
        page.locator("#camera-on").click()
        expect(page.locator("#camera-said")).to_contain_text(said)
        expect(page.locator("#camera-said")).to_contain_text("type the words")
    assert axe(page) == []
    bare = recovering(new_context, script="Object.defineProperty(navigator, 'mediaDevices', {value: undefined});")
    expect(bare.locator("#camera-on")).to_be_hidden()


def test_no_other_page_may_have_the_camera(new_context, watch):
    watch.allow("ermissions policy")
    page = new_context(permissions=["camera"]).new_page()
    for path in ("/report", "/follow-up", "/sign-in", "/help"):
        page.goto(path)
        ask = "navigator.mediaDevices.getUserMedia({video: true}).then(() => 'given', ({name}) => name)"
        assert page.evaluate(ask) == "NotAllowedError", path


def test_words_of_another_organisations_sheet_are_told_apart(new_context, seen):
    page = recovering(new_context, permissions=["camera"])
    film(seen, page, " ".join(words(bytes(32))).upper(), turned=-20)
    page.locator("#slug").fill(CENTRE)
    page.locator("#camera-on").click()
    is_off(page, "단어 24개를 읽고")
    page.locator("#words-on").click()
    expect(page.locator("[data-step=words] [data-part=problem-detail]")).to_contain_text("다른 기관의 것이거나")
