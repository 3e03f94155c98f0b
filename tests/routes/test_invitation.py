"""Invitations over HTTP: one 404 for whatever cannot be used, strict bodies, and what a lead hands over."""

import secrets
from datetime import UTC, datetime

import pytest

from app.domain.wire import b64u_encode as b64u
from app.models import Caseworker
from app.services import invitation
from tests import inviting
from tests.databases import on_one
from tests.making import Maker
from tests.routes.bad_bodies import wrong_bodies
from tests.staff_browser import StaffBrowser

SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def made(session):
    made = Maker(session, now=datetime.now(UTC)).organisation()
    session.commit()
    return made


@pytest.fixture
def lead(app, made):
    browser = StaffBrowser(app)
    browser.sign_in(made.people["lead"])
    return browser


def ask(client, path, content):
    return client.post(path, json=content, headers=SAME)


def test_a_lead_hands_over_a_link_and_the_newcomer_waits_with_own_keys(app, client, lead, session):
    given = lead.post("/people/invitation", {"role": "viewer"})
    assert (given.status_code, set(given.json)) == (201, {"secret", "role", "expires_at"})
    secret = given.json["secret"]
    seen = ask(client, "/invitation", {"secret": secret})
    assert (seen.json["role"], seen.json["first"], seen.json["organisation"]["slug"]) == ("viewer", False, "centre")
    body = inviting.joining(secret)
    done = ask(client, "/invitation/joining", body)
    assert (done.status_code, done.json["leads"]) == (201, ["centre-lead"])
    assert ask(client, "/invitation/joining", body).json == done.json
    person = session.query(Caseworker).filter_by(login="new.one").one()
    assert (person.role, person.role_asked) == ("waiting", "viewer")


@on_one
def test_one_404_for_all_that_cannot_be_used(client, lead, session):
    used = lead.post("/people/invitation", {"role": "viewer"}).json["secret"]
    ask(client, "/invitation/joining", inviting.joining(used))
    back = lead.post("/people/invitation", {"role": "viewer"}).json["secret"]
    (pending,) = invitation.pending(session, lead_organisation(session), datetime.now(UTC))
    session.rollback()
    taken = lead.post(f"/people/invitation/{b64u(pending.invitation_id)}/withdrawal", {})
    assert taken.status_code == 200
    answers = []
    for secret in (used, back, b64u(secrets.token_bytes(32))):
        answers.append(ask(client, "/invitation", {"secret": secret}))
        answers.append(ask(client, "/invitation/joining", inviting.joining(secret, "somebody")))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    for unknown in (b64u(pending.invitation_id), b64u(secrets.token_bytes(32)), "x"):
        assert lead.post(f"/people/invitation/{unknown}/withdrawal", {}).status_code == 404


def lead_organisation(session):
    return session.query(Caseworker).filter_by(login="centre-lead").one().organisation_id


@on_one
def test_a_taken_name_is_said_so(client, lead):
    secret = lead.post("/people/invitation", {"role": "viewer"}).json["secret"]
    answer = ask(client, "/invitation/joining", inviting.joining(secret, "centre-lead"))
    assert (answer.status_code, answer.json["code"]) == (409, "login_taken")
    assert ask(client, "/invitation", {"secret": secret}).status_code == 200


@on_one
def test_the_page_is_the_same_for_every_secret_and_a_body_is_parsed_strictly(client, make):
    portal_id = make.portal().portal_id
    assert client.get("/invitation").status_code == 200
    secret = b64u(secrets.token_bytes(32))
    for path, content in (
        ("/invitation", {"secret": secret}),
        ("/invitation/joining", inviting.joining(secret)),
        ("/invitation/founding", inviting.founding(secret, portal_id, "new")),
    ):
        assert ask(client, path, content).status_code == 404
        for name, wrong, _field in wrong_bodies(content):
            if name.startswith("login") and b'"login": "x"' in wrong:
                continue  # a name like any other
            answer = client.post(path, data=wrong, content_type="application/json", headers=SAME)
            too_large = len(wrong) > 64 * 1024 or (len(wrong) > 16 * 1024 and not path.endswith("founding"))
            expected = (413, "too_large") if too_large else (400, "format_error")
            assert (answer.status_code, answer.json["code"]) == expected, name
