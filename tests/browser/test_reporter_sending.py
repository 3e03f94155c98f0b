"""Sending a report over bad lines, to a full portal, with keys that changed: nothing lost, nothing doubled."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import LINK, LOST, REFUSED, STORY, begin, choose, code_of, come_back, on_to, sent, written


@pytest.fixture
def phone(new_context):
    return new_context(width=360, height=740)


@pytest.fixture
def page(phone):
    return phone.new_page()


def test_a_lost_line_keeps_everything_and_sends_the_same_bytes_again(page, phone, watch):
    watch.allow(LOST)
    bodies = []
    page.on("request", lambda request: bodies.append(request.post_data) if request.method == "POST" else None)
    written(page)
    phone.set_offline(True)
    page.locator("#send").click()
    expect(page.locator("#sending-words")).to_contain_text("연결이 끊겼습니다")
    phone.set_offline(False)
    code = code_of(page)
    assert len(bodies) > 1
    assert len(set(bodies)) == 1
    page.locator("#decline-code").click()
    come_back(page, code)
    expect(page.locator("#threads .thread")).to_have_count(2)


def test_a_line_lost_before_anything_later_was_fetched_is_said_and_made_up_for(page, phone, watch):
    watch.allow(LOST)
    page.goto("/report")
    page.locator("#begin:enabled").wait_for()
    phone.set_offline(True)
    page.locator("#begin").click()
    on_to(page, "review")
    expect(page.locator("#preparing-words")).to_contain_text("적으신 내용은 그대로", timeout=30_000)
    phone.set_offline(False)
    page.locator("#prepare-again").click()
    expect(page.locator("#step-links")).to_be_visible()  # looked over: neither a link nor a sentence is there
    expect(page.locator("#errors")).to_be_visible()


def test_more_than_one_letter_holds_is_said_where_most_was_written(page):
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    choose(page, "demo-centre", "purposes-deletion")
    on_to(page, "offender")
    page.locator("#offender_text").fill("가" * 49_000)
    page.locator("#organisation-demo-centre-compartments-offender").check()
    on_to(page, "account")
    page.locator("#account_events").fill("나" * 48_000)
    page.locator("#organisation-demo-centre-compartments-account").check()
    on_to(page, "review")
    expect(page.locator("#step-offender")).to_be_visible()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors-list")).to_contain_text("한 통에 들어가지 않습니다")
    expect(page.locator("#offender_text")).to_have_attribute("aria-invalid", "true")
    page.locator("#offender_text").fill("가" * 20_000)
    expect(page.locator("#offender_text")).not_to_have_attribute("aria-invalid", "true")
    on_to(page, "review")
    page.locator("#send:visible").wait_for()


def test_what_comes_later_is_fetched_once(page):
    """Side by side, before it is imported: the import then finds all of it in the browser's cache."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = {}
    session.on("Network.responseReceived", lambda event: sizes.setdefault(event["response"]["url"], []).append(event))
    written(page)
    listed = page.locator("#report").evaluate(
        "(part) => JSON.parse(part.dataset.modules).slice(1, 6).flat().map(([path]) => path)"
    )
    base = next(address for address in sizes if address.endswith("/js/pages/report.js")).removesuffix("pages/report.js")
    for name in listed:
        answers = sizes[base + name if not name.startswith("..") else base.removesuffix("js/") + name[3:]]
        from_line = [one for one in answers if not one["response"].get("fromDiskCache")]
        assert [one["type"] for one in from_line] == ["Fetch"], name
    later = {address for address, events in sizes.items() if any(one["type"] == "Script" for one in events)}
    assert later - {base + "pages/report.js"}


def test_an_answer_lost_on_the_way_back_makes_no_second_report(page, watch):
    """The portal took it and the answer got lost: the same bytes are answered as the first time."""
    watch.allow(LOST)
    taken = []

    def lose_the_first(route):
        if route.request.method != "POST":
            route.continue_()
            return
        answer = route.fetch()
        taken.append(answer.json())
        route.abort() if len(taken) == 1 else route.fulfill(response=answer)

    written(page)
    page.route(
        "**/report", lambda route: lose_the_first(route) if route.request.method == "POST" else route.continue_()
    )
    sent(page)
    assert len(taken) == 2
    assert taken[0] == taken[1]


@pytest.mark.parametrize("status", [429, 503])
def test_a_full_portal_says_one_moment_and_goes_on(page, watch, status):
    watch.allow(REFUSED)
    written(page)
    answers = iter([status])

    def busy_once(route):
        if route.request.method == "POST" and (once := next(answers, None)):
            route.fulfill(status=once, headers={"Retry-After": "1"}, body="")
        else:
            route.continue_()

    page.route("**/report", busy_once)
    page.locator("#send").click()
    expect(page.locator("#sending-words")).to_contain_text("잠시만요")
    code_of(page)


@pytest.mark.parametrize("code", ["key_retired", "code_used"])
def test_what_a_fresh_sealing_cures_is_cured_without_a_word(page, watch, code):
    """The directory is fetched again, everything is sealed anew, under another code only where that was the matter."""
    watch.allow(REFUSED)
    directories, bodies = [], []
    page.on("request", lambda request: directories.append(1) if request.url.endswith("/directory") else None)
    written(page)

    def refuse_once(route):
        if route.request.method != "POST":
            route.continue_()
            return
        bodies.append(json.loads(route.request.post_data))
        if len(bodies) == 1:
            problem = json.dumps({"type": "about:blank", "title": "", "status": 409, "code": code})
            route.fulfill(status=409, content_type="application/problem+json", body=problem)
        else:
            route.continue_()

    page.route("**/report", refuse_once)
    sent(page)
    assert len(directories) == 2
    kept = code == "key_retired"
    assert (bodies[0]["lookup"] == bodies[1]["lookup"]) == kept
    assert (bodies[0]["report_id"] == bodies[1]["report_id"]) == kept
    assert bodies[0]["envelopes"][0]["sealed"] != bodies[1]["envelopes"][0]["sealed"]


def test_a_directory_that_does_not_verify_is_never_sealed_to(page):
    posted = []
    page.on("request", lambda request: posted.append(request) if request.method == "POST" else None)

    def tampered(route):
        directory = route.fetch().json()
        first = directory["organisations"][0]
        first["public_key"] = directory["organisations"][1]["public_key"]
        route.fulfill(json=directory)

    page.route("**/api/v1/directory", tampered)
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    choose(page, "demo-centre")
    on_to(page, "review")
    expect(page.locator("#prepare-again")).to_be_visible()
    expect(page.locator("#send")).to_be_hidden()
    assert posted == []
    page.unroute("**/api/v1/directory")
    page.locator("#prepare-again").click()
    page.locator("#send:visible").wait_for()


def test_leaving_is_warned_of_until_the_code_is_kept(page):
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    written(page)
    page.evaluate("location.assign('/help')")
    expect(page.locator("#send")).to_be_visible()
    assert warned == ["beforeunload"]
    page.locator("#send").click()
    code = code_of(page)
    page.locator("#last-digits").fill("0000" if not code.endswith("0000") else "1111")
    page.locator("#confirm-code").click()
    expect(page.locator("#last-digits-error")).not_to_be_empty()
    page.evaluate("location.assign('/help')")
    expect(page.locator("#receipt-code")).to_be_visible()
    assert warned == ["beforeunload", "beforeunload"]
    page.locator("#decline-code").click()
    page.goto("/help")
    assert warned == ["beforeunload", "beforeunload"]


def test_calling_for_help_is_no_leaving(page, watch):
    watch.allow("Failed to launch 'tel:112'|request to another host: tel:112")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    page.locator("#help-strip a[href='tel:112']").click()
    page.wait_for_timeout(500)
    assert asked == []
    expect(page.locator("#link-0-address")).to_have_value(LINK)


def test_leaving_quickly_from_the_middle_asks_nothing_and_leaves_no_step_behind(page, phone, watch):
    watch.allow("request to another host: https://www.weather.go.kr/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    phone.route("https://www.weather.go.kr/**", lambda route: route.fulfill(content_type="text/html", body="sunny"))
    page.goto("/help")
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "you")
    page.locator("#exit").click()
    page.wait_for_url("https://www.weather.go.kr/**")
    assert asked == []
    visited = []
    page.on("framenavigated", lambda frame: visited.append(frame.url))
    for _back in range(3):
        # Back leads to the neutral page, which leads out again.
        with page.expect_navigation(url="https://www.weather.go.kr/**"):
            page.evaluate("() => { setTimeout(() => history.back()) }")
    assert visited
    assert not [url for url in visited if "/report" in url]


def test_after_sending_back_does_not_show_what_was_typed(page):
    written(page)
    sent(page)
    page.go_back()
    assert page.locator("textarea").count() == 0
    assert STORY not in page.content()
