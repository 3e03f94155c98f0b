"""What is done with the queue as a whole, one step after the other: for whoever watches what each of them costs."""

from app.domain.casework import Listed
from app.services import bulk_change, first_opening, queue_listing, viewing
from tests.making import NOW


def doings(session, worker):
    """Give each step as something to call; the next is made once that was done."""

    def two_pages():
        first = queue_listing.page(session, worker, "", 50)
        second = queue_listing.page(session, worker, first.next, 50)
        assert len(first.rows) == len(second.rows) == 50
        assert queue_listing.summaries(session, worker, [one.referral_id for one in second.rows])

    yield two_pages
    rows = queue_listing.page(session, worker, "", 20).rows
    ids = tuple(one.referral_id for one in rows[:8])
    session.rollback()

    def listed(later):
        return [Listed(one.referral_id, one.version + later, False) for one in rows]

    def changed_and_brought_back():
        assert bulk_change.set_due(session, worker, listed(0), NOW.date(), NOW).refused == ()
        assert bulk_change.undo(session, worker, listed(1), NOW).refused == ()

    yield changed_and_brought_back
    yield lambda: bulk_change.assign(session, worker, listed(2), worker.login, NOW)
    yield lambda: first_opening.hand_out(session, worker, ids, NOW)
    yield lambda: viewing.look(session, worker, ids[0], NOW)
    yield lambda: viewing.of_others(session, worker, NOW)
