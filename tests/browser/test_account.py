"""Signing in with a second step in a real Chromium with virtual authenticators, and the account's own page."""

import re
import time

import pyotp
import pytest
from playwright.sync_api import expect

from app.domain.signing_in import TOTP_LENGTH
from tests.browser.ceremonies import Authenticators, add_passkey, prove, sign_out
from tests.browser.desk import give_passphrase

expect.set_options(timeout=20_000)
UNAUTHORIZED = 401
CHANGED = "twelve entirely different tortoises"


def named(portal, login):
    return next(one for one in portal.accounts if one["login"] == login)


@pytest.fixture
def account(portal):
    """Somebody whom no other test signs in."""
    return named(portal, "regional.lead")


def first_step(page, login, passphrase):
    page.goto("/sign-in?next=/account")
    page.locator("#login").fill(login)
    page.locator("#passphrase").fill(passphrase)
    page.locator("#submit:enabled").click()
    expect(page.locator("#second")).to_be_visible()


def arrived(page):
    page.wait_for_url(re.compile(r"^http://[^/]+/account$"))
    expect(page.locator("#sessions .account__line").first).to_be_visible()


def second_step(page, code):
    page.locator("#second-code").fill(code)
    page.locator("#second [data-part=second-send]").click()


def refused(page, code):
    """Type a code that is not good; the page says what may be wrong: that it was used, or the clock."""
    with page.expect_response("**/sign-in/second") as answer:
        second_step(page, code)
    assert answer.value.status == UNAUTHORIZED
    expect(page.locator("#second-code")).to_have_value("")
    said = page.locator("#second [data-part=problem]")
    expect(said).to_contain_text("시계" if len(code) == TOTP_LENGTH else "한 번만")


def codes_and_an_authenticator(page, account):
    """An authenticator, and codes on paper; each code is good once, and no other."""
    page.goto("/account")
    page.locator("#authenticator [data-part=begin]").click()
    expect(page.locator("#totp-code")).to_be_focused()
    secret = page.locator("#authenticator [data-part=secret]").inner_text().replace(" ", "")
    expect(page.locator("#authenticator .qr-code")).to_be_visible()
    totp, used = pyotp.TOTP(secret), pyotp.TOTP(secret).now()
    page.locator("#totp-code").fill(used)
    page.locator("#authenticator form button").click()
    expect(page.locator("#authenticator [data-part=said]")).to_contain_text("켰습니다")
    page.locator("#codes [data-part=make]").click()
    expect(page.locator("#codes .account__codes li")).to_have_count(10)
    on_paper = page.locator("#codes .account__codes li").first.inner_text()
    sign_out(page)

    first_step(page, account["login"], account["passphrase"])
    refused(page, totp.at(time.time() + 150))  # of a device whose clock is two minutes ahead
    refused(page, used)
    next_code = totp.at(time.time() + 30)
    second_step(page, next_code)
    arrived(page)
    sign_out(page)
    first_step(page, account["login"], account["passphrase"])
    refused(page, next_code)
    second_step(page, on_paper)
    arrived(page)
    sign_out(page)
    first_step(page, account["login"], account["passphrase"])
    refused(page, on_paper)
    page.locator("#second [data-part=second-back]").click()
    expect(page.locator("#passphrase")).to_have_value(account["passphrase"])
    page.locator("#by-passkey").click()
    arrived(page)


@pytest.mark.slow
def test_second_steps_and_a_passkey_alone(portal, page, account, watch, axe, overflow):
    watch.allow("401")
    watch.allow("403")
    sent = []
    page.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    keys = Authenticators(page)
    give_passphrase(page, account, "/account")
    expect(page.locator("[data-part=no-second]")).to_be_visible()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []

    # A passkey that has no PRF is the second step. It opens no key, and nothing is said of one.
    keys.use(prf=False)
    add_passkey(page, "보안 키", account["passphrase"])
    expect(page.locator("#passkeys [data-part=said]")).to_contain_text("두 번째 단계")
    (credential,) = keys.credentials()
    sign_out(page)
    first_step(page, account["login"], account["passphrase"])
    assert axe(page) == []
    page.locator("#second [data-part=second-passkey]").click()
    arrived(page)

    # One that has PRF signs in without the passphrase.
    keys.use(prf=True)
    add_passkey(page, "사무실 컴퓨터", account["passphrase"])
    expect(page.locator("#passkeys [data-part=said]")).to_contain_text("이것만으로")
    sign_out(page)
    page.goto("/sign-in?next=/account")
    page.locator("#by-passkey").click()
    arrived(page)
    expect(page.locator("#passkeys .account__line")).to_have_count(2)
    page.goto("/queue")
    expect(page.locator("#lock-notice")).to_be_hidden()

    codes_and_an_authenticator(page, account)

    # No secret of a passkey was ever sent, and of the passphrase nothing.
    bodies = " ".join(body for _url, body in sent)
    assert "prf" not in bodies.replace("prf_wrapped", "")
    assert "clientExtensionResults" not in bodies
    assert account["passphrase"] not in bodies
    assert credential["privateKey"] not in bodies


@pytest.mark.slow
def test_a_session_ends_in_another_tab_and_the_passphrase_changes(portal, new_context, watch):
    watch.allow("401")
    watch.allow("403")
    watch.allow("429")
    account = named(portal, "regional.caseworker")
    here, there, third = (new_context().new_page() for _ in range(3))
    for page in (third, there, here):
        give_passphrase(page, account, "/account")
        expect(page.locator("#sessions .account__line").first).to_be_visible()
    expect(here.locator("#sessions .account__line")).to_have_count(3)
    here.locator("#sessions .account__line button").first.click()
    expect(here.locator("#sessions .account__line")).to_have_count(2)
    here.locator("#sessions [data-part=end-others]").click()
    expect(here.locator("#sessions .account__line")).to_have_count(1)
    expect(here.locator("#sessions [data-part=end-others]")).to_be_hidden()
    expect(here.locator("#sessions [data-part=said]")).to_contain_text("모두 끝냈습니다")
    assert third.reload().status == UNAUTHORIZED
    there.locator("#codes [data-part=make]").click()
    prove(there, account["passphrase"])
    expect(there.locator("#codes .account__codes li")).to_have_count(10)
    here.locator("#passphrase-new").fill("짧다")
    here.locator("#new-passphrase form button[type=submit]").click()
    expect(here.locator("#passphrase-new-judged")).not_to_be_empty()
    here.locator("#passphrase-new").fill("Password-iloveyou 2026!")
    here.locator("#new-passphrase form button[type=submit]").click()
    expect(here.locator("#passphrase-new-judged")).to_contain_text("가장 흔한 비밀번호")
    here.locator("#passphrase-new").fill(CHANGED)
    here.locator("#passphrase-new-again").fill(CHANGED)
    here.locator("#new-passphrase form button[type=submit]").click()
    prove(here, account["passphrase"])
    expect(here.locator("#new-passphrase [data-part=said]")).to_contain_text("바꾸었습니다")
    assert there.reload().status == 401
    sign_out(here)
    here.goto("/sign-in?next=/account")
    here.locator("#login").fill(account["login"])
    here.locator("#passphrase").fill(account["passphrase"])
    here.locator("#submit:enabled").click()
    expect(here.locator("main > .sign-in > [data-part=problem]")).to_contain_text("맞지 않습니다")
    here.locator("#passphrase").fill(CHANGED)
    here.locator("#submit").click()
    expect(here.locator("#second")).to_be_visible()
