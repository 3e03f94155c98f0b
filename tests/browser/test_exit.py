"""Leaving quickly, in a real Chromium: nothing of the portal, and nothing typed, is behind the Back button."""

import re

import pytest

pytestmark = pytest.mark.whole_browser
WEATHER = "https://www.weather.go.kr/"
TYPED = "적다가 만 문장"


@pytest.fixture
def leave_to_weather(watch):
    """Answers for the weather, which no test may really ask."""
    watch.allow(rf"^request to another host: {re.escape(WEATHER)}")

    def attach(context):
        context.route(
            f"{WEATHER}**", lambda route: route.fulfill(content_type="text/html", body="<title>w</title><p>sunny")
        )
        return context

    return attach


@pytest.fixture
def visited(new_context, leave_to_weather):
    """A tab that was somewhere harmless before."""
    page = leave_to_weather(new_context(width=360, height=740)).new_page()
    page.goto("about:blank")
    return page


def at_the_weather(page):
    page.wait_for_url(f"{WEATHER}**")
    return page.locator("p").inner_text() == "sunny"


def start_a_report(page):
    """Type into a document with three steps of its own, as the wizard makes them."""
    page.goto("/")
    page.get_by_role("button", name="신고 시작하기").click()
    page.wait_for_url("**/report")
    page.evaluate("addEventListener('beforeunload', (event) => event.preventDefault())")
    for step in (1, 2, 3):
        page.evaluate("step => history.pushState({step}, '')", step)
    page.evaluate(
        """text => {
          const field = document.createElement("textarea");
          field.id = "typed";
          field.autocomplete = "off";
          field.value = text;
          document.querySelector("main").append(field);
        }""",
        TYPED,
    )


def test_back_never_leads_into_the_report_again(visited):
    start_a_report(visited)
    visited.locator("#exit").click()
    assert at_the_weather(visited)
    for step in ("back", "back", "forward", "forward", "back"):
        visited.evaluate(f"() => {{ setTimeout(() => history.{step}()) }}")
        visited.wait_for_timeout(600)  # until it has begun
        visited.wait_for_url(lambda url: url.startswith(WEATHER) or url == "about:blank")


def test_no_step_of_the_report_is_left_in_the_history(visited, portal):
    start_a_report(visited)
    visited.locator("#exit").click()
    assert at_the_weather(visited)
    session = visited.context.new_cdp_session(visited)
    history = [entry["url"] for entry in session.send("Page.getNavigationHistory")["entries"]]
    assert history == ["about:blank", f"{portal.url}/n", WEATHER]


def test_the_page_is_blank_and_its_fields_are_empty_at_once(visited):
    start_a_report(visited)
    field = visited.query_selector("#typed")
    seen = visited.evaluate(
        """field => {
          document.getElementById("exit").click();
          return [document.body.innerText.trim(), document.title.trim(), field.value,
                  getComputedStyle(document.body).visibility];
        }""",
        field,
    )
    assert seen == ["", "", "", "hidden"]
    assert at_the_weather(visited)


def test_shift_three_times_leaves_and_capitals_do_not(visited):
    visited.goto("/help")
    visited.locator("body").click(position={"x": 5, "y": 300})
    for letter in "AㄲBㅆCD":
        visited.keyboard.down("Shift")
        visited.keyboard.press(letter if letter.isascii() else "R")
        visited.keyboard.up("Shift")
    visited.wait_for_timeout(300)
    assert visited.url.endswith("/help")
    visited.keyboard.press("Shift")
    assert "2번 더" in visited.locator("#exit-status").inner_text()
    visited.keyboard.press("Shift")
    visited.keyboard.press("Shift")
    assert at_the_weather(visited)


def test_without_scripts_the_link_leads_out_and_takes_the_cookies(new_context, leave_to_weather, portal):
    context = leave_to_weather(new_context(width=360, height=740, java_script_enabled=False))
    context.add_cookies([{"name": "left", "value": "over", "url": portal.url}])
    page = context.new_page()
    page.goto("/en/")
    page.get_by_role("link", name="Leave quickly").click()
    assert at_the_weather(page)
    assert context.cookies(portal.url) == []


def test_nothing_shows_while_nobody_looks(visited):
    visited.goto("/")

    def show(state):
        visited.evaluate(
            """state => {
              Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            state,
        )
        return visited.locator("h1").is_visible()

    assert [show("hidden"), show("visible")] == [False, True]


def test_the_way_out_stays_in_view_and_covers_no_focus(visited):
    visited.goto("/help")
    visited.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert visited.locator("#exit").is_visible()
    bar = visited.locator("#top").bounding_box()
    assert (bar["y"], visited.locator("#exit").bounding_box()["height"] >= 44) == (0, True)
    # Going backwards with the keyboard brings each link below the bar, not under it.
    visited.locator(".page-footer a").last.focus()
    for _ in range(25):
        visited.keyboard.press("Shift+Tab")
        place = visited.evaluate(
            "(() => { const at = document.activeElement; const box = at.getBoundingClientRect();"
            " return at.closest('#top') || at === document.body ? null : box.top; })()"
        )
        if place is not None:
            assert place >= bar["height"] - 1
