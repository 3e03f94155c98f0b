"""Records of an organisation are found along their index, however many there are, and whoever else keeps some."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import insert

from app.domain.deadline import day_of
from app.models import WorkRecord
from app.services import organisation_record, record_resealing
from tests.making import NOW, RECORD
from tests.making_many import analyse
from tests.services.query_plans import watching

STATES = ("drafted", "sent", "acknowledged", "removed", "refused", "no_reply", "closed")
TODAY = day_of(NOW)


@pytest.fixture
def many(engine, session, make, centre):
    """Four thousand requests of two organisations, most of them closed, and a few rooms."""
    other = make.organisation("other")
    session.commit()
    rows = [
        {
            "record_id": number.to_bytes(16),
            "organisation_id": made.organisation_id,
            "type": "request",
            "epoch_kid": made.kid,
            "version": 1,
            "state": "closed" if number % 10 else STATES[number // 10 % len(STATES)],
            "due_on": None if number % 3 else TODAY + timedelta(days=number % 50 - 3),
            "saved_by": made.people["caseworker"].caseworker_id,
            "saved_at": NOW,
            "sealed": bytes(RECORD),
        }
        for number, made in zip(range(4000), itertools.cycle([centre, other]), strict=False)
    ]
    with engine.begin() as connection:
        connection.execute(insert(WorkRecord.__table__), rows)
    analyse(engine)


@pytest.mark.usefixtures("many")
def test_pages_of_records_and_what_is_due(engine, session, worker, monkeypatch):
    monkeypatch.setattr(organisation_record, "PAGE", 20)

    def look():
        for state in ("", "sent", "closed"):
            first = organisation_record.listed(session, worker, "request", state, "")
            assert len(first.records) == 20
            assert organisation_record.listed(session, worker, "request", state, first.next).records
        assert organisation_record.due(session, worker, TODAY)
        assert organisation_record.listed(session, worker, "room", "", "").records == ()

    with watching(engine) as watched:
        look()
    assert watched.statements
    assert watched.complaints == []


@pytest.mark.usefixtures("many")
def test_pages_run_through_all_of_them_once(session, worker, monkeypatch):
    monkeypatch.setattr(organisation_record, "PAGE", 300)
    found, after = [], ""
    while after is not None:
        page = organisation_record.listed(session, worker, "request", "", after)
        found += [one.record_id for one in page.records]
        after = page.next
    assert len(found) == len(set(found)) == 2000


@pytest.mark.usefixtures("many")
def test_nothing_is_left_to_seal_anew_while_the_keys_are_those_in_force(session, lead):
    assert record_resealing.left(session, lead).total == 0
