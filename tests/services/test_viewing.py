"""Who looks at a referral: told among colleagues for a minute, and then forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.errors import NotAllowed, NotFound
from app.models import Viewing
from app.services import purge, viewing
from tests.making import NOW

MINUTE = timedelta(seconds=60)


def test_each_learns_who_else_is_there(session, worker, lead, referral_id):
    assert viewing.look(session, worker, referral_id, NOW) == ()
    assert viewing.look(session, lead, referral_id, NOW) == ("centre-caseworker",)
    assert viewing.look(session, worker, referral_id, NOW + MINUTE) == ("centre-lead",)
    (one,) = viewing.of_others(session, worker, NOW + MINUTE)
    assert (one.referral_id, one.login) == (referral_id, "centre-lead")


def test_after_a_minute_nobody_is_there_and_nothing_is_kept(session, worker, lead, referral_id):
    viewing.look(session, lead, referral_id, NOW)
    later = NOW + MINUTE + timedelta(seconds=1)
    assert viewing.of_others(session, worker, later) == ()
    session.rollback()
    assert viewing.look(session, worker, referral_id, later) == ()
    assert len(session.scalars(select(Viewing.caseworker_id)).all()) == 1
    session.rollback()
    purge.purge(session, later + 2 * MINUTE, clock_is_right=True)
    assert session.scalars(select(Viewing.caseworker_id)).all() == []


def test_nobody_of_another_organisation_looks_or_sees(session, make, centre, worker, referral_id):
    other = make.organisation("other")
    viewing.look(session, worker, referral_id, NOW)
    stranger = make.signed_in(other)
    with pytest.raises(NotFound):
        viewing.look(session, stranger, referral_id, NOW)
    session.rollback()
    assert viewing.of_others(session, stranger, NOW) == ()


def test_viewers_open_nothing_and_so_are_never_there(session, make, centre, referral_id):
    viewer = make.signed_in(centre, "viewer")
    with pytest.raises(NotAllowed):
        viewing.look(session, viewer, referral_id, NOW)
    with pytest.raises(NotAllowed):
        viewing.of_others(session, viewer, NOW)
