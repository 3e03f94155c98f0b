"""Drafts: replaced by saving again, given back for three days, then gone; nobody learns which of it was the reason."""

import secrets
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.crypto.receipt import lookup_of
from app.domain.coming_back import KeptDraft
from app.errors import NotFound
from app.models import Draft
from app.services import draft, purge
from tests.making import NOW

UNTIL = date(2026, 11, 25)


def asked(**changes):
    kept = KeptDraft(secrets.token_bytes(16), secrets.token_bytes(32), secrets.token_bytes(4096 + 28))
    return replace(kept, **changes)


def number_of(session):
    return session.scalar(select(func.count()).select_from(Draft))


def test_what_was_kept_is_given_back_as_often_as_it_is_asked_for(session):
    one = asked()
    assert draft.keep(session, one, NOW) == draft.Kept(one.draft_id, UNTIL)
    for _time in range(2):
        assert draft.find(session, one.token, NOW) == draft.Found(one.draft_id, one.sealed, UNTIL)
        session.rollback()


def test_the_token_itself_is_not_stored(session):
    one = asked()
    draft.keep(session, one, NOW)
    row = session.scalars(select(Draft)).one()
    assert row.lookup == lookup_of(one.token)
    assert one.token not in (row.lookup, row.draft_id, row.sealed)


def test_saving_again_replaces_and_its_days_begin_anew(session):
    first = asked()
    second = asked(token=first.token)
    draft.keep(session, first, NOW)
    draft.keep(session, second, NOW + timedelta(days=2))
    later = date(2026, 11, 27)
    assert draft.find(session, first.token, NOW) == draft.Found(second.draft_id, second.sealed, later)
    assert number_of(session) == 1


def test_a_draft_id_that_another_has_too_takes_nothing_from_anybody(session):
    mine = asked()
    theirs = asked(draft_id=mine.draft_id)
    draft.keep(session, mine, NOW)
    draft.keep(session, theirs, NOW)
    assert draft.find(session, mine.token, NOW).sealed == mine.sealed
    draft.destroy(session, theirs.token, NOW)
    assert draft.find(session, mine.token, NOW).sealed == mine.sealed


def test_it_is_given_back_until_its_last_day_and_then_by_nobody_even_before_the_tick(session):
    one = asked()
    draft.keep(session, one, NOW)
    draft.find(session, one.token, NOW + timedelta(days=3))
    session.rollback()
    for gone in (draft.find, draft.destroy):
        with pytest.raises(NotFound):
            gone(session, one.token, NOW + timedelta(days=4))
        session.rollback()
    assert number_of(session) == 1


def test_destroyed_is_gone_and_a_second_time_is_as_unknown_as_any(session):
    one, other = asked(), asked()
    draft.keep(session, one, NOW)
    draft.keep(session, other, NOW)
    draft.destroy(session, one.token, NOW)
    with pytest.raises(NotFound):
        draft.destroy(session, one.token, NOW)
    assert draft.find(session, other.token, NOW).sealed == other.sealed
    assert number_of(session) == 1


def test_the_tick_deletes_what_is_past_its_day_and_nothing_else(session, make):
    make.portal()
    old, young = asked(), asked()
    draft.keep(session, old, NOW - timedelta(days=4))
    draft.keep(session, young, NOW - timedelta(days=3))
    assert purge.purge(session, NOW).drafts == 1
    assert draft.find(session, young.token, NOW).draft_id == young.draft_id


def test_a_clock_that_was_ahead_keeps_nothing_for_longer(session, make):
    make.portal()
    one = asked()
    draft.keep(session, one, NOW + timedelta(days=300))
    purge.purge(session, NOW)
    assert session.scalar(select(Draft.destroy_on)) == UNTIL
