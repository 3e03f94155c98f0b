"""Taking a report down for a caller: only with a session, and only as what it is."""

import json
import secrets
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from app.access import COOKIE, TOKEN_HEADER
from app.domain.wire import b64u_encode as b64u
from app.models import Organisation, Referral, Report
from app.services import session as staff_session
from tests.databases import on_one
from tests.making import body_of

SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer", "auditor"))


@pytest.fixture
def enter(app, session, centre):
    """`enter(role)` gives a browser of that role's session, and the headers that its pages send."""

    def as_role(role):
        cookie, signed_in = staff_session.start(session, centre.people[role].caseworker_id, datetime.now(UTC))
        session.commit()
        client = app.test_client()
        client.set_cookie(COOKIE, cookie)
        return client, {**SAME, TOKEN_HEADER: b64u(signed_in.csrf)}

    return as_role


def sealed_as(centre, sealed_by):
    changed = json.loads(body_of(centre, lookup=b64u(secrets.token_bytes(32))))
    return json.dumps(changed | {"sealed_by": sealed_by})


def send(client, body, headers=SAME, path="/caller"):
    return client.post(path, data=body, content_type="application/json", headers=headers)


def test_it_is_taken_once_and_shows_as_taken_down(enter, session, centre):
    client, headers = enter("caseworker")
    body = sealed_as(centre, "caseworker")
    first, again = (send(client, body, headers) for _ in range(2))
    assert (first.status_code, again.status_code, first.json) == (201, 201, again.json)
    assert session.scalars(select(Referral.sealed_by)).all() == ["caseworker"]
    session.rollback()
    assert "받아 적" in client.get("/queue").text
    assert "Taken down by a caseworker" in client.get("/en/queue").text


@on_one
def test_no_stranger_says_that_a_caseworker_sealed_it_and_no_caseworker_anything_else(enter, client, session, centre):
    staff, headers = enter("caseworker")
    refused = [
        send(client, sealed_as(centre, "caseworker"), path="/report"),
        send(staff, sealed_as(centre, "caseworker"), headers, path="/report"),
        *(send(staff, sealed_as(centre, other), headers) for other in ("browser", "client", "server")),
    ]
    assert {(one.status_code, one.json["field"]) for one in refused} == {(400, "sealed_by")}
    assert session.scalars(select(Report.report_id)).all() == []


@on_one
def test_without_a_session_its_token_or_the_role_there_is_nothing(enter, client, session, centre):
    body = sealed_as(centre, "caseworker")
    assert send(client, body).status_code == 401
    assert client.get("/caller").status_code in {302, 303, 401}
    staff, headers = enter("caseworker")
    assert send(staff, body, SAME).status_code == 403
    assert send(staff, body, {**headers, "Sec-Fetch-Site": "cross-site"}).status_code == 403
    for role in ("viewer", "auditor"):
        other, of_other = enter(role)
        assert send(other, body, of_other).status_code == 403
        assert other.get("/caller").status_code == 403
    assert session.scalars(select(Report.report_id)).all() == []
    session.rollback()
    (one, _own), (_other, token) = enter("lead"), enter("lead")
    assert send(one, body, token).status_code == 403


@on_one
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_is_the_reporters_form_with_words_to_read_out_and_keeps_nothing(enter, language):
    staff, _headers = enter("caseworker")
    page = staff.get(f"{language}/caller")
    assert page.status_code == 200
    assert page.text.count('class="read-out"') >= 3
    for part in ('id="step-links"', 'id="step-review"', 'id="step-receipt"', "data-taken-down", "receipt--aloud"):
        assert part in page.text, part
    for none in ('id="later-open"', 'id="resume"', 'id="exit"'):
        assert none not in page.text, none


@on_one
def test_who_takes_no_new_reports_is_said_and_refused_as_everywhere(enter, session, make, centre):
    resting = make.organisation("resting", "police")
    session.execute(update(Organisation).where(Organisation.slug == "resting").values(standing="paused"))
    session.commit()
    client, headers = enter("caseworker")
    page = client.get("/en/caller").text
    assert "The resting takes no new reports for now" in page
    assert 'data-organisation="resting"' not in page
    answer = send(client, sealed_as(resting, "caseworker"), headers)
    assert (answer.status_code, answer.json["code"], answer.json["organisations"]) == (
        409,
        "not_receiving",
        ["resting"],
    )
    assert session.scalars(select(Report.report_id)).all() == []
