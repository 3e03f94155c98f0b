"""A hold, a word and the purge at once: nobody's letter is ever half kept, or destroyed after it was to be kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import session_for
from app.domain.retention import QUIET
from app.errors import VersionConflict, Withdrawn
from app.models import LegalHold, Referral
from app.services import follow_up, legal_hold, purge
from tests.making import NOW
from tests.services.holding import hold_of, state_of, word_of

LONG_AFTER = NOW + timedelta(days=QUIET.usual + 1)


@pytest.fixture
def reported(session, make, centre):
    """One report of one letter: its token, its id, the referral's."""
    token, report_id = make.report(centre)
    referral_id = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    session.rollback()
    return token, report_id, referral_id


def purged(session, now):
    return purge.purge(session, now, clock_is_right=True).referrals


def test_a_hold_set_while_the_purge_runs_holds_or_comes_too_late(engine, session, make, lead, centre):
    """Whoever is first has the row: never is a letter both kept and destroyed."""
    for _ in range(6):
        make.report(centre)
    ids = session.scalars(select(Referral.referral_id)).all()
    session.rollback()

    def keep(referral_id):
        with session_for(engine) as own:
            try:
                legal_hold.put(own, lead, referral_id, hold_of(centre), NOW)
            except (Withdrawn, VersionConflict):  # it was destroyed, which is a change too
                return False
            return True

    def destroy(_nothing):
        with session_for(engine) as own:
            return purged(own, LONG_AFTER)

    with ThreadPoolExecutor(4) as pool:
        running = pool.submit(destroy, None)
        holds = dict(zip(ids, pool.map(keep, ids), strict=True))
        gone = running.result()
    states = {one: state_of(session, one) for one in ids}
    assert {one for one, state in states.items() if state == "destroyed"} == {one for one in ids if not holds[one]}
    assert gone == sum(not held for held in holds.values())
    in_force = set(session.scalars(select(LegalHold.referral_id).where(LegalHold.state == "in_force")))
    assert in_force == {one for one in ids if holds[one]}


def test_a_hold_that_comes_between_finding_and_destroying_is_seen(session, lead, centre, reported, monkeypatch):
    whole = purge._destroy

    def hold_first(*asked):
        legal_hold.put(session, lead, reported[2], hold_of(centre), NOW)
        return whole(*asked)

    monkeypatch.setattr(purge, "_destroy", hold_first)
    assert purged(session, LONG_AFTER) == 0
    assert state_of(session, reported[2]) == "received"


def test_a_word_that_comes_between_finding_and_destroying_is_seen(session, reported, monkeypatch):
    whole = purge._destroy

    def write_first(*asked):
        follow_up.send_message(session, word_of(reported[0], reported[2]), LONG_AFTER)
        return whole(*asked)

    monkeypatch.setattr(purge, "_destroy", write_first)
    assert purged(session, LONG_AFTER) == 0
