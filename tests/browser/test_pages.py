"""Every public page, in both languages, on a small phone and on a desk: accessible, narrow enough, and silent."""

import pytest

PAGES = ["/", "/report", "/follow-up", "/help", "/privacy", "/sign-in", "/not-there"]
NEVER_THERE = r"Failed to load resource.*404"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page(new_context, watch, axe, overflow, path, language, width):
    if path == "/not-there":
        watch.allow(NEVER_THERE)
    context = new_context(width=width, language=language)
    page = context.new_page()
    page.goto(("/en" if language == "en" else "") + path, wait_until="networkidle")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1:visible").count() == 1
    assert axe(page) == []
    assert overflow(page) == 0
    assert leftovers(context, page) == []


@pytest.mark.parametrize("path", ["/", "/report", "/follow-up", "/help"])
def test_without_javascript_the_help_lines_are_there(new_context, path):
    page = new_context(width=320, java_script_enabled=False).new_page()
    page.goto(path)
    assert page.locator("#help-strip a[href='tel:1366']").is_visible()
    assert page.locator("#help-strip a[href='tel:112']").is_visible()
    assert page.locator("#exit").is_visible()


@pytest.mark.parametrize("path", ["/report", "/follow-up", "/sign-in"])
def test_without_javascript_nothing_looks_as_if_it_were_about_to_work(new_context, path):
    def shown(*, scripts):
        page = new_context(width=320, java_script_enabled=scripts).new_page()
        page.goto(path, wait_until="networkidle")
        # The box for easy words works by the style sheet.
        return page.locator("button:visible, input:visible:not(#easy), #readiness:visible").count()

    assert shown(scripts=True) > 0
    assert shown(scripts=False) == 0


def test_the_way_out_leads_out_and_back_leads_nowhere(new_context, portal, watch):
    """Reporting is one entry of the history; leaving takes it away."""
    watch.allow("request to another host: https://www.weather.go.kr/")
    watch.allow("Failed to load resource: net::ERR")
    page = new_context(width=360).new_page()
    page.route("https://www.weather.go.kr/**", lambda route: route.fulfill(body="<title>Weather</title>", status=200))
    page.goto("/help")
    page.goto("/report")
    page.locator("#exit").click()
    page.wait_for_url("https://www.weather.go.kr/**")
    page.go_back(wait_until="commit")
    assert "/report" not in page.url


def test_a_narrow_window_would_be_seen(new_context, overflow):
    page = new_context(width=320).new_page()
    page.goto("/help")
    page.evaluate("document.querySelector('main').style.setProperty('width', '900px')")
    assert overflow(page) > 0


def test_a_fault_of_access_would_be_seen(new_context, axe):
    page = new_context().new_page()
    page.goto("/help")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any("button-name" in line for line in axe(page))


def test_what_a_page_must_not_say_would_be_seen(new_context, watch, portal):
    page = new_context().new_page()
    page.goto("/help")
    page.evaluate("fetch('https://elsewhere.example/').catch(() => {})")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'), {src: 'data:image/gif;base64,AA'}))"
    )
    page.wait_for_timeout(300)
    seen = watch.unexpected()
    assert any("Content Security Policy" in line for line in seen)
    watch.allow(".*")
    watch.violations.clear()


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("path", ["/follow-up", "/follow-up/plain"])
def test_the_whole_code_can_be_seen_as_it_is_typed(new_context, path, width):
    field = new_context(width=width, height=740).new_page()
    field.goto(path)
    field.locator("#code").fill("5191 5847 9196 7061 0930 0226")
    hidden = field.locator("#code").evaluate("(one) => one.scrollWidth - one.clientWidth")
    assert hidden <= 0
    assert field.locator("#code").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 16


def leftovers(context, page):
    """What a page left on the device: nothing, on any public page."""
    kept = page.evaluate(
        """async () => {
            const names = await indexedDB.databases();
            const cached = await caches.keys();
            const workers = await navigator.serviceWorker?.getRegistrations() ?? [];
            return [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...names, ...cached, ...workers];
        }"""
    )
    return kept + context.cookies()
