"""Every step, fault and panel of the reporter's pages: axe, HTML, width, large text, and Korean on Korean pages."""

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import Inspection, html_faults
from tests.browser.reporting import LINK, STEPS, STORY, choose, code_of, come_back, on_to

ROUTES = ["/", "/report", "/follow-up", "/help", "/privacy", "/sign-in", "/n", "/report/plain", "/report/plain/write"]
ROUTES += ["/follow-up/plain", "/not-there"]
ROUTES += ["/privacy/policy", "/privacy/policy/1", "/privacy/kept", "/privacy/consent", "/rights", "/accessibility"]
ROUTES += ["/notices"]
ROUTES += ["/report/plain/easy", "/report/plain/write/easy", "/report/plain/sent", "/report/plain/sent/easy"]
RESIDENT = "990101-2345678"


def unfolded(page, within="main"):
    page.locator(f"{within} details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")


def start(page, look):
    page.locator("#begin:enabled").wait_for()
    unfolded(page)
    look(page, "start")
    page.locator("#easy").check()
    look(page, "start in easy words")
    page.locator("#easy").uncheck()
    page.locator("#begin").click()


def answered(page, name):
    """What makes a step say and ask the most."""
    if name == "danger":
        page.locator("#danger-yes").check()
    elif name == "urgent":
        page.locator("#threat_kinds-money").check()
        page.locator("#threat_ongoing-yes").check()
        page.locator("#threat_deadline").fill("10:00")
    elif name == "links":
        page.locator("#link-0-address").fill(LINK)
    elif name == "organisations":
        choose(page, "demo-centre")
        choose(page, "demo-police")
    elif name == "account":
        page.locator("#account_events").fill(STORY)
        page.locator("#organisation-demo-centre-compartments-account").check()


def faulty(page, look, name):
    """The faults that somebody can make on a step, each said at its field and in the summary."""
    if name == "links":
        page.locator("#link-0-address").fill(RESIDENT)
        page.locator("#step-links [data-next]").click()
        expect(page.locator("#errors")).to_be_focused()
        look(page, "links, with a number that must not be there")
    elif name == "you":
        page.locator("#role-victim").check()
        page.locator("#age_group-under_14").check()
        unfolded(page, "#step-you")
        look(page, "you, under 14")
        page.locator("#age_group-19_or_over").check()
    elif name == "organisations":
        page.locator("#step-organisations [data-next]").click()
        expect(page.locator("#errors")).to_be_focused()
        look(page, "organisations, none chosen")


def kept_for_later(page, look):
    page.locator("#later-open").click()
    expect(page.locator("#keep-title")).to_be_focused()
    look(page, "go on later")
    page.locator("#keep-back").click()


def walk(page, look):
    for name in STEPS[:-1]:
        on_to(page, name)
        faulty(page, look, name)
        answered(page, name)
        unfolded(page, f"#step-{name}")
        look(page, name)
        if name == "harm":
            kept_for_later(page, look)
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    look(page, "review")


def sending(page, look):
    page.route("**/report", lambda route: route.abort())
    page.locator("#send").click()
    expect(page.locator("#sending-words")).not_to_be_empty()
    look(page, "sending, with the line gone")
    page.unroute("**/report")
    code = code_of(page)
    unfolded(page, "#step-receipt")
    page.locator("#last-digits").fill("0")
    page.locator("#confirm-code").click()
    look(page, "receipt, with wrong digits")
    page.locator("#last-digits").fill(code[-4:])
    page.locator("#confirm-code").click()
    expect(page.locator("#kept")).to_be_visible()
    look(page, "receipt, kept")
    return code


def coming_back(page, look, code, path):
    digits = code.replace(" ", "")
    slipped = digits[:3] + str((int(digits[3]) + 1) % 10) + digits[4:]
    come_back(page, slipped, path)
    page.locator("#candidates button").first.wait_for()
    look(page, "follow-up, with a slip")
    come_back(page, code, path)
    page.locator("#visit").wait_for()
    unfolded(page, "#visit")
    look(page, "follow-up")


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("ko", 320),
        ("en", 1280),
        ("en", 320),
        ("ko", 1280),
    ],
)
@pytest.mark.slow
def test_every_step_fault_and_panel(new_context, watch, axe, overflow, language, width):
    watch.allow(r"Failed to load resource: net::ERR_FAILED")
    prefix = {"ko": "", "en": "/en"}[language]
    page = new_context(width=width, height=640, language=language).new_page()
    inspection = Inspection(axe, overflow, typed=f"{LINK} {STORY}")
    page.goto(f"{prefix}/report")
    start(page, inspection.look)
    walk(page, inspection.look)
    code = sending(page, inspection.look)
    coming_back(page, inspection.look, code, f"{prefix}/follow-up")
    found = inspection.findings()
    assert not found, "\n".join(found)


def test_html_of_every_route_as_it_is_sent(portal):
    """With or without scripts the browser gets the same; what scripts make of it is looked at above."""
    pages = {}
    for path in [prefix + path for prefix in ("", "/en") for path in ROUTES]:
        try:
            with urllib.request.urlopen(portal.url + path, timeout=20) as answer:
                pages[path] = answer.read().decode()
        except urllib.error.HTTPError as refused:
            pages[path] = refused.read().decode()
    assert all(page.startswith("<!DOCTYPE html>") for page in pages.values())
    assert html_faults(pages) == []


def test_a_fault_of_html_would_be_seen():
    page = (
        "<!DOCTYPE html><html lang='ko'><head><title>a</title></head><body><p><div id=a></div><b id=a></b></p></body>"
    )
    assert any("no-dup-id" in fault for fault in html_faults({"planted": page}))
    assert any("element-permitted" in fault or "implicit" in fault for fault in html_faults({"planted": page}))
