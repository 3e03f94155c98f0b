"""One's own account over HTTP: the second step, its refusals, and what only a fresh proof changes."""

import secrets
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import update

from app.access import COOKIE
from app.domain.wire import b64u_decode, b64u_encode
from app.models import StaffSession
from tests.databases import on_one
from tests.routes.bad_bodies import wrong_bodies
from tests.soft_passkey import SoftPasskey, as_json
from tests.staff_browser import StaffBrowser

SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def person(make, session):
    person = make.organisation().people["caseworker"]
    session.rollback()
    return person


@pytest.fixture
def browser(app, person):
    browser = StaffBrowser(app)
    assert browser.sign_in(person).status_code == 200
    return browser


def begin(app, person):
    """The first step, from a browser that has no session."""
    browser = StaffBrowser(app)
    body = {"login": person.login, "sign_in": b64u_encode(person.sign_in), "parameter_set": 1}
    return browser, browser.client.post("/sign-in", json=body, headers=SAME)


def add_passkey(browser, wrapped=None):
    soft = SoftPasskey()
    begun = browser.post("/account/passkey", {}).json
    made = soft.made(b64u_decode(begun["passkey"]["challenge"], ""), b64u_decode(begun["pending"], ""), "열쇠 ")
    answer = browser.post("/account/passkey/answer", as_json(made) | {"wrapped_seed": wrapped})
    assert answer.status_code == 201
    return soft


def test_the_second_step_by_each_factor(app, browser, person):
    soft = add_passkey(browser)
    begun = browser.post("/account/authenticator", {}).json
    totp = pyotp.TOTP(begun["secret"])
    now = datetime.now(UTC)
    before = totp.at(now, counter_offset=-1)
    assert (
        browser.post("/account/authenticator/answer", {"pending": begun["pending"], "code": before}).status_code == 201
    )
    codes = browser.post("/account/codes", {}).json["codes"]
    standing = browser.get("/account/standing").json
    assert [one["name"] for one in standing["passkeys"]] == ["열쇠"]
    assert (standing["authenticator"], standing["codes_left"], len(standing["sessions"])) == (True, 10, 1)
    for factor in ("passkey", "totp", "code"):
        there, first = begin(app, person)
        assert (first.status_code, first.json["factors"]) == (200, ["passkey", "totp", "code"])
        assert "Set-Cookie" not in first.headers
        assert "wrapped_seed" not in first.json
        assertion = as_json(soft.signed(b64u_decode(first.json["passkey"]["challenge"], "")))
        code = totp.at(datetime.now(UTC), counter_offset=1) if factor == "totp" else codes[0]
        body = {"pending": first.json["pending"], "factor": factor}
        body |= {"code": None, "assertion": assertion} if factor == "passkey" else {"code": code, "assertion": None}
        second = there.client.post("/sign-in/second", json=body, headers=SAME)
        assert (second.status_code, second.json["caseworker"]["login"]) == (200, person.login)
        assert second.headers["Set-Cookie"].startswith(f"{COOKIE}=")
        again = there.client.post("/sign-in/second", json=body, headers=SAME)
        assert (again.status_code, again.json["code"]) == (409, "step_over")


@on_one
def test_a_wrong_code_is_answered_with_the_portals_time(app, browser, person):
    browser.post("/account/codes", {})
    there, first = begin(app, person)
    body = {"pending": first.json["pending"], "factor": "code", "code": "1" * 20, "assertion": None}
    answer = there.client.post("/sign-in/second", json=body, headers=SAME)
    assert (answer.status_code, answer.json["code"]) == (401, "second_factor_refused")
    said = datetime.fromisoformat(answer.json["portal_time"])
    assert abs(said - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_passkey_alone(app, browser, person):
    wrapped = b64u_encode(secrets.token_bytes(60))
    soft = add_passkey(browser, wrapped)
    assert browser.get("/session").json["unlocks_here"] is True
    there = StaffBrowser(app)
    asked = there.client.post("/sign-in/passkey", json={}, headers=SAME).json
    assertion = as_json(soft.signed(b64u_decode(asked["passkey"]["challenge"], "")))
    body = {"pending": asked["pending"], "assertion": assertion}
    answer = there.client.post("/sign-in/passkey/answer", json=body, headers=SAME)
    assert (answer.status_code, answer.json["prf_wrapped"]) == (200, wrapped)
    unknown = there.client.post("/sign-in/passkey", json={}, headers=SAME).json
    assertion = as_json(SoftPasskey().signed(b64u_decode(unknown["passkey"]["challenge"], "")))
    body = {"pending": unknown["pending"], "assertion": assertion}
    answer = there.client.post("/sign-in/passkey/answer", json=body, headers=SAME)
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_refused")


@on_one
def test_reached_by_a_number_there_are_no_passkeys(browser):
    answer = browser.client.post("/sign-in/passkey", json={}, headers=SAME, base_url="http://127.0.0.1")
    assert answer.status_code == 404


def test_old_proof_does_not_change_keys_and_a_fresh_one_does(browser, person, session):
    session.execute(update(StaffSession).values(confirmed_at=datetime.now(UTC) - timedelta(minutes=11)))
    session.commit()
    new = {
        "sign_in": b64u_encode(secrets.token_bytes(32)),
        "parameter_set": 1,
        "wrapped_seed": b64u_encode(secrets.token_bytes(60)),
    }
    changes = [
        ("/account/passkey", {}),
        ("/account/authenticator", {}),
        ("/account/authenticator/removal", {}),
        ("/account/codes", {}),
        ("/passphrase", new),
    ]
    for path, body in changes:
        answer = browser.post(path, body)
        assert (answer.status_code, answer.json["code"]) == (403, "confirm_first"), path
    wrong = browser.post("/confirm", {"sign_in": b64u_encode(bytes(32)), "parameter_set": 1})
    assert (wrong.status_code, wrong.json["code"]) == (401, "sign_in_refused")
    right = {"sign_in": b64u_encode(person.sign_in), "parameter_set": 1}
    assert browser.post("/confirm", right).json == {"prf_wrapped": None}
    for path, body in changes:
        assert browser.post(path, body).status_code in {200, 201}, path
    assert browser.get("/session").json["wrapped_seed"] == new["wrapped_seed"]


def test_a_session_ended_elsewhere_is_over_at_once_after_a_fresh_proof(app, browser, person, session):
    there = StaffBrowser(app)
    there.sign_in(person)
    listed = browser.get("/account/standing").json["sessions"]
    (other,) = [one for one in listed if not one["here"]]
    assert (other["device"], other["factor"]) == ("computer", "")
    ending = "/account/session/ending", {"session_id": other["session_id"]}
    session.execute(update(StaffSession).values(confirmed_at=datetime.now(UTC) - timedelta(minutes=11)))
    session.commit()
    refused = browser.post(*ending)
    assert (refused.status_code, refused.json["code"]) == (403, "confirm_first")
    assert there.get("/session").status_code == 200
    browser.post("/confirm", {"sign_in": b64u_encode(person.sign_in), "parameter_set": 1})
    assert browser.post(*ending).status_code == 200
    assert there.get("/session").status_code == 401
    assert browser.get("/session").status_code == 200


@on_one
def test_whatever_is_wrong_with_a_body_is_a_400(browser):
    key, sealed = b64u_encode(bytes(32)), b64u_encode(bytes(60))
    assertion = {name: b64u_encode(bytes(40)) for name in ("credential_id", "client_data", "authenticator_data")}
    assertion |= {"signature": b64u_encode(bytes(40))}
    good = {
        "/sign-in/second": {"pending": key, "factor": "passkey", "code": None, "assertion": assertion},
        "/sign-in/passkey/answer": {"pending": key, "assertion": assertion},
        "/confirm": {"sign_in": key, "parameter_set": 1},
        "/passphrase": {"sign_in": key, "parameter_set": 1, "wrapped_seed": sealed},
    }
    for path, body in good.items():
        for name, wrong, _where in wrong_bodies(body):
            answer = browser.post(path, wrong)
            if len(wrong) > 16 * 1024 and answer.status_code == 413:
                continue
            assert (answer.status_code, answer.json["code"]) == (400, "format_error"), (path, name)


@on_one
def test_the_page_is_there_in_both_languages(browser, person):
    for path in ("/account", "/en/account"):
        page = browser.get(path)
        assert page.status_code == 200
        assert person.login in page.text
