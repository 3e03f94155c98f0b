"""Work records: kept once, replaced in turn, sealed to one's own organisation's key."""

from datetime import timedelta

import pytest

from app.domain import casework
from app.errors import FormatError, MessageExists, VersionConflict
from app.services import summary, work_record
from tests.making import NOW, SUMMARY, logged, record_of

LATER = NOW + timedelta(hours=1)


def test_records_are_kept_once_and_replaced_in_turn(session, centre, worker, lead, referral_id):
    first = record_of(centre)
    work_record.save(session, worker, referral_id, first, NOW)
    work_record.save(session, worker, referral_id, first, NOW)
    second = record_of(centre, record_id=first.record_id, version=2)
    work_record.save(session, lead, referral_id, second, LATER)
    (kept,) = work_record.of_referral(session, referral_id)
    assert (kept.version, kept.sealed, kept.by, kept.at) == (2, second.sealed, lead.login, LATER)
    assert logged(session) == [("record_saved", "note")] * 2
    with pytest.raises(VersionConflict):
        work_record.save(session, worker, referral_id, record_of(centre, record_id=first.record_id, version=2), NOW)
    session.rollback()
    with pytest.raises(MessageExists):
        work_record.save(
            session, worker, referral_id, record_of(centre, record_id=first.record_id, type="request", version=3), NOW
        )


def test_what_is_sealed_to_anothers_key_is_refused(session, make, centre, worker, referral_id):
    police = make.organisation("police", "police")
    for kid in (police.kid, bytes(16)):
        with pytest.raises(FormatError):
            summary.save(session, worker, referral_id, casework.Summary(1, kid, bytes(SUMMARY), ()), NOW)
        session.rollback()
        with pytest.raises(FormatError):
            work_record.save(session, worker, referral_id, record_of(centre, epoch_kid=kid), NOW)
        session.rollback()
