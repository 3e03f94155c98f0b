"""Passing on and evidence over HTTP: strict bodies, the same answer the second time, and pages that name who rests."""

import secrets

import pytest
from sqlalchemy import select, update

from app.domain.wire import b64u_encode as b64u
from app.models import Organisation, Referral, StaffSession
from tests.databases import on_one
from tests.making import LETTER, MESSAGE
from tests.routes.bad_bodies import wrong_bodies
from tests.staff_browser import StaffBrowser


@pytest.fixture
def centre(make):
    return make.organisation()


@pytest.fixture
def police(make):
    return make.organisation("police", "police")


@pytest.fixture
def path(make, session, centre):
    make.report(centre)
    referral_id = session.scalar(select(Referral.referral_id))
    session.rollback()
    return f"/referral/{b64u(referral_id)}"


@pytest.fixture
def enter(app, session):
    def as_somebody_of(made):
        browser = StaffBrowser(app)
        assert browser.sign_in(made.people["caseworker"]).status_code == 200
        return browser

    return as_somebody_of


def text_of(length):
    return b64u(secrets.token_bytes(length))


def message():
    return {"message_id": text_of(16), "sealed": text_of(MESSAGE)}


def passing_on(made, **changes):
    letter = {"referral_id": text_of(16), "organisation": made.slug, "kid": b64u(made.kid), "sealed": text_of(LETTER)}
    return letter | {"leaf": text_of(32), "urgent": False, "message": message()} | changes


def test_from_one_organisation_to_the_other_and_back(enter, centre, police, path):
    worker, body = enter(centre), passing_on(police)
    first = worker.post(f"{path}/onward", body)
    assert (first.status_code, first.json["referral_id"]) == (201, body["referral_id"])
    assert worker.post(f"{path}/onward", body).json == first.json
    again = worker.post(f"{path}/onward", passing_on(police))
    assert (again.status_code, again.json["code"]) == (409, "already_passed_on")
    retired = worker.post(f"{path}/onward", passing_on(police, kid=text_of(16)))
    assert (retired.status_code, retired.json["code"]) == (409, "already_passed_on")
    officer, received = enter(police), f"/referral/{body['referral_id']}"
    assert body["referral_id"][:6].encode() in officer.get("/onward").data
    opened = officer.post(f"{received}/opening", {}).json
    assert (opened["referrer"], opened["onward"], opened["sealed"]) == ("centre", "offered", body["sealed"])
    early = officer.post(f"{received}/state", {"version": 1, "state": "closed", "message": None, "record": None})
    assert (early.status_code, early.json["code"]) == (409, "transition_refused")
    answer = {"version": 1, "answer": "refused", "sealed": text_of(MESSAGE), "message": message()}
    assert officer.post(f"{received}/onward/answer", answer).json["state"] == "closed"
    assert worker.post(f"{received}/onward/answer", answer).status_code == 404
    (standing,) = worker.post(f"{path}/opening", {}).json["passed_on"]
    assert (standing["organisation"], standing["state"], standing["answer"]) == ("police", "refused", answer["sealed"])


@on_one
def test_bodies_that_are_wrong_are_named(enter, centre, police, path):
    worker = enter(centre)
    right = {
        f"{path}/onward": passing_on(police),
        f"{path}/onward/answer": {"version": 1, "answer": "accepted", "sealed": text_of(MESSAGE), "message": message()},
        f"{path}/evidence": {"reason": "court"},
    }
    wrong = []
    for address, good in right.items():
        for name, body, field in wrong_bodies(good):
            if name in {"organisation 'x'", "sealed None"}:
                continue  # a slug like any other; and where the letter holds no key to answer with
            told = worker.post(address, body)
            named = field is None or name == "deep nesting" or (told.json or {}).get("field") == field
            if told.status_code not in {400, 413} or not named:
                wrong.append((address, name, told.status_code, told.json))
    assert wrong == []


@on_one
def test_who_takes_no_letters_is_named_to_the_page(enter, session, centre, police, path):
    session.scalars(select(Organisation).where(Organisation.slug == "police")).one().standing = "paused"
    session.commit()
    worker = enter(centre)
    assert b"data-resting='[&#34;police&#34;]'" in worker.get(f"{path}/onward").data.replace(b'"', b"&#34;")
    told = worker.post(f"{path}/onward", passing_on(police))
    assert (told.status_code, told.json["code"]) == (409, "not_receiving")


@on_one
def test_evidence_asks_who_is_there(enter, session, centre, path):
    worker = enter(centre)
    facts = worker.post(f"{path}/evidence", {"reason": "police"})
    assert facts.status_code == 200
    assert [(act["role"], act["action"], act["detail"]) for act in facts.json["actions"]] == [
        ("caseworker", "evidence_made", "police")
    ]
    session.execute(update(StaffSession).values(confirmed_at=None))
    session.commit()
    refused = worker.post(f"{path}/evidence", {"reason": "police"})
    assert (refused.status_code, refused.json["code"]) == (403, "confirm_first")
