"""All open referrals in pages, and summaries by id: the own organisation's, each once, in the queue's order."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain import casework
from app.domain.wire import b64u_decode
from app.errors import FormatError
from app.models import Epoch, Referral
from app.services import claim, queue, queue_listing, summary
from tests.making import NOW, SUMMARY


def walk(session, worker, size=2):
    rows, after = [], ""
    while True:
        page = queue_listing.page(session, worker, after, size)
        assert len(page.rows) <= size
        rows += page.rows
        if not page.next:
            return rows
        after = page.next


@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_in_the_order_of_the_queue_neither_skipping_nor_repeating(session, make, centre, worker, size):
    for number in range(6):
        make.report(centre, urgent=number % 2 == 0, now=NOW + timedelta(days=number % 3))
    make.report(make.organisation("other"))
    shown = queue.page(session, worker, queue.QueueFilters(), "", NOW).rows
    found = walk(session, worker, size)
    assert [one.referral_id for one in found] == [b64u_decode(row.referral_id, "") for row in shown]


def test_what_is_done_is_not_listed_and_each_row_says_what_the_server_knows(session, make, centre, worker):
    for _ in range(3):
        make.report(centre)
    first, second, third = [one.referral_id for one in walk(session, worker)]
    session.execute(update(Referral).where(Referral.referral_id == first).values(state="closed"))
    session.commit()
    claim.claim(session, worker, second, 1, NOW)
    summary.save(session, worker, third, casework.Summary(1, centre.kid, bytes(SUMMARY), ()), NOW)
    rows = {one.referral_id: one for one in walk(session, worker)}
    assert set(rows) == {second, third}
    assert (rows[second].state, rows[second].assignee, rows[second].summary_version) == ("assigned", worker.login, 0)
    assert (rows[third].opened, rows[third].unread, rows[third].summary_version) == (False, False, 1)


def test_a_letter_under_lost_keys_is_listed_as_such(session, make, centre, worker):
    make.report(centre)
    assert [one.lost for one in walk(session, worker)] == [False]
    session.execute(update(Epoch).where(Epoch.kid == centre.kid).values(lost_on=NOW.date()))
    session.commit()
    assert [one.lost for one in walk(session, worker)] == [True]


def test_summaries_of_ones_own_that_are_there(session, make, centre, worker):
    other = make.organisation("other")
    for _ in range(2):
        make.report(centre, other)
    mine = select(Referral).where(Referral.organisation_id == centre.organisation_id)
    first, second = session.scalars(mine).all()
    wanted, without = first.referral_id, second.referral_id
    theirs = session.scalars(
        select(Referral.referral_id).where(Referral.organisation_id == other.organisation_id)
    ).all()
    session.rollback()
    summary.save(session, worker, wanted, casework.Summary(1, centre.kid, bytes(SUMMARY), ()), NOW)
    summary.save(session, make.signed_in(other), theirs[0], casework.Summary(1, other.kid, bytes(SUMMARY), ()), NOW)
    (found,) = queue_listing.summaries(session, worker, (wanted, without, *theirs, bytes(16)))
    assert (found.referral_id, found.version, found.sealed) == (wanted, 1, bytes(SUMMARY))
    assert found.sealed_hash == session.scalar(select(Referral.sealed_hash).where(Referral.referral_id == wanted))


def test_a_cursor_that_we_did_not_make_is_refused(session, worker):
    with pytest.raises(FormatError):
        queue_listing.page(session, worker, "x")
