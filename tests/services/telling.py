"""Rotas, and what is due by them: for the tests of mails at once and of daily ones."""

from datetime import timedelta

from sqlalchemy import select

from app.domain.deadline import day_of
from app.domain.notice import Duty, digest_at
from app.models import Referral
from app.services import notice
from tests.making import NOW

SECRET = b"s" * 32
ALWAYS = Duty("always@centre.example", frozenset(), 0, 24)
# NOW is a Sunday at noon in Korea.
WEEKDAYS = Duty("weekdays@centre.example", frozenset(range(5)), 9, 18)
SUNDAYS = Duty("sundays@centre.example", frozenset({6}), 0, 24)


def due(session, now=NOW):
    return notice.due(session, SECRET, now)


def kinds(found):
    return [one.kind for one in found]


def send_all(session, now=NOW):
    found = due(session, now)
    for one in found:
        notice.note_sent(session, one, now)
    return kinds(found)


def referrals(session):
    found = session.scalars(select(Referral.referral_id)).all()
    session.rollback()
    return found


def look(centre, days=1):
    return digest_at(SECRET, centre.organisation_id, day_of(NOW) + timedelta(days=days))
