"""Sealing letters to newer keys: one letter at a time with all that is beside it, and nothing lost on the way."""

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.casework import Summary as AskedSummary
from app.domain.resealing import Record, Resealing
from app.errors import FormatError, KeyRetired, NotAllowed, NotConfirmed, NotFound, VersionConflict, Withdrawn
from app.models import Referral, Summary, WorkRecord
from app.services import follow_up, message, resealing, rotation, shredding, summary, work_record
from app.services.resealing import PAGE
from tests.making import LETTER, NOW, RECORD, SUMMARY, logged, record_of, staff_message, with_items


@pytest.fixture
def lead(make, centre):
    return replace(make.signed_in(centre, "lead"), confirmed_at=NOW)


@pytest.fixture
def moved(session, make, centre, worker, referral_id):
    """A letter with a summary and a note, and newer keys: what has to move, and the answer that moves it."""
    with_items(session, worker, centre, referral_id)
    note = record_of(centre)
    work_record.save(session, worker, referral_id, note, NOW)
    held = session.get(Referral, referral_id)
    was = centre.kid
    return Resealing(
        from_kid=was,
        from_hash=held.sealed_hash,
        to_kid=make.epoch(centre),
        sealed=secrets.token_bytes(LETTER),
        summary_version=1,
        summary=secrets.token_bytes(SUMMARY),
        records=(Record(note.record_id, 1, secrets.token_bytes(RECORD)),),
    )


def state(session, referral_id):
    session.expire_all()
    held = session.get(Referral, referral_id)
    beside = session.get(Summary, referral_id)
    notes = session.scalars(select(WorkRecord)).all()
    return (
        (held.kid, shredding.letter(session, held), held.sealed_hash),
        beside and (beside.epoch_kid, beside.version, shredding.taken_out(session, beside)),
        [(one.epoch_kid, one.version, shredding.taken_out(session, one)) for one in notes],
    )


def test_a_letter_moves_whole_and_the_same_again_changes_nothing(session, centre, lead, referral_id, moved):
    before = session.get(Referral, referral_id)
    origin, version, state_before = before.origin_kid, before.version, before.state
    assert resealing.take_back(session, lead, referral_id, moved, NOW).kid == moved.to_kid
    whole = state(session, referral_id)
    assert whole == (
        (moved.to_kid, moved.sealed, hashlib.sha256(moved.sealed).digest()),
        (moved.to_kid, 2, moved.summary),
        [(moved.to_kid, 2, moved.records[0].sealed)],
    )
    held = session.get(Referral, referral_id)
    assert (held.origin_kid, held.version, held.state, held.size) == (origin, version, state_before, 1)
    entries = logged(session)
    assert entries[-1] == ("resealed", "")
    resealing.take_back(session, lead, referral_id, moved, NOW)
    assert (state(session, referral_id), logged(session)) == (whole, entries)


@pytest.mark.parametrize("change", ["hash", "kid", "summary", "record"])
def test_what_changed_since_it_was_handed_out_is_not_overwritten(
    session, centre, worker, lead, referral_id, moved, change
):
    if change == "summary":
        session.execute(update(Summary).values(version=2))
    if change == "record":
        session.execute(update(WorkRecord).values(version=2))
    asked = {
        "hash": replace(moved, from_hash=bytes(32)),
        "kid": replace(moved, from_kid=bytes(16)),
    }.get(change, moved)
    session.commit()
    before = state(session, referral_id)
    with pytest.raises(VersionConflict):
        resealing.take_back(session, lead, referral_id, asked, NOW)
    session.rollback()
    assert state(session, referral_id) == before


def test_what_does_not_belong_is_refused_and_nothing_moves(session, make, lead, referral_id, moved):
    before = state(session, referral_id)
    other = make.organisation("other")
    foreign = replace(moved, records=(Record(secrets.token_bytes(16), 1, bytes(RECORD)),))
    for asked, error in (
        (foreign, FormatError),
        (replace(moved, sealed=bytes(16384 + 1136)), FormatError),
        (replace(moved, to_kid=other.kid), KeyRetired),
        (replace(moved, to_kid=moved.from_kid, from_kid=moved.to_kid), KeyRetired),
    ):
        with pytest.raises(error):
            resealing.take_back(session, lead, referral_id, asked, NOW)
        session.rollback()
    with pytest.raises(NotFound):
        resealing.take_back(session, replace(lead, organisation_id=other.organisation_id), referral_id, moved, NOW)
    session.rollback()
    assert state(session, referral_id) == before


def test_only_a_lead_who_just_proved_to_be_there(session, worker, lead, referral_id, moved):
    late = replace(lead, confirmed_at=NOW - timedelta(minutes=10))
    for whose, error in ((worker, NotAllowed), (replace(lead, confirmed_at=None), NotConfirmed), (late, NotConfirmed)):
        with pytest.raises(error):
            resealing.take_back(session, whose, referral_id, moved, NOW)
        with pytest.raises(error):
            resealing.hand_out(session, whose, (referral_id,), NOW)
        session.rollback()
    with pytest.raises(NotAllowed):
        resealing.left(session, worker)


def test_handing_out_is_logged_and_reads_nothing(session, make, lead, referral_id, moved):
    stranger = make.organisation("other")
    make.report(stranger)
    foreign = session.scalar(select(Referral.referral_id).where(Referral.organisation_id == stranger.organisation_id))
    (handed,) = resealing.hand_out(session, lead, (referral_id, foreign, bytes(16)), NOW)
    assert (handed.referral_id, handed.kid, handed.sealed_hash) == (referral_id, moved.from_kid, moved.from_hash)
    assert hashlib.sha256(handed.sealed).digest() == moved.from_hash
    assert handed.summary.version == 1
    assert [one.type for one in handed.records] == ["note"]
    held = session.get(Referral, referral_id)
    assert held.opened_at is None
    assert logged(session)[-1] == ("resealing", "")


def test_a_summary_that_opened_under_no_key_goes_and_the_next_begins_anew(session, centre, worker, lead, moved):
    referral_id = session.scalar(select(Referral.referral_id))
    resealing.take_back(session, lead, referral_id, replace(moved, summary=None), NOW)
    assert session.get(Summary, referral_id) is None
    assert summary.save(session, worker, referral_id, AskedSummary(1, moved.to_kid, bytes(SUMMARY), ()), NOW)


def test_a_summary_made_of_the_letter_as_it_was_comes_too_late(session, worker, lead, referral_id, moved):
    resealing.take_back(session, lead, referral_id, moved, NOW)
    with pytest.raises(KeyRetired):
        summary.save(session, worker, referral_id, AskedSummary(3, moved.from_kid, bytes(SUMMARY), ()), NOW)


def test_the_list_empties_as_letters_move_and_a_late_note_brings_one_back(
    session, centre, worker, lead, referral_id, moved
):
    page = resealing.left(session, lead)
    assert (page.to_kid, page.total, page.next) == (moved.to_kid, 1, None)
    assert [(one.referral_id, one.kid) for one in page.referrals] == [(referral_id, moved.from_kid)]
    assert moved.from_kid in rotation.kids_in_use(session, centre.organisation_id)
    session.rollback()
    resealing.take_back(session, lead, referral_id, moved, NOW)
    assert resealing.left(session, lead).total == 0
    assert rotation.kids_in_use(session, centre.organisation_id) == {moved.to_kid}
    session.rollback()
    late = record_of(centre, epoch_kid=moved.from_kid)
    work_record.save(session, worker, referral_id, late, NOW)
    assert resealing.left(session, lead).total == 1
    session.rollback()
    held = session.get(Referral, referral_id)
    rest = Resealing(
        from_kid=moved.to_kid, from_hash=held.sealed_hash, to_kid=moved.to_kid, sealed=None, summary_version=2,
        summary=bytes(SUMMARY), records=(Record(late.record_id, 1, bytes(RECORD)),),
    )  # fmt: skip
    resealing.take_back(session, lead, referral_id, rest, NOW)
    assert resealing.left(session, lead).total == 0


def test_the_list_comes_in_pages(session, make, centre, lead):
    for _number in range(PAGE + 2):
        make.report(centre)
    make.epoch(centre)
    first = resealing.left(session, lead)
    second = resealing.left(session, lead, first.next)
    ids = [one.referral_id for one in first.referrals + second.referrals]
    assert (first.total, len(first.referrals), second.next) == (PAGE + 2, PAGE, None)
    assert ids == sorted(set(ids))
    assert len(ids) == PAGE + 2


def test_a_destroyed_letter_is_left_to_nobody(session, make, centre, lead):
    token, _report_id = make.report(centre)
    make.epoch(centre)
    referral_id = session.scalar(select(Referral.referral_id))
    asked = follow_up.open_report(session, token).referrals
    session.rollback()
    assert [one.referral_id for one in asked] == [referral_id]
    session.execute(update(Referral).values(state="destroyed", sealed=None, sealed_hash=None))
    session.commit()
    assert resealing.left(session, lead).total == 0
    session.rollback()
    assert resealing.hand_out(session, lead, (referral_id,), NOW) == ()
    gone = Resealing(bytes(16), bytes(32), centre.kid, bytes(LETTER), 0, None, ())
    with pytest.raises(Withdrawn):
        resealing.take_back(session, lead, referral_id, gone, NOW)


def test_messages_go_on_in_both_directions(session, make, centre, worker, lead):
    token, _report_id = make.report(centre)
    referral_id, was = session.execute(select(Referral.referral_id, Referral.sealed_hash)).one()
    session.rollback()
    from_kid, to_kid = centre.kid, make.epoch(centre)
    moved = Resealing(from_kid, was, to_kid, secrets.token_bytes(LETTER), 0, None, ())
    resealing.take_back(session, lead, referral_id, moved, NOW)
    message.send(session, worker, referral_id, staff_message(), NOW)
    (seen,) = follow_up.open_report(session, token).referrals
    assert (seen.kid, seen.origin_kid, len(seen.messages)) == (to_kid, from_kid, 1)
