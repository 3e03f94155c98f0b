"""Several at once: handed on, moved, given another day, and brought back; each by itself, none of them opened."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.casework import Listed, StaffMessage
from app.domain.deadline import day_of
from app.domain.queue_asking import NewState, Undo
from app.errors import FormatError, NotAllowed
from app.models import AccessLog, BulkChange, Caseworker, Message, Referral
from app.services import bulk_change, claim, purge
from tests.making import MESSAGE, NOW, logged

SOON = NOW + timedelta(minutes=9)
LATE = NOW + timedelta(minutes=11)
TODAY = day_of(NOW)


@pytest.fixture
def ids(session, make, centre):
    for _ in range(3):
        make.report(centre)
    return sorted(session.scalars(select(Referral.referral_id)))


@pytest.fixture
def colleague(session, make, centre):
    person = make.person(centre, "colleague", "caseworker")
    session.commit()
    return person


def listed(*ids, version=1):
    return tuple(Listed(one, version, False) for one in ids)


def told(asked):
    """A message for each of these."""
    return {one.referral_id: StaffMessage(secrets.token_bytes(16), secrets.token_bytes(MESSAGE)) for one in asked}


def moved(asked, state):
    return NewState(tuple(asked), state, told(asked))


def back(*ids, version=2):
    asked = listed(*ids, version=version)
    return Undo(asked, told(asked))


def words(session, referral_id):
    session.rollback()
    return len(session.scalars(select(Message).where(Message.referral_id == referral_id)).all())


def of(session, referral_id):
    session.rollback()
    found = session.execute(
        select(Referral.state, Referral.due_on, Caseworker.login, Referral.version)
        .outerjoin(Caseworker, Caseworker.caseworker_id == Referral.assignee_id)
        .where(Referral.referral_id == referral_id)
    )
    return tuple(found.one())


def codes(outcome):
    return [one.code for one in outcome.refused]


def test_handed_to_a_colleague_and_brought_back(session, worker, ids, colleague):
    before = of(session, ids[0])
    outcome = bulk_change.assign(session, worker, listed(*ids), "colleague", NOW)
    assert [one.version for one in outcome.done] == [2, 2, 2]
    assert of(session, ids[0]) == ("assigned", before[1], "colleague", 2)
    undone = bulk_change.undo(session, worker, back(*ids, version=2), SOON)
    assert (len(undone.done), undone.refused) == (3, ())
    assert of(session, ids[0]) == (*before[:3], 3)
    assert [action for action, _detail in logged(session)] == ["assigned"] * 3 + ["change_undone"] * 3
    subjects = session.scalars(select(AccessLog.subject_id).where(AccessLog.action == "assigned"))
    assert set(subjects) == {colleague.caseworker_id}


def test_given_to_nobody_and_what_others_hold_only_by_a_lead(session, worker, lead, ids, colleague):
    bulk_change.assign(session, lead, listed(ids[0]), "colleague", NOW)
    claim.claim(session, worker, ids[1], 1, NOW)
    outcome = bulk_change.assign(session, worker, listed(*ids[:2], version=2), None, NOW)
    assert codes(outcome) == ["transition_refused"]
    assert of(session, ids[0])[2] == "colleague"
    assert of(session, ids[1])[0::2] == ("received", None)
    assert bulk_change.assign(session, lead, listed(ids[0], version=2), "centre-lead", NOW).refused == ()
    assert of(session, ids[0])[2] == "centre-lead"


@pytest.mark.parametrize("to", ["nobody", "centre-viewer", "other-caseworker", "gone"])
def test_only_to_somebody_who_works_here(session, make, centre, worker, ids, to):
    make.organisation("other")
    gone = make.person(centre, "gone", "caseworker")
    session.flush()
    session.get(Caseworker, gone.caseworker_id).left_at = NOW
    session.commit()
    with pytest.raises(FormatError):
        bulk_change.assign(session, worker, listed(*ids), to, NOW)
    session.rollback()
    assert bulk_change.colleagues(session, worker) == ("centre-caseworker", "centre-lead")


def test_moved_where_the_table_allows_it_and_no_further(session, worker, ids):
    claim.claim(session, worker, ids[0], 1, NOW)
    asked = (*listed(ids[0], version=2), *listed(ids[1]), *listed(ids[2], version=7), *listed(bytes(16)))
    outcome = bulk_change.set_state(session, worker, moved(asked, "in_support"), NOW)
    assert [one.referral_id for one in outcome.done] == [ids[0]]
    assert codes(outcome) == ["transition_refused", "version_conflict", "not_found"]
    for forbidden in ("withdrawn", "destroyed", "received", "assigned"):
        assert bulk_change.set_state(session, worker, moved(listed(ids[0], version=3), forbidden), NOW).done == ()
    bulk_change.undo(session, worker, back(ids[0], version=3), SOON)
    assert of(session, ids[0])[0::3] == ("assigned", 4)


def test_what_needs_a_reason_is_not_done_to_several(session, worker, ids):
    claim.claim(session, worker, ids[0], 1, NOW)
    outcome = bulk_change.set_state(session, worker, moved(listed(ids[0], version=2), "closed"), NOW)
    assert (outcome.done, codes(outcome)) == ((), ["reason_needed"])


def test_another_day_within_a_year_from_today(session, worker, ids):
    first = of(session, ids[0])[1]
    for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=367)):
        with pytest.raises(FormatError):
            bulk_change.set_due(session, worker, listed(*ids), wrong, NOW)
    bulk_change.set_due(session, worker, listed(*ids), TODAY, NOW)
    assert {of(session, one)[1] for one in ids} == {TODAY}
    assert logged(session) == [("deadline_changed", TODAY.isoformat())] * 3
    bulk_change.undo(session, worker, back(ids[0], version=2), NOW)
    assert of(session, ids[0])[1] == first


def test_the_same_request_again_is_answered_as_the_first_time(session, worker, ids, colleague):
    for _time in range(2):
        outcome = bulk_change.assign(session, worker, listed(ids[0]), "colleague", NOW)
        assert [one.version for one in outcome.done] == [2]
    for _time in range(2):
        assert [one.version for one in bulk_change.undo(session, worker, back(ids[0], version=2), NOW).done] == [3]
    assert len(logged(session)) == 2


def test_undone_by_whom_it_was_done_and_only_while_nothing_else_happened(session, worker, lead, ids):
    bulk_change.set_due(session, worker, listed(*ids), TODAY, NOW)
    assert codes(bulk_change.undo(session, lead, back(ids[0], version=2), SOON)) == ["transition_refused"]
    claim.claim(session, lead, ids[1], 2, NOW)
    assert codes(bulk_change.undo(session, worker, back(ids[1], version=3), SOON)) == ["transition_refused"]
    assert codes(bulk_change.undo(session, worker, back(ids[1], version=2), SOON)) == ["version_conflict"]
    assert codes(bulk_change.undo(session, worker, back(ids[2], version=2), LATE)) == ["transition_refused"]
    assert codes(bulk_change.undo(session, worker, back(ids[2], version=2), SOON)) == ["transition_refused"]


def test_what_could_be_undone_is_forgotten(session, worker, ids):
    bulk_change.set_due(session, worker, listed(*ids), TODAY, NOW)
    session.rollback()
    purge.purge(session, LATE, clock_is_right=True)
    assert session.scalars(select(BulkChange)).all() == []


def test_viewers_change_nothing(session, make, centre, ids):
    viewer = make.signed_in(centre, "viewer")
    for change in (
        lambda: bulk_change.assign(session, viewer, listed(*ids), None, NOW),
        lambda: bulk_change.set_state(session, viewer, moved(listed(*ids), "in_support"), NOW),
        lambda: bulk_change.set_due(session, viewer, listed(*ids), TODAY, NOW),
        lambda: bulk_change.undo(session, viewer, back(*ids), NOW),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_whoever_cannot_be_told_stays_as_it_is_and_the_others_are_told(session, worker, ids):
    for one in ids[:2]:
        claim.claim(session, worker, one, 1, NOW)
    asked = listed(*ids[:2], version=2)
    silent = NewState(asked, "needs_info", told(asked[:1]))
    outcome = bulk_change.set_state(session, worker, silent, NOW)
    assert ([one.referral_id for one in outcome.done], codes(outcome)) == ([ids[0]], ["message_needed"])
    assert of(session, ids[1])[0] == "assigned"
    assert [words(session, one) for one in ids[:2]] == [1, 0]
    # the same once more, as after an answer that got lost: nothing is said twice
    assert [one.version for one in bulk_change.set_state(session, worker, silent, NOW).done] == [3]
    assert words(session, ids[0]) == 1


def test_whoever_was_told_is_told_again_when_it_is_taken_back(session, worker, ids):
    claim.claim(session, worker, ids[0], 1, NOW)
    bulk_change.set_state(session, worker, moved(listed(ids[0], version=2), "in_support"), NOW)
    silent = bulk_change.undo(session, worker, Undo(listed(ids[0], version=3), {}), SOON)
    assert (codes(silent), of(session, ids[0])[0]) == (["message_needed"], "in_support")
    assert bulk_change.undo(session, worker, back(ids[0], version=3), SOON).refused == ()
    assert (of(session, ids[0])[0], words(session, ids[0])) == ("assigned", 2)
