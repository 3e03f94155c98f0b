"""A new organisation, from the operator's form to a letter that its first lead opens, in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.ceremonies import step, type_back, words_on_paper
from tests.browser.desk import give_passphrase, opened
from tests.browser.reporter import Reporter

pytestmark = pytest.mark.own_portal
expect.set_options(timeout=20_000)
SLUG = "new-centre"


def invited(page, portal):
    """The operator adds an organisation, and gets the address for its first lead."""
    give_passphrase(page, portal.account("operator", "operator"), "/operator")
    expect(page.locator("main")).to_contain_text("여기서는 어떤 편지도 열 수 없어요")
    page.get_by_role("button", name="기관 추가하기").click()
    for field, words in (("name_ko", "새 센터"), ("name_en", "New Centre"), ("slug", SLUG)):
        page.locator(f"#{field}").fill(words)
    page.locator("main form button[type=submit]").click()
    page.locator("#invite").click()
    return page.locator("#invitation-address").inner_text()


def looks_well(page, axe, overflow):
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []


def chooses_an_account(page):
    """Name and passphrase: a poor one is judged, a made one taken; give it."""
    page.locator("#login").fill("new.lead")
    page.locator("#passphrase").fill("new centre 1")
    expect(page.locator("#passphrase-judged")).to_contain_text("비슷해요")
    page.locator("[data-make=ko]").click()
    expect(page.locator("[data-part=made]")).to_have_text(re.compile(r"^([가-힣]+ ){6}[가-힣]+$"))
    passphrase = page.locator("[data-part=made]").inner_text()
    page.locator("#account-on").click()
    expect(page.locator("[data-step=account] [data-part=problem]")).to_contain_text("서로 달라요")
    page.locator("#passphrase-again").fill(passphrase)
    page.locator("#account-on").click()
    return passphrase


def founds(page, sent, axe, overflow):
    """The sheet, two words asked back, and the keys; give the words and the fingerprint."""
    step(page, "kit")
    words = words_on_paper(page)
    assert len(words) == 24
    expect(page.locator("[data-part=sheet-square] svg path")).to_have_count(1)
    looks_well(page, axe, overflow)
    page.locator("#kit-on").click()
    step(page, "back")
    type_back(page, words, wrong=True)
    expect(page.locator("[data-step=back] [data-part=problem]")).to_contain_text("종이와 다른")
    assert [body for _url, body in sent if "login" in body] == []
    type_back(page, words)
    fingerprint = step(page, "founded").locator("[data-part=founded-fingerprint]").inner_text()
    assert re.fullmatch(r"(\d{5} ){5}\d{5}", fingerprint)
    looks_well(page, axe, overflow)
    return words, fingerprint


def first_day(page, passphrase, fingerprint, axe, overflow):
    """Sign in, send a test letter, and open it."""
    page.locator("[data-step=founded] a").click()
    page.locator("#submit:enabled").wait_for()
    page.locator("#login").fill("new.lead")
    page.locator("#passphrase").fill(passphrase)
    page.locator("#submit").click()
    page.wait_for_url(re.compile(r"^[^?]*/first-day$"))
    expect(page.locator(".first-day__state").first).to_contain_text("아직")
    expect(page.locator(".fingerprint")).to_have_text(fingerprint)
    looks_well(page, axe, overflow)
    page.locator("#send-test").click()
    expect(page.locator("#test-said")).to_contain_text("도착했어요")
    page.goto("/queue")
    page.locator(".queue__link").first.click()
    page.locator("[data-closed=account] button").click()
    expect(page.locator("#closed-account")).to_contain_text("시험 편지")
    page.goto("/first-day")
    expect(page.locator(".first-day__state").first).to_contain_text("했어요")


@pytest.mark.slow
def test_an_operator_invites_a_lead_founds_and_letters_are_opened(portal, new_context, watch, axe, overflow):
    watch.allow("404")  # the invitation that was used
    ruler = new_context().new_page()
    address = invited(ruler, portal)
    looks_well(ruler, axe, overflow)
    secret = address.partition("#")[2]
    context = new_context()
    page, sent = context.new_page(), []
    context.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    page.goto(address)
    step(page, "account")
    assert secret not in page.url
    looks_well(page, axe, overflow)
    for language in ("en", "ko"):
        page.locator(".page-header__language").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        step(page, "account")
        assert secret not in page.url
    passphrase = chooses_an_account(page)
    words, fingerprint = founds(page, sent, axe, overflow)
    hidden = (passphrase, " ".join(words), " ".join(words).upper())
    assert not [url for url, body in sent for one in hidden if one in body or one in url]
    assert not [url for url, _body in sent if secret in url]
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    first_day(page, passphrase, fingerprint, axe, overflow)
    opened(page, Reporter(portal.url, SLUG))
    stranger = new_context().new_page()
    stranger.goto(f"/organisation/{SLUG}")
    expect(stranger.locator(".fingerprint")).to_have_text(fingerprint)
    looks_well(stranger, axe, overflow)
    stranger.goto(address)
    step(stranger, "gone")
    assert secret not in portal.log.read_text(encoding="utf-8")
