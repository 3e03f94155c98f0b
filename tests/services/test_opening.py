"""Handing out a letter: whole, and logged each time."""

from datetime import timedelta

from sqlalchemy import select

from app.models import Referral
from app.services import opening, shredding
from tests.making import NOW

LATER = NOW + timedelta(hours=1)


def test_opening_hands_out_everything_and_is_logged_each_time(session, centre, worker, referral_id):
    first = opening.open_referral(session, worker, referral_id, NOW)
    kept = session.scalars(select(Referral)).one()
    assert (first.sealed, first.sealed_hash, first.leaf) == (
        shredding.letter(session, kept),
        kept.sealed_hash,
        kept.leaf,
    )
    assert (first.kid, first.report_id, first.state, first.version) == (centre.kid, kept.report_id, "received", 1)
    assert (first.assignee, first.items, first.messages, first.summary, first.records) == (None, (), (), None, ())
    second = opening.open_referral(session, worker, referral_id, LATER)
    assert [(entry.by, entry.action, entry.at) for entry in second.history] == [
        (worker.login, "opened", NOW),
        (worker.login, "opened", LATER),
    ]
    session.expire_all()
    assert kept.opened_at == NOW
    assert kept.version == 1


def test_opening_takes_the_reporters_words_as_seen(session, worker, referral_id):
    row = session.scalars(select(Referral)).one()
    row.unread_from_reporter = True
    session.commit()
    opening.open_referral(session, worker, referral_id, NOW)
    session.expire_all()
    assert row.unread_from_reporter is False
