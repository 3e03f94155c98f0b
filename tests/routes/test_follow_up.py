"""POST /follow-up and what hangs under it: one answer for every token that opens nothing."""

import secrets

import pytest
from sqlalchemy import func, select

from app.domain.wire import b64u_encode as b64u
from app.models import DestroyedReport, Message, Referral, Report
from tests.databases import on_one
from tests.making import MESSAGE, envelope_of
from tests.routes.bad_bodies import wrong_bodies


@pytest.fixture
def report(make, session):
    """The token (b64u) of a report to two organisations, and its referral ids."""
    token, _report_id = make.report(make.organisation(), make.organisation("police", "police"))
    ids = [b64u(one) for one in session.scalars(select(Referral.referral_id))]
    session.rollback()
    return b64u(token), ids


def message_for(referral_id, **changes):
    parts = {"message_id": b64u(secrets.token_bytes(16)), "sealed": b64u(secrets.token_bytes(MESSAGE))}
    return {"referral_id": referral_id, **parts, **changes}


def addition_for(made, token):
    return {"token": token, "sealed_by": "browser", "envelope": envelope_of(made), "own": b64u(bytes(4096 + 28))}


def count(session, model):
    session.rollback()
    number = session.scalar(select(func.count()).select_from(model))
    session.rollback()  # a transaction left open would keep the portal from writing
    return number


def test_the_answer_is_as_the_format_has_it(client, report):
    token, ids = report
    found = client.post("/follow-up", json={"token": token})
    assert found.status_code == 200
    assert set(found.json) == {"report", "referrals", "reach"}
    assert found.json["reach"] == {}
    assert set(found.json["report"]) == {"report_id", "received_on", "state", "destroy_on", "own"}
    assert {one["referral_id"] for one in found.json["referrals"]} == set(ids)
    for one in found.json["referrals"]:
        assert set(one) == {
            "referral_id", "organisation", "kid", "origin_kid", "referred_by", "received_on", "due_on", "opened_on",
            "size", "state", "state_on", "onward", "destroy_on", "kept_until", "hold", "items",
            "messages",
        }  # fmt: skip
    client.post("/follow-up/message", json={"token": token, **message_for(ids[0])})
    (message,) = next(
        one["messages"]
        for one in client.post("/follow-up", json={"token": token}).json["referrals"]
        if one["referral_id"] == ids[0]
    )
    assert set(message) == {"message_id", "direction", "received_on", "sealed"}


def test_unknown_destroyed_and_foreign_get_one_identical_answer(client, session, make, report):
    token, ids = report
    other, _report_id = make.report(make.organisation("third"))
    client.post(
        "/follow-up/withdrawal",
        json={"token": b64u(other), "when": "now", "messages": [message_for(_only_referral_of(client, b64u(other)))]},
    )
    assert count(session, DestroyedReport) == 1
    unknown = b64u(secrets.token_bytes(32))
    answers = [client.post("/follow-up", json={"token": one}) for one in (unknown, b64u(other))]
    answers.append(client.post("/follow-up/message", json={"token": unknown, **message_for(ids[0])}))
    answers.append(
        client.post("/follow-up/message", json={"token": token, **message_for(b64u(secrets.token_bytes(16)))})
    )
    answers.append(
        client.post("/follow-up/withdrawal", json={"token": unknown, "when": "72h", "messages": [message_for(ids[0])]})
    )
    answers.append(client.post("/follow-up/organisation", json=addition_for(make.organisation("late"), unknown)))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1


def _only_referral_of(client, token):
    (one,) = client.post("/follow-up", json={"token": token}).json["referrals"]
    return one["referral_id"]


def test_a_message_is_received_once(client, session, report):
    token, ids = report
    asked = {"token": token, **message_for(ids[0])}
    first, again = (client.post("/follow-up/message", json=asked) for _ in range(2))
    assert (first.status_code, again.status_code, first.json) == (201, 201, again.json)
    assert set(first.json) == {"message_id", "received_on"}
    other = client.post("/follow-up/message", json=asked | {"sealed": b64u(bytes(MESSAGE))})
    assert (other.status_code, other.json["code"]) == (409, "message_exists")
    assert count(session, Message) == 1


def test_a_withdrawal_in_time_and_at_once(client, session, report):
    token, ids = report
    later = {"token": token, "when": "72h", "messages": [message_for(one) for one in ids]}
    first, again = (client.post("/follow-up/withdrawal", json=later) for _ in range(2))
    assert (first.status_code, first.json) == (200, again.json)
    assert first.json["state"] == "withdrawn"
    assert first.json["destroy_on"] == client.post("/follow-up", json={"token": token}).json["report"]["destroy_on"]
    late = client.post("/follow-up/message", json={"token": token, **message_for(ids[0])})
    assert (late.status_code, late.json["code"]) == (409, "withdrawn")
    now = client.post("/follow-up/withdrawal", json=later | {"when": "now"})
    assert now.json == {"state": "destroyed", "destroy_on": None}
    assert (count(session, Report), count(session, Message), count(session, DestroyedReport)) == (0, 0, 1)


def test_an_organisation_is_added_once_and_no_letter_twice(client, session, make, report):
    token, _ids = report
    asked = addition_for(make.organisation("late", "commission"), token)
    first, again = (client.post("/follow-up/organisation", json=asked) for _ in range(2))
    assert (first.status_code, again.status_code, first.json) == (201, 201, again.json)
    assert set(first.json) == {"referral_id", "received_on"}
    found = client.post("/follow-up", json={"token": token}).json
    assert found["report"]["own"] == asked["own"]
    assert first.json["referral_id"] in {one["referral_id"] for one in found["referrals"]}
    second = client.post(
        "/follow-up/organisation",
        json=asked | {"envelope": {**asked["envelope"], "leaf": b64u(bytes(32)), "sealed": b64u(bytes(5232))}},
    )
    assert (second.status_code, second.json["code"]) == (409, "not_added")
    retired = client.post(
        "/follow-up/organisation",
        json=asked | {"envelope": {**asked["envelope"], "organisation": "none", "sealed": b64u(bytes(5232))}},
    )
    assert (retired.status_code, retired.json["code"]) == (409, "key_retired")
    assert count(session, Referral) == 3


@on_one
def test_what_was_destroyed_is_on_no_page_of_the_database(client, session, report, tmp_path):
    token, ids = report
    sealed = {one: session.scalar(select(Referral.sealed).where(Referral.sealed.is_not(None))) for one in ids}
    session.rollback()
    session.close()

    def found():
        pieces = [one[:64] for one in sealed.values()]
        return any(piece in path.read_bytes() for path in tmp_path.glob("onestop.db*") for piece in pieces)

    assert found()
    now = {"token": token, "when": "now", "messages": [message_for(one) for one in ids]}
    assert client.post("/follow-up/withdrawal", json=now).status_code == 200
    assert not found()


@on_one
@pytest.mark.parametrize(
    "path", ["/follow-up", "/follow-up/message", "/follow-up/withdrawal", "/follow-up/organisation"]
)
def test_whatever_is_wrong_with_a_body_is_a_400_and_changes_nothing(client, session, make, report, path):
    token, ids = report
    good = {
        "/follow-up": {"token": token},
        "/follow-up/message": {"token": token, **message_for(ids[0])},
        "/follow-up/withdrawal": {"token": token, "when": "72h", "messages": [message_for(ids[0])]},
        "/follow-up/organisation": addition_for(make.organisation("late"), token),
    }[path]
    for name, body, where in wrong_bodies(good):
        answer = client.post(path, data=body, content_type="application/json")
        if len(body) > 16 * 1024 and answer.status_code == 413:
            continue
        assert (answer.status_code, answer.json["code"]) == (400, "format_error"), name
        assert where is None or answer.json["field"] == where, (name, answer.json["field"])
    assert (count(session, Message), count(session, Referral)) == (0, 2)
    assert set(session.scalars(select(Referral.state))) == {"received"}


@on_one
@pytest.mark.parametrize(
    "path", ["/follow-up", "/follow-up/message", "/follow-up/withdrawal", "/follow-up/organisation"]
)
def test_multipart_is_refused_unread(client, path):
    answer = client.post(path, data={"token": "x"}, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported_type")


@on_one
def test_one_withdrawal_names_a_referral_once(client, report):
    token, ids = report
    twice = {"token": token, "when": "now", "messages": [message_for(ids[0]), message_for(ids[0])]}
    assert client.post("/follow-up/withdrawal", json=twice).json["field"] == "messages"
