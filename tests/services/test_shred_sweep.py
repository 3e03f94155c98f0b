"""Rows and keys that no longer agree: destructions that stopped half-way, left-over keys, and rows of before."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from app.db import engine_for, session_for
from app.errors import NotFound
from app.models import Draft, Message, PassedOn, Referral, Report, Summary, WorkRecord
from app.services import destruction, draft, follow_up, opening, shred_expand, shred_sweep
from app.services.shred_rows import PLACES, take_all_out
from app.services.shred_store import BATCH, store_of
from app.services.shred_sweep import Swept
from tests.making import NOW
from tests.services.shredded import Shredded, number_of_keys

DAY = timedelta(days=1)


@pytest.fixture
def whole(session, make):
    return Shredded(session, make)


class Killed(Exception):
    pass


def interrupted(whole):
    """The keys go, and the process dies before the rows do."""

    def die(*_arguments):
        raise Killed

    session = whole.session
    event.listen(session.get_bind(), "commit", die)
    with pytest.raises(Killed):
        whole.withdraw()
    event.remove(session.get_bind(), "commit", die)
    session.rollback()


def states(session):
    session.expire_all()
    found = session.scalars(select(Referral.state).order_by(Referral.state)).all()
    session.rollback()
    return found


def count(session, model):
    found = len(session.scalars(select(model)).all())
    session.rollback()
    return found


def test_a_destruction_that_stopped_between_keys_and_rows_is_finished(session, whole):
    before = whole.keys()
    interrupted(whole)
    assert set(states(session)) == {"assigned", "received"}, "the rows are still there"
    assert len(store_of(session).find(before)) == 1, "that of the draft"
    with pytest.raises(NotFound):
        follow_up.open_report(session, whole.token)
    session.rollback()
    assert shred_sweep.finish(session, NOW) == Swept(2, 1, 0)
    assert states(session) == ["destroyed", "destroyed"]
    assert (count(session, Report), count(session, Message), count(session, Summary), count(session, WorkRecord)) == (
        0, 0, 0, 0,
    )  # fmt: skip
    assert shred_sweep.finish(session, NOW) == Swept(0, 0, 0), "begun again, there is nothing left"


def test_a_draft_that_was_forgotten_half_way(session, whole):
    def die(*_arguments):
        raise Killed

    event.listen(session.get_bind(), "commit", die)
    with pytest.raises(Killed):
        draft.destroy(session, whole.draft.token, NOW)
    event.remove(session.get_bind(), "commit", die)
    session.rollback()
    assert count(session, Draft) == 1
    shred_sweep.finish(session, NOW)
    assert count(session, Draft) == 0


def test_what_was_finished_by_whoever_began_it_is_left_alone(session, whole):
    whole.withdraw()
    assert shred_sweep.finish(session, NOW) == Swept(0, 0, 0)
    store = store_of(session)
    with store.reading() as connection:
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {store.going}").scalar_one() == 0


def test_two_sweeps_at_once_come_to_the_same(session, database_url, whole):
    interrupted(whole)
    other = engine_for(database_url)
    destroy, called = destruction.destroy, []

    def meanwhile(of, ids, now):
        if not called:
            called.append(True)
            of.rollback()
            with session_for(other) as second:
                shred_sweep.finish(second, now)
        return destroy(of, ids, now)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(destruction, "destroy", meanwhile)
        shred_sweep.finish(session, NOW)
    other.dispose()
    assert (called, states(session), count(session, Report)) == ([True], ["destroyed", "destroyed"], 0)


def test_rows_whose_keys_are_gone_are_found_by_comparing(session, make, whole):
    """As after an older copy of the database was put in the place of the newest one: nothing notes what went."""
    token, _report_id = make.report(whole.centre)
    store = store_of(session)
    gone = {one for model in (Report, Referral) for one in session.scalars(
        select(model.shred_id).where(model.report_id == whole.report_id))}  # fmt: skip
    session.rollback()
    with store.writing() as connection:
        for one in gone:
            connection.exec_driver_sql(f"DELETE FROM {store.keys} WHERE key_id = {store.mark}", (one,))
    assert shred_sweep.compare(session, NOW) == Swept(2, 1, 0)
    assert sorted(states(session)) == ["destroyed", "destroyed", "received"]
    assert follow_up.open_report(session, token).report.state == "received"


def test_keys_that_nothing_lies_under_go_after_days_and_those_in_use_stay(session, make, whole):
    used = whole.keys()
    assert number_of_keys(session) == BATCH
    for day in range(4):
        assert shred_sweep.compare(session, NOW + day * DAY).keys == 0, "whoever took them may still use them"
    make.report(whole.centre)
    assert shred_sweep.compare(session, NOW + 5 * DAY).keys == BATCH - len(used) - 2
    assert store_of(session).find(used) == used
    assert shred_sweep.compare(session, NOW + 20 * DAY).keys == 0


def test_a_clock_that_was_wrong_lets_no_key_go(session, whole):
    """Ahead by a year when the keys were first seen; or behind, and then believed by word of somebody."""
    shred_sweep.compare(session, NOW - 400 * DAY)
    shred_sweep.begin_anew(session)
    assert shred_sweep.compare(session, NOW).keys == 0
    assert shred_sweep.compare(session, NOW + DAY).keys == 0
    assert number_of_keys(session) == BATCH


def test_once_a_day(session, whole):
    shred_sweep.compare_once_a_day(session, NOW)
    generation = store_of(session).state().generation
    shred_sweep.compare_once_a_day(session, NOW)
    assert store_of(session).state().generation == generation
    shred_sweep.compare_once_a_day(session, NOW + DAY)
    assert store_of(session).state().generation > generation


def as_before(session):
    """Everything as a release without shred keys left it."""
    with session.get_bind().begin() as connection:
        take_all_out(connection)
        for table in PLACES:
            connection.exec_driver_sql(f"UPDATE {table} SET shred_id = NULL")
    session.expire_all()


def test_what_came_before_there_were_keys_is_read_and_put_under_them_bit_by_bit(session, make, whole):
    as_before(session)
    stored = b"".join(whole.stored())
    assert all(sent in stored for sent in whole.sent.values())
    assert opening.open_referral(session, whole.worker, whole.referral_id, NOW).summary.sealed == whole.sent["summary"]
    assert [shred_expand.put_under(session, 1) for _time in range(4)] == [1, 1, 1, 0]
    stored = b"".join(whole.stored())
    assert {name for name, sent in whole.sent.items() if sent in stored} == {"draft"}, "which are gone after three days"
    mine = opening.open_referral(session, whole.worker, whole.referral_id, NOW)
    assert (mine.summary.sealed, mine.messages[0].sealed) == (whole.sent["summary"], whole.sent["message"])
    assert (mine.records[0].sealed, mine.passed_on[0].answer) == (whole.sent["record"], whole.sent["answer"])
    assert opening.open_referral(session, whole.officer, whole.onward_id, NOW).sealed == whole.sent["onward"]
    assert follow_up.open_report(session, whole.token).report.own == whole.sent["own"]
    session.rollback()
    whole.withdraw()
    assert states(session) == ["destroyed", "destroyed"]


def test_what_an_old_worker_wrote_beside_a_letter_comes_under_its_key(session, whole):
    session.execute(update(Message).values(shred_id=None, sealed=whole.sent["message"]))
    session.commit()
    assert shred_expand.put_under(session, 100) == 2
    assert shred_expand.put_under(session, 100) == 0
    (mine,) = session.scalars(select(Referral.shred_id).where(Referral.referral_id == whole.referral_id))
    found = session.scalars(select(Message.shred_id).where(Message.referral_id == whole.referral_id)).all()
    assert set(found) == {mine}
    assert count(session, PassedOn) == 1
