"""Every address says who may call it, and everybody else is kept out: shown by calling each as each role."""

import secrets
from datetime import UTC, datetime

import pytest

from app.access import COOKIE, TOKEN_HEADER, access, declared_by
from app.domain.role import may
from app.domain.vocabulary import ROLES
from app.domain.wire import b64u_encode as b64u
from app.models import Referral
from app.services import session as staff_session
from tests.making import Maker

REFUSED = {401, 403}
STRANGER = "stranger"


def text_of(length):
    return b64u(secrets.token_bytes(length))


def message():
    return {"message_id": text_of(16), "sealed": text_of(1024 + 28)}


def bodies(kid):
    """What each address under a referral takes, so that only who asks can be the reason for a refusal."""
    return {
        "referral.opening": {},
        "referral.claim": {"version": 1},
        "referral.release": {"version": 1},
        "referral.change_state": {"version": 1, "state": "in_support", "message": message()},
        "referral.change_items": {
            "version": 1,
            "items": [{"item_id": text_of(16), "state": "checked"}],
            "message": message(),
        },
        "referral.send_message": message(),
        "referral.save_summary": {"version": 1, "epoch_kid": b64u(kid), "sealed": text_of(512 + 28), "items": []},
        "referral.save_record": {
            "record_id": text_of(16),
            "type": "note",
            "epoch_kid": b64u(kid),
            "version": 1,
            "sealed": text_of(512 + 28),
        },
    }


def endpoints(app):
    """Every (endpoint, method, address pattern) of the portal, but what Flask answers by itself."""
    return [
        (rule.endpoint, method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def undeclared(app):
    return sorted(name for name, view in app.view_functions.items() if declared_by(view) is None)


class Callers:
    """Two organisations with everybody in them, a letter to the first, and a browser for each person."""

    def __init__(self, app, session):
        self.app = app
        maker = Maker(session, now=datetime.now(UTC))
        self.own = maker.organisation("centre", roles=ROLES)
        self.other = maker.organisation("other", roles=ROLES)
        _token, report_id = maker.report(self.own)
        self.referral_id = session.query(Referral).filter_by(report_id=report_id).one().referral_id
        session.commit()
        self.cookies = {}
        for made in (self.own, self.other):
            for role, person in made.people.items():
                cookie, signed_in = staff_session.start(session, person.caseworker_id, datetime.now(UTC))
                session.commit()
                self.cookies[made.slug, role] = (cookie, b64u(signed_in.csrf))

    def call(self, caller, endpoint, method, pattern, referral_id=None):
        """Ask as (slug, role) or as a stranger, with a body that is in order."""
        client = self.app.test_client()
        headers = {"Sec-Fetch-Site": "same-origin"}
        if caller != STRANGER:
            cookie, token = self.cookies[caller]
            client.set_cookie(COOKIE, cookie)
            headers[TOKEN_HEADER] = token
        address = pattern.replace("<referral_id>", b64u(referral_id or self.referral_id))
        made = self.other if caller != STRANGER and caller[0] == "other" else self.own
        body = bodies(made.kid).get(endpoint, {})
        return client.open(address, method=method, headers=headers, json=body if method == "POST" else None)


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


def test_only_these_are_open_to_strangers(app):
    """Adding one here is a decision; forgetting to protect one is not."""
    opened = {
        f"{method} {pattern}"
        for endpoint, method, pattern in endpoints(app)
        if declared_by(app.view_functions[endpoint]).role == "anyone"
    }
    assert opened == {
        "GET /",
        "GET /api/v1/directory",
        "GET /follow-up",
        "GET /follow-up/plain",
        "GET /healthz",
        "GET /help",
        "GET /metrics",
        "GET /n",
        "GET /privacy",
        "GET /readyz",
        "GET /recovery",
        "GET /report",
        "GET /report/plain",
        "GET /report/plain/sent",
        "GET /report/plain/write",
        "GET /sign-in",
        "GET /x",
        "POST /draft",
        "POST /draft/destroy",
        "POST /draft/open",
        "POST /follow-up",
        "POST /follow-up/message",
        "POST /follow-up/organisation",
        "POST /follow-up/plain",
        "POST /follow-up/plain/message",
        "POST /follow-up/plain/withdrawal",
        "POST /follow-up/withdrawal",
        "POST /recovery/begin",
        "POST /recovery/ending",
        "POST /recovery/open",
        "POST /report",
        "POST /report/plain/check",
        "POST /report/plain/kept",
        "POST /report/plain/send",
        "POST /report/plain/write",
        "POST /sign-in",
        "POST /sign-in/passkey",
        "POST /sign-in/passkey/answer",
        "POST /sign-in/second",
    }


def test_each_address_as_each_role(app, callers):
    wrong = []
    for endpoint, method, pattern in endpoints(app):
        needed = declared_by(app.view_functions[endpoint]).role
        for role in (*ROLES, STRANGER):
            if role != STRANGER and endpoint == "sign_in.sign_out":
                continue  # it ends the session; tried last, below
            caller = STRANGER if role == STRANGER else ("centre", role)
            status = callers.call(caller, endpoint, method, pattern).status_code
            allowed = needed == "anyone" or (role != STRANGER and may(role, needed))
            # Strangers are not let in by signing in with nothing: that refusal is the address's own answer.
            refused = status in REFUSED and endpoint != "sign_in.sign_in"
            if refused == allowed or status >= 500:
                wrong.append((endpoint, method, role, status))
    assert wrong == []
    for role in ROLES:
        status = callers.call(("centre", role), "sign_in.sign_out", "POST", "/sign-out").status_code
        assert (status == 403) == (not may(role, "viewer"))


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
        address = pattern.replace("<referral_id>", b64u(callers.referral_id))
        body = bodies(callers.own.kid).get(endpoint, {})
        for headers in (
            {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "same-origin", TOKEN_HEADER: token[:-2] + "AA"},
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
