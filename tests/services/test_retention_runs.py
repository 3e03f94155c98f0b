"""What destroys letters in time may be interrupted, begun again and run twice at once: it ends the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import session_for
from app.domain.retention import QUIET
from app.models import DestroyedReport, Report
from app.services import purge
from tests.making import NOW

DAY = timedelta(days=1)
QUIET_DAYS = timedelta(days=QUIET.usual)


def purged(session, now):
    return purge.purge(session, now, clock_is_right=True)


def count(session, model):
    found = session.scalar(select(func.count()).select_from(model))
    session.rollback()
    return found


@pytest.fixture
def many(session, make, centre, monkeypatch):
    """More than one transaction destroys: seven due letters, three at a time, found five at a time; one is not due."""
    monkeypatch.setattr(purge, "DESTROYED_AT_ONCE", 3)
    monkeypatch.setattr(purge, "FOUND_AT_ONCE", 5)
    for _ in range(7):
        make.report(centre)
    make.report(centre, now=NOW + DAY)
    return NOW + QUIET_DAYS + DAY


def test_all_that_is_due_goes_a_few_at_a_time(session, many):
    assert purged(session, many).referrals == 7
    assert count(session, Report) == 1


def test_a_run_that_dies_half_way_and_is_begun_again_ends_the_same(session, many, monkeypatch):
    whole, left = purge._destroy, [2]

    def dies(*asked):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return whole(*asked)

    monkeypatch.setattr(purge, "_destroy", dies)
    with pytest.raises(KeyboardInterrupt):
        purged(session, many)
    session.rollback()
    assert count(session, Report) == 3  # two transactions of three or two each were whole
    monkeypatch.setattr(purge, "_destroy", whole)
    assert purged(session, many).reports == 2
    assert (count(session, Report), count(session, DestroyedReport)) == (1, 7)
    assert purged(session, many).referrals == 0


def test_two_runs_at_once_destroy_once(engine, session, many):
    def run(_number):
        with session_for(engine) as own:
            return purged(own, many).reports

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(run, range(2))) == 7
    assert (count(session, Report), count(session, DestroyedReport)) == (1, 7)
