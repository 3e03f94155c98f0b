"""The addresses under which a lead sees the people of the organisation and changes the ring."""

import json
import secrets
from datetime import UTC, datetime

import pytest

from app.crypto import recipient_key
from app.domain.wire import b64u_encode as b64u
from app.services import keyring
from tests.making import Maker
from tests.staff_browser import StaffBrowser

COPY = 1024 + 1136
NOW = datetime.now(UTC)


@pytest.fixture
def made(session):
    made = Maker(session, NOW).organisation(roles=("lead", "caseworker"))
    made.recovery = recipient_key.generate()
    keyring.store_ring(
        session,
        made.organisation_id,
        seq=2,
        copies={person.kid: secrets.token_bytes(COPY) for person in made.people.values()},
        recovery=(made.recovery.kid, secrets.token_bytes(COPY)),
        recovery_key=made.recovery.public_key,
        now=NOW,
    )
    session.rollback()
    return made


@pytest.fixture
def lead(app, made):
    browser = StaffBrowser(app)
    assert browser.sign_in(made.people["lead"]).status_code == 200
    return browser


def body_of(made, seq=3, **changes):
    members = [{"kid": b64u(person.kid), "role": person.role} for person in made.people.values()]
    sealed = {
        "kid": b64u(made.recovery.kid),
        "public_key": b64u(made.recovery.public_key),
        "sealed": b64u(secrets.token_bytes(COPY)),
    }
    return {
        "seq": seq,
        "copies": [{"kid": one["kid"], "sealed": b64u(secrets.token_bytes(COPY))} for one in members],
        "recovery": sealed,
        "epoch": None,
        "roles": members,
    } | changes


def test_the_standing_and_the_page(lead, made):
    standing = lead.get("/people/standing").json
    assert [one["login"] for one in standing["people"]] == ["centre-caseworker", "centre-lead"]
    assert (standing["ring"]["seq"], standing["gone"], standing["kit_needed"]) == (2, [], False)
    assert standing["ring"]["recovery_key"] == b64u(made.recovery.public_key)
    assert standing["invitations"] == []
    page = lead.get("/people")
    assert (page.status_code, page.mimetype) == (200, "text/html")


def test_a_ring_is_changed_once_and_the_second_is_told(lead, made):
    body = body_of(made)
    assert lead.post("/keyring", body).json == {"seq": 3}
    assert lead.post("/keyring", body).json == {"seq": 3}
    late = lead.post("/keyring", body_of(made))
    assert (late.status_code, late.json["code"], late.json["version"]) == (409, "ring_changed", 3)


def test_leaving_makes_new_keys_due_and_the_last_lead_stays(lead, made):
    away = lead.post(f"/people/{b64u(made.people['caseworker'].kid)}/leaving", {})
    assert (away.status_code, away.json) == (200, {})
    assert lead.get("/people/standing").json["gone"] == ["centre-caseworker"]
    only = [one for one in body_of(made)["roles"] if one["role"] == "lead"]
    copies = [{"kid": only[0]["kid"], "sealed": b64u(secrets.token_bytes(COPY))}]
    refused = lead.post("/keyring", body_of(made, roles=only, copies=copies))
    assert (refused.status_code, refused.json["code"]) == (409, "keys_needed")
    last = lead.post(f"/people/{b64u(made.people['lead'].kid)}/leaving", {})
    assert (last.status_code, last.json["code"]) == (409, "last_lead")


@pytest.mark.parametrize("kid", ["x", "AAAAAAAAAAAAAAAAAAAAAA"])
def test_nobody_is_nobody(lead, kid):
    assert lead.post(f"/people/{kid}/leaving", {}).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 1},
        {"seq": "3"},
        {"copies": []},
        {"roles": []},
        {"roles": [{"kid": "AAAAAAAAAAAAAAAAAAAAAA", "role": "root"}]},
        {"epoch": {}},
        {"more": 1},
    ],
)
def test_a_body_that_is_none(lead, made, changes):
    assert lead.post("/keyring", body_of(made, **changes)).status_code == 400
    assert lead.post("/keyring", json.dumps(body_of(made))[:-1].encode()).status_code == 400


def test_only_leads(app, made):
    browser = StaffBrowser(app)
    browser.sign_in(made.people["caseworker"])
    assert browser.get("/people").status_code == 403
    assert browser.get("/people/standing").status_code == 403
    assert browser.post("/keyring", body_of(made)).status_code == 403
    assert browser.post(f"/people/{b64u(made.people['lead'].kid)}/leaving", {}).status_code == 403
    assert browser.get("/waiting").status_code == 200
