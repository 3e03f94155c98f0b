"""How old keys are, when new ones are asked for, which may leave the ring, and how long older ones take letters."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.deadline import day_of
from app.domain.submission import parse_submission
from app.errors import FormatError, KeyRetired, NotAllowed
from app.models import Referral
from app.services import plain_report, rotation
from app.services.report import submit
from app.services.rotation import kids_in_use
from tests.making import NOW, body_of, logged

DAY = timedelta(days=1)


def test_the_age_is_counted_from_the_last_change(session, make, centre, lead):
    first = rotation.standing(session, lead, NOW)
    assert (first.since, first.changes, first.rotate_months, first.is_due) == (day_of(NOW), 0, 12, False)
    assert first.due_on == day_of(NOW) + timedelta(days=365)
    session.rollback()
    make.now = NOW + 40 * DAY
    make.epoch(centre)
    second = rotation.standing(session, lead, NOW + 400 * DAY)
    assert (second.since, second.changes, second.is_due) == (day_of(NOW + 40 * DAY), 1, False)
    session.rollback()
    assert rotation.standing(session, lead, NOW + 406 * DAY).is_due


def test_a_lead_says_when_to_be_asked_also_never(session, centre, worker, lead):
    rotation.set_schedule(session, lead, 0, NOW)
    standing = rotation.standing(session, lead, NOW + 4000 * DAY)
    assert (standing.rotate_months, standing.due_on, standing.is_due) == (0, None, False)
    session.rollback()
    assert logged(session)[-1] == ("organisation_changed", "rotate_months")
    for months in (-1, 1, 1000):
        with pytest.raises(FormatError):
            rotation.set_schedule(session, lead, months, NOW)
    for act in (rotation.standing, lambda *args: rotation.set_schedule(*args[:2], 3, NOW)):
        with pytest.raises(NotAllowed):
            act(session, worker, NOW)


def sent(session, centre, now, grace_days, **changes):
    body = body_of(centre, **changes)
    submit(session, parse_submission(body), body[:32], now, grace_days=grace_days)


@pytest.mark.parametrize(("grace_days", "taken_on", "refused_on"), [(3, 2, 3), (1, 0, 1), (0, None, 0)])
def test_older_keys_take_letters_for_some_days(session, make, centre, grace_days, taken_on, refused_on):
    older = replace(centre)
    make.epoch(centre)
    if taken_on is not None:
        sent(session, older, NOW + taken_on * DAY, grace_days)
        assert session.scalar(select(Referral.origin_kid)) == older.kid
    with pytest.raises(KeyRetired):
        sent(session, older, NOW + refused_on * DAY, grace_days)
    session.rollback()
    sent(session, centre, NOW + refused_on * DAY, grace_days)


def test_the_form_without_scripts_is_given_the_same_grace(session, make, centre):
    older = replace(centre)
    make.epoch(centre)
    plain_report.keep(session, parse_submission(body_of(older)), NOW, grace_days=3)
    with pytest.raises(KeyRetired):
        plain_report.keep(session, parse_submission(body_of(older)), NOW)


def test_keys_leave_the_ring_when_nothing_lies_under_them_and_nothing_can_come(session, make, centre, lead):
    empty = centre.kid
    make.epoch(centre)
    make.report(centre)
    used = centre.kid
    make.epoch(centre)
    assert kids_in_use(session, centre.organisation_id) == {used}
    session.rollback()
    for days, unused in ((3, ()), (4, (empty,))):
        assert rotation.unused(session, lead, NOW + days * DAY, grace_days=3) == unused
        session.rollback()
    with pytest.raises(NotAllowed):
        rotation.unused(session, make.signed_in(centre), NOW, grace_days=3)
