"""POST /draft and what hangs under it: one answer for every token that gives nothing back."""

import secrets
import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.domain.wire import b64u_encode as b64u
from app.models import Draft
from tests.databases import on_one
from tests.routes.bad_bodies import wrong_bodies


def draft_of(token=None, bucket=4096):
    return {
        "draft_id": b64u(secrets.token_bytes(16)),
        "token": b64u(token or secrets.token_bytes(32)),
        "sealed": b64u(secrets.token_bytes(bucket + 28)),
    }


def opened(client, token):
    return client.post("/draft/open", json={"token": token})


def number_of(session):
    session.rollback()
    number = session.scalar(select(func.count()).select_from(Draft))
    session.rollback()  # a transaction left open would keep the portal from writing
    return number


@pytest.mark.parametrize("bucket", [4096, 262144])
def test_kept_given_back_and_destroyed(client, session, bucket):
    kept = draft_of(bucket=bucket)
    saved = client.post("/draft", json=kept)
    assert saved.status_code == 201
    assert set(saved.json) == {"draft_id", "kept_until"}
    found = opened(client, kept["token"])
    assert found.json == {
        "draft_id": kept["draft_id"], "sealed": kept["sealed"], "kept_until": saved.json["kept_until"],
    }  # fmt: skip
    gone = client.post("/draft/destroy", json={"token": kept["token"]})
    assert (gone.status_code, gone.json) == (200, {"state": "destroyed"})
    assert opened(client, kept["token"]).status_code == 404
    assert number_of(session) == 0


def test_unknown_expired_destroyed_and_a_reports_token_get_one_identical_answer(client, session, make):
    report_token, _report_id = make.report(make.organisation())
    expired, destroyed = draft_of(), draft_of()
    for one in (expired, destroyed):
        assert client.post("/draft", json=one).status_code == 201
    client.post("/draft/destroy", json={"token": destroyed["token"]})
    session.execute(update(Draft).values(destroy_on=Draft.destroy_on - timedelta(days=4)))
    session.commit()
    tokens = [draft_of()["token"], expired["token"], destroyed["token"], b64u(report_token)]
    answers = [
        client.post(address, json={"token": token}) for address in ("/draft/open", "/draft/destroy") for token in tokens
    ]
    answers.append(client.post("/follow-up", json={"token": tokens[0]}))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1


@on_one
def test_a_body_that_is_not_exactly_right_keeps_nothing(client, session):
    for name, body, field in wrong_bodies(draft_of()):
        answer = client.post("/draft", data=body, content_type="application/json")
        assert (answer.status_code, answer.json["code"]) == (400, "format_error"), name
        assert field is None or answer.json["field"] == field, name
    assert number_of(session) == 0


@on_one
def test_no_other_length_is_kept(client, session):
    for length in (0, 4096, 4096 + 27, 1024 + 28, 262144 + 1136):
        answer = client.post("/draft", json={**draft_of(), "sealed": b64u(bytes(length))})
        assert answer.status_code == 400, length
    assert client.post("/draft", data=b" " * 400_000, content_type="application/json").status_code == 413
    assert number_of(session) == 0


@on_one
def test_a_flood_of_drafts_keeps_no_report_out(app, client, monkeypatch):
    limits = app.extensions["onestop_limits"]
    monkeypatch.setitem(limits.all, "draft", limits.all["draft"][:0])
    monkeypatch.setitem(limits.each, "draft", limits.proved["draft"][:1])
    for _time in range(limits.each["draft"][0].amount):
        limits.spend("draft", "127.0.0.1")
    refused = client.post("/draft", json=draft_of())
    assert (refused.status_code, refused.json["code"]) == (429, "proof_required")
    assert client.post("/report", json={}).status_code == 400
    assert opened(client, draft_of()["token"]).status_code == 404


@on_one
def test_what_was_destroyed_is_on_no_page_of_the_database(client, tmp_path):
    kept = draft_of()
    client.post("/draft", json=kept)
    with sqlite3.connect(tmp_path / "onestop.db") as database:  # as it lies there, under its shred key
        piece = database.execute("SELECT sealed FROM draft").fetchone()[0][:64]
    database.close()

    def found():
        return any(piece in path.read_bytes() for path in tmp_path.glob("onestop.db*"))

    assert found()
    client.post("/draft/destroy", json={"token": kept["token"]})
    assert not found()
