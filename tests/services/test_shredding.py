"""What is sealed lies under shred keys: which ones, how it is read, and that it goes with them."""

import secrets
import time
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from app.db import engine_for, session_for
from app.domain import casework
from app.domain.coming_back import FollowUpMessage
from app.errors import NotFound, Withdrawn
from app.models import Message, PassedOn, Referral, Report, ShredStanding, Summary, WorkRecord
from app.services import (
    draft,
    first_opening,
    follow_up,
    link_work,
    message,
    opening,
    purge,
    queue,
    queue_listing,
    resealing,
    shred_store,
    summary,
    work_record,
)
from app.services.queue_order import QueueFilters
from app.services.shred_store import BATCH, Doomed, store_of
from tests.making import MESSAGE, NOW, record_of, staff_message
from tests.services.shredded import UNDER, Shredded


@pytest.fixture
def whole(session, make):
    return Shredded(session, make)


def lose(session, *shred_ids):
    """Keys go behind everybody's back: as when a destruction stops between the keys and the rows."""
    store_of(session).destroy([Doomed(one, "", b"") for one in shred_ids])


def keys_of(session, model, *where):
    found = session.scalars(select(model.shred_id).where(*where)).all()
    session.rollback()
    return found


def test_nothing_that_came_lies_in_the_database_as_it_came(session, whole):
    stored = b"".join(whole.stored())
    assert len(whole.stored()) >= 10
    assert [name for name, sent in whole.sent.items() if sent in stored] == []
    for model, name in UNDER:
        rows = session.scalars(select(model.shred_id).where(getattr(model, name).is_not(None))).all()
        assert rows, model
        assert None not in rows, model


def test_each_letter_has_a_key_and_what_is_beside_it_the_same(session, whole):
    (of_report,), letters = keys_of(session, Report), keys_of(session, Referral)
    assert len({of_report, *letters}) == 3
    (mine,) = keys_of(session, Referral, Referral.referral_id == whole.referral_id)
    (theirs,) = keys_of(session, Referral, Referral.referral_id == whole.onward_id)
    models = (Message, Summary, WorkRecord)
    beside = [keys_of(session, model, model.referral_id == whole.referral_id) for model in models]
    assert {one for some in beside for one in some} == {mine}
    assert keys_of(session, PassedOn) == [theirs]


def test_everything_is_read_as_it_came(session, whole):
    mine = opening.open_referral(session, whole.worker, whole.referral_id, NOW)
    theirs = opening.open_referral(session, whole.officer, whole.onward_id, NOW)
    assert (mine.summary.sealed, mine.records[0].sealed) == (whole.sent["summary"], whole.sent["record"])
    assert (mine.messages[0].sealed, mine.passed_on[0].answer) == (whole.sent["message"], whole.sent["answer"])
    assert theirs.sealed == whole.sent["onward"]
    assert follow_up.open_report(session, whole.token).report.own == whole.sent["own"]
    session.rollback()
    assert draft.find(session, whole.draft.token, NOW).sealed == whole.sent["draft"]
    session.rollback()
    (row,) = queue_listing.summaries(session, whole.worker, [whole.referral_id])
    assert row.sealed == whole.sent["summary"]
    session.rollback()
    (handed,) = link_work.hand_out(session, whole.worker, [whole.referral_id], NOW)
    assert handed.sealed == mine.sealed


@pytest.mark.parametrize("when", ["withdrawn", "one letter of two", "draft"])
def test_the_keys_go_with_what_is_destroyed_and_no_others(session, make, whole, when):
    other, _report_id = make.report(whole.centre)
    before = whole.keys()
    if when == "withdrawn":
        whole.withdraw()
        gone = 3  # the report's own, the letter's and that of the letter that came out of it
    elif when == "draft":
        draft.destroy(session, whole.draft.token, NOW)
        gone = 1
    else:
        session.execute(update(Referral).where(Referral.referral_id == whole.onward_id).values(referred_by=None))
        session.commit()
        whole.withdraw()
        gone = 1
    left = store_of(session).find(before)
    assert len(before) - len(left) == gone
    assert left == whole.keys(), "and what is left is what rows lie under"
    assert follow_up.open_report(session, other).report.state == "received"


def test_drafts_that_are_past_their_day_and_withdrawn_reports_lose_their_keys_to_the_purge(session, whole):
    whole.withdraw("72h")
    before = whole.keys()
    assert purge.purge(session, NOW + timedelta(days=5), clock_is_right=True).referrals == 2
    assert (len(before), store_of(session).find(before)) == (4, {})


def test_a_draft_that_is_saved_again_keeps_its_one_key(session, whole):
    before = whole.keys()
    draft.keep(session, whole.draft, NOW)
    assert whole.keys() == before


def test_what_is_undone_destroys_no_key(session, whole, monkeypatch):
    before = whole.keys()
    with session_for(session.get_bind()) as other:
        monkeypatch.setattr(other, "commit", other.rollback)
        monkeypatch.setattr(whole, "session", other)
        whole.withdraw()
        monkeypatch.undo()
        other.commit()
    assert store_of(session).find(before) == before


def test_a_letter_whose_key_is_gone_is_as_one_that_is_destroyed(session, whole):
    lose(session, *keys_of(session, Referral, Referral.referral_id == whole.referral_id))
    for attempt in (
        lambda: opening.open_referral(session, whole.worker, whole.referral_id, NOW),
        lambda: message.send(session, whole.worker, whole.referral_id, staff_message(), NOW),
        lambda: work_record.save(session, whole.worker, whole.referral_id, record_of(whole.centre), NOW),
        lambda: summary.save(
            session, whole.worker, whole.referral_id, casework.Summary(2, whole.centre.kid, whole.summary, ()), NOW
        ),
    ):
        with pytest.raises(Withdrawn):
            attempt()
        session.rollback()
    said = FollowUpMessage(whole.token, whole.referral_id, secrets.token_bytes(16), secrets.token_bytes(MESSAGE))
    with pytest.raises(Withdrawn):
        follow_up.send_message(session, said, NOW)
    session.rollback()
    found = {one.organisation: one for one in follow_up.open_report(session, whole.token).referrals}
    assert (found["centre"].state, found["centre"].messages, found["police"].state) == ("destroyed", (), "assigned")
    session.rollback()
    assert first_opening.hand_out(session, whole.worker, (whole.referral_id,), NOW) == ()
    assert link_work.hand_out(session, whole.worker, [whole.referral_id], NOW) == ()
    assert queue_listing.summaries(session, whole.worker, [whole.referral_id]) == ()
    session.rollback()
    (row,) = queue.page(session, whole.worker, QueueFilters(), "", NOW).rows
    assert row.summary is None


def test_a_report_or_draft_whose_key_is_gone_is_as_one_that_never_was(session, whole):
    lose(session, *keys_of(session, Report), store_id_of_draft(session))
    with pytest.raises(NotFound):
        follow_up.open_report(session, whole.token)
    session.rollback()
    with pytest.raises(NotFound):
        draft.find(session, whole.draft.token, NOW)
    session.rollback()
    draft.keep(session, whole.draft, NOW)  # begins with another key
    assert draft.find(session, whole.draft.token, NOW).sealed == whole.sent["draft"]


def store_id_of_draft(session):
    (shred_id,) = session.execute(text("SELECT shred_id FROM draft")).scalars()
    session.rollback()
    return bytes(shred_id)


def test_bytes_that_lie_under_no_key_are_given_as_they_lie(session, whole):
    """A worker of the release before replaced what a new one had written: the seal is its own, whatever lies around."""
    session.execute(update(Summary).values(sealed=whole.sent["summary"]))
    session.commit()
    assert opening.open_referral(session, whole.worker, whole.referral_id, NOW).summary.sealed == whole.sent["summary"]


def test_resealing_moves_what_lies_under_the_key(session, make, whole):
    lead = make.signed_in(whole.centre, "lead", NOW)
    (handed,) = resealing.hand_out(session, lead, (whole.referral_id,), NOW)
    assert (handed.summary.sealed, handed.records[0].sealed) == (whole.sent["summary"], whole.sent["record"])


def test_a_batch_of_keys_is_one_commit_of_the_store_and_one_note_in_the_database(session, make, whole, monkeypatch):
    monkeypatch.setattr(shred_store, "BATCH", 64)
    store, generation = store_of(session), session.scalar(select(ShredStanding.generation))
    session.rollback()
    assert (store.state().generation, store.noted) == (generation, generation) == (1, 1)
    store.take(BATCH - 10)
    for _report in range(10):
        make.report(whole.centre)
    assert store.state().generation == 2
    noted = session.execute(select(ShredStanding.store_id, ShredStanding.generation)).one()
    assert noted == (store.state().store_id, 2)


def test_two_processes_never_have_the_same_key(engine, database_url):
    other = engine_for(database_url)
    ids = [key.key_id for database in (engine, other) for _time in range(3) for key in store_of(database).take(100)]
    other.dispose()
    assert len(set(ids)) == len(ids) == 600
    assert len(store_of(engine).find(ids)) == 600


def test_a_process_that_was_forked_or_slept_uses_no_key_from_before(engine, monkeypatch):
    store = store_of(engine)
    first, second = store.take(1), store.take(1)
    assert store.state().generation == 1
    monkeypatch.setattr("app.services.shred_store.os.getpid", lambda: -1)
    third = store.take(1)
    assert store.state().generation == 2
    now = time.clock_gettime(time.CLOCK_BOOTTIME)
    monkeypatch.setattr("app.services.shred_store._now", lambda: now + 25 * 60 * 60)
    fourth = store.take(1)
    assert store.state().generation == 3
    assert len({one.key_id for one in (*first, *second, *third, *fourth)}) == 4


def test_keys_are_in_no_repr(engine):
    (key,) = store_of(engine).take(1)
    assert repr(key.key) not in repr(key)
    assert key.key.hex() not in repr(key)
