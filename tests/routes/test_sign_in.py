"""Signing in and out over HTTP: the cookie, the token, and what the browser needs for its keys."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.access import COOKIE
from app.domain.wire import b64u_decode
from app.models import AccessLog, StaffSession
from tests.databases import on_one
from tests.routes.bad_bodies import wrong_bodies
from tests.staff_browser import StaffBrowser


@pytest.fixture
def person(make, session):
    person = make.organisation().people["caseworker"]
    session.rollback()
    return person


@pytest.fixture
def browser(app):
    return StaffBrowser(app)


def test_the_answer_and_the_cookie(browser, person, session):
    answer = browser.sign_in(person)
    assert answer.status_code == 200
    assert set(answer.json) == {
        "caseworker", "portal_id", "wrapped_seed", "parameter_set", "keyring", "unlocks_here", "session_half", "csrf",
    }  # fmt: skip
    assert answer.json["caseworker"]["login"] == person.login
    assert answer.json["caseworker"]["role"] == "caseworker"
    assert b64u_decode(answer.json["caseworker"]["kid"], "") == person.kid
    assert set(answer.json["keyring"]) == {"seq", "sealed"}
    assert len(b64u_decode(answer.json["session_half"], "")) == 32
    cookie, known = answer.headers.getlist("Set-Cookie")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert cookie.startswith("__Host-onestop=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} == parts
    assert known.startswith("__Host-onestop-known=")
    assert parts < {part.strip() for part in known.split(";")[1:]}
    assert f"Max-Age={180 * 24 * 3600}" in known
    assert person.login not in known
    assert session.scalars(select(AccessLog.action)).all() == ["signed_in"]


def test_a_reload_gets_the_same_keys(browser, person):
    first = browser.sign_in(person).json
    assert browser.get("/session").json == first


def test_without_a_session_there_are_no_keys(browser):
    answer = browser.get("/session")
    assert (answer.status_code, answer.json["code"]) == (401, "session_ended")


def test_wrong_and_unknown_get_one_identical_answer(browser, person):
    wrong = browser.sign_in(person, secrets.token_bytes(32))
    person.login = "nobody"
    unknown = browser.sign_in(person)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json["code"] == "sign_in_refused"
    assert wrong.data == unknown.data
    assert "Set-Cookie" not in wrong.headers
    assert "Set-Cookie" not in unknown.headers


def test_failures_are_delayed(browser, person):
    for _ in range(3):
        browser.sign_in(person, secrets.token_bytes(32))
    answer = browser.sign_in(person)
    assert (answer.status_code, answer.json["code"]) == (429, "sign_in_delayed")
    assert answer.headers["Retry-After"] == str(answer.json["retry_after"]) == "1"


def test_strangers_who_fail_delay_nobody_in_their_own_browser(app, browser, person):
    browser.sign_in(person)
    stranger = StaffBrowser(app)
    for _ in range(3):
        stranger.sign_in(person, secrets.token_bytes(32))
    assert stranger.sign_in(person).status_code == 429
    assert browser.sign_in(person).status_code == 200


@on_one
def test_from_another_site_nobody_is_signed_in(browser, person):
    body = {"login": person.login, "sign_in": "A" * 43, "parameter_set": 1}
    answer = browser.client.post("/sign-in", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")


def test_signing_in_again_in_the_same_browser_ends_the_session_before(app, browser, person, session):
    browser.sign_in(person)
    elsewhere = StaffBrowser(app)
    elsewhere.sign_in(person)
    browser.sign_in(person)
    assert len(session.scalars(select(StaffSession)).all()) == 2
    assert elsewhere.get("/session").status_code == browser.get("/session").status_code == 200


def test_signing_out_by_form_leads_back_and_ends_the_session(browser, person, session):
    browser.sign_in(person)
    answer = browser.client.post(
        "/sign-out", data={"csrf_token": browser.csrf}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert "__Host-onestop=;" in answer.headers["Set-Cookie"]
    assert session.scalars(select(StaffSession)).all() == []
    assert browser.get("/session").status_code == 401


@on_one
def test_signing_out_by_script(browser, person):
    browser.sign_in(person)
    assert browser.post("/sign-out", {}).status_code == 200
    assert browser.get("/session").status_code == 401


@on_one
def test_signing_out_needs_the_token(browser, person):
    browser.sign_in(person)
    browser.csrf = "A" * 43
    assert browser.post("/sign-out", {}).status_code == 403
    assert browser.get("/session").status_code == 200


@pytest.mark.parametrize("column", ["seen_at", "started_at"])
def test_an_ended_session_says_so_in_words_that_lose_nothing(browser, person, session, column):
    browser.sign_in(person)
    session.execute(update(StaffSession).values({column: datetime.now(UTC) - timedelta(hours=9)}))
    session.commit()
    answer = browser.post("/referral/AAAAAAAAAAAAAAAAAAAAAA/claim", {"version": 1})
    assert (answer.status_code, answer.json["code"]) == (401, "session_ended")
    assert session.scalars(select(StaffSession)).all() == []


@on_one
def test_a_made_up_cookie_opens_nothing(app, person):
    client = app.test_client()
    for value in ("", "x", "A" * 43, "\x00", "a b"):
        client.set_cookie(COOKIE, value)
        assert client.get("/session", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 401


@on_one
def test_whatever_is_wrong_with_a_body_is_a_400(browser, person):
    good = {"login": person.login, "sign_in": "A" * 43, "parameter_set": 1}
    for name, body, where in wrong_bodies(good):
        answer = browser.client.post("/sign-in", data=body, content_type="application/json")
        if len(body) > 16 * 1024 and answer.status_code == 413:
            continue
        if name == "login 'x'":
            assert answer.status_code == 401  # a login like any other
            continue
        assert (answer.status_code, answer.json["code"]) == (400, "format_error"), name
        assert where is None or answer.json["field"] == where, (name, answer.json["field"])


@on_one
def test_the_page_is_there_in_both_languages(client, make):
    make.portal()
    assert client.get("/sign-in").status_code == client.get("/en/sign-in").status_code == 200
