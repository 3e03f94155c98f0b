"""Every address says who may call it, and everybody else is kept out: shown by calling each as each role."""

import secrets

import pytest

from app.access import COOKIE, TOKEN_HEADER, access, declared_by
from app.domain.role import may
from app.domain.wire import b64u_encode as b64u
from tests.rules.callers import STAFF, STRANGER, Callers, bodies, endpoints, text_of
from tests.rules.who import WHO

REFUSED = {401, 403}


def undeclared(app):
    return sorted(name for name, view in app.view_functions.items() if declared_by(view) is None)


@pytest.fixture
def callers(app, session):
    return Callers(app, session)


def test_an_undeclared_address_would_be_seen_and_is_refused(app):
    app.add_url_rule("/forgotten", "forgotten", lambda: "open to all")
    assert undeclared(app) == ["forgotten"]
    assert app.test_client().get("/forgotten").status_code == 403


def test_an_address_with_too_little_would_be_seen(app, callers):
    app.add_url_rule("/lax", "lax", access("anyone")(lambda: "meant for leads"))
    assert callers.call(STRANGER, "lax", "GET", "/lax").status_code == 200


def test_every_address_declares_who_may_call_it(app):
    assert undeclared(app) == []
    assert len(endpoints(app)) > 20


def test_each_address_is_for_whom_the_table_says(app):
    found = {}
    for endpoint, method, pattern in endpoints(app):
        found.setdefault(declared_by(app.view_functions[endpoint]).role, set()).add(f"{method} {pattern}")
    expected = {role: {line.strip() for line in lines.split("\n") if line.strip()} for role, lines in WHO.items()}
    assert found == expected


def test_each_address_as_each_role(app, callers):
    wrong = []
    for endpoint, method, pattern in endpoints(app):
        needed = declared_by(app.view_functions[endpoint]).role
        for caller in callers.everybody:
            if caller[0] == "other" or endpoint == "sign_in.sign_out":
                continue  # it ends the session; tried last, below
            status = callers.call(caller, endpoint, method, pattern).status_code
            allowed = needed == "anyone" or (caller != STRANGER and may(caller[1], needed))
            refusal = {401} if caller == STRANGER else {403}
            if (status in REFUSED) == allowed or (not allowed and status not in refusal) or status >= 500:
                wrong.append((endpoint, method, caller, status))
    assert wrong == []
    for role in STAFF:
        assert callers.call(("centre", role), "sign_in.sign_out", "POST", "/sign-out").status_code == 200
        assert callers.call(("centre", role), "sign_in.resume", "GET", "/session").status_code == 401


def test_a_referral_of_another_organisation_is_as_unknown_as_none(app, callers):
    under_referral = [one for one in endpoints(app) if "<referral_id>" in one[2]]
    assert len(under_referral) >= 9
    for endpoint, method, pattern in under_referral:
        assert callers.call(("centre", "lead"), endpoint, method, pattern, secrets.token_bytes(16)).status_code == 404
        invented = secrets.token_bytes(16)
        foreign = callers.call(("other", "lead"), endpoint, method, pattern)
        unknown = callers.call(("other", "lead"), endpoint, method, pattern, invented)
        assert foreign.status_code == unknown.status_code == 404, endpoint
        # Each page links to itself in the other language, and so repeats the address that was asked for.
        same = foreign.text.replace(b64u(callers.referral_id), "id") == unknown.text.replace(b64u(invented), "id")
        assert same, endpoint


def test_a_change_without_its_token_is_refused(app, callers):
    changing = [
        (endpoint, pattern)
        for endpoint, method, pattern in endpoints(app)
        if method == "POST" and declared_by(app.view_functions[endpoint]).role != "anyone"
    ]
    assert changing
    cookie, token = callers.cookies["centre", "lead"]
    for endpoint, pattern in changing:
        address = pattern.replace("<referral_id>", b64u(callers.referral_id)).replace("<kid>", text_of(16))
        body = bodies(callers.own.kid).get(endpoint, {})
        for headers in (
            {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "same-origin", TOKEN_HEADER: ("B" if token[0] == "A" else "A") + token[1:]},
            {"Sec-Fetch-Site": "cross-site", TOKEN_HEADER: token},
            {"Origin": "https://elsewhere.example", TOKEN_HEADER: token},
            {TOKEN_HEADER: token},
        ):
            client = app.test_client()
            client.set_cookie(COOKIE, cookie)
            assert client.post(address, json=body, headers=headers).status_code == 403, (endpoint, headers)


def test_no_address_takes_files(app, callers):
    for endpoint, method, pattern in endpoints(app):
        if method == "POST":
            address = pattern.replace("<referral_id>", b64u(callers.referral_id))
            answer = app.test_client().post(address, data={"file": (b"x", "x.jpg")}, content_type="multipart/form-data")
            assert answer.status_code == 415, endpoint
