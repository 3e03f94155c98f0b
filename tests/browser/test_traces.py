"""What a reporter's pages tell whoever watches the line, looks at the browser or is sent a link: hardly anything."""

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import STORY, begin, choose, come_back, on_to, sent

PAGES = ["/", "/report", "/follow-up", "/help", "/privacy", "/organisations", "/report/plain", "/report/plain/write",
         "/follow-up/plain", "/rights", "/notices", "/accessibility", "/code", "/statistics", "/privacy/consent",
         "/privacy/kept", "/privacy/policy"]  # fmt: skip
# What a messenger or a search engine makes a picture of a page from.
PREVIEW = """() => [...document.querySelectorAll("meta[property], meta[name='description'], meta[name^='twitter']," +
    "link[rel='manifest'], link[rel='canonical'], link[rel^='apple'], script[type='application/ld+json']")]
    .map((one) => `${one.getAttribute("property") ?? one.outerHTML}: ${one.content}`)"""
# What came over the line since, and not out of the browser's cache.
ON_THE_LINE = """began => performance.getEntriesByType("resource")
    .filter(({startTime, transferSize}) => startTime > began && transferSize > 0).map(({name}) => name)"""
FILLED_IN = """() => [...document.querySelectorAll("input, textarea, select, form")]
    .concat([...document.querySelectorAll("template")].flatMap(({content}) =>
        [...content.querySelectorAll("input, textarea, select, form")]))
    .filter((one) => !["hidden", "checkbox", "radio", "submit"].includes(one.type))
    .filter((one) => one.autocomplete !== "off" && one.form?.autocomplete !== "off")
    .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def phone(new_context):
    return new_context(width=360, height=740)


@pytest.mark.parametrize("path", PAGES)
def test_titles_previews_referrers_autofill_and_traces(phone, portal, path):
    page = phone.new_page()
    answers = []

    def note(answer):
        answers.append(answer)

    page.on("response", note)
    page.goto(path, wait_until="networkidle")
    assert page.title() == "원스톱"
    assert page.evaluate(PREVIEW) == ["og:title: 원스톱"]
    assert page.evaluate(FILLED_IN) == []
    assert page.evaluate("document.querySelector('meta[name=robots]').content") == "noindex, nofollow"
    (document,) = [answer for answer in answers if answer.request.is_navigation_request()]
    assert document.headers["referrer-policy"] == "no-referrer"
    assert [answer.url for answer in answers if "referer" in answer.request.all_headers()] == []
    assert [answer.url for answer in answers if "set-cookie" in answer.all_headers()] == []
    assert (
        document.headers["cache-control"] in {"no-store", "no-cache"}
        or "max-age" not in document.headers["cache-control"]
    )
    kept = page.evaluate(
        """async () => ({local: {...localStorage}, session: {...sessionStorage},
            databases: await indexedDB.databases(), caches: await caches.keys(),
            workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length, cookie: document.cookie})"""
    )
    assert kept == {"local": {}, "session": {}, "databases": [], "caches": [], "workers": 0, "cookie": ""}
    assert phone.cookies() == []


def test_walking_through_the_steps_asks_for_nothing(phone):
    """Whoever watches the line sees that the page was opened, and that something was sent; no step in between."""
    page = phone.new_page()
    page.goto("/report", wait_until="networkidle")
    page.locator("#begin:enabled").click()
    expect(page.locator("#step-danger")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    began = page.evaluate("performance.now()")
    names = page.evaluate("[...document.querySelectorAll('[data-step]')].map(({dataset}) => dataset.step)")
    assert len(names) >= 11
    for step in names:
        page.evaluate("name => document.querySelector(`[data-goto=${name}]`)?.click()", step)
        field = page.locator(f"#step-{step} textarea:visible, #step-{step} input[type=text]:visible").first
        if field.count():
            field.fill("https://board.example/1" if step == "links" else STORY)
            field.blur()
        page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(ON_THE_LINE, began) == []
    page.evaluate("fetch('/help').then((answer) => answer.text())")  # would be seen
    assert len(page.evaluate(ON_THE_LINE, began)) == 1


def test_sending_is_one_request_and_coming_back_another(phone):
    page = phone.new_page()
    begin(page)
    page.locator("#sentence").fill(STORY)
    on_to(page, "organisations")
    choose(page, "demo-centre", "purposes-deletion")
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    posted = []
    page.on("request", lambda request: posted.append(request) if request.method != "GET" else None)
    code = sent(page)
    assert [request.url.rpartition("/")[2] for request in posted] == ["report"]
    come_back(page, code)
    expect(page.locator("#threads .thread")).to_have_count(1)
    assert [request.url.rpartition("/")[2] for request in posted] == ["report", "follow-up"]
    assert int(posted[1].response().headers["content-length"]) % (16 * 1024) == 0
    assert all("referer" not in request.all_headers() for request in posted)
