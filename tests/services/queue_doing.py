"""What is done with the queue as a whole, one step after the other: for whoever watches what each of them costs."""

from app.domain.casework import Listed
from app.domain.queue_asking import Undo
from app.services import (
    bulk_change,
    commission,
    evidence,
    first_opening,
    link_work,
    onward,
    onward_reading,
    opening,
    queue_listing,
    viewing,
)
from tests.making import NOW, Maker
from tests.services.passing import answering, asked_for


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
        assert bulk_change.undo(session, worker, Undo(tuple(listed(1)), {}), NOW).refused == ()

    yield changed_and_brought_back
    yield lambda: bulk_change.assign(session, worker, listed(2), worker.login, NOW)
    yield lambda: first_opening.hand_out(session, worker, ids, NOW)
    yield lambda: opening.open_referral(session, worker, ids[0], NOW)

    def by_link():
        handed = link_work.hand_out(session, worker, ids, NOW)
        assert any(letter.items for letter in handed)

    yield by_link
    yield lambda: link_work.note_list(session, worker, ids, "commission", NOW)
    yield lambda: evidence.hand_out(session, worker, ids[0], "court", NOW)
    yield lambda: commission.own(session, worker)
    yield lambda: viewing.look(session, worker, ids[0], NOW)
    yield lambda: viewing.of_others(session, worker, NOW)
    yield from passing_on(session, worker, ids[1])


def passing_on(session, worker, referral_id):
    """Give each step of a letter's way to another organisation and back."""
    receiver = Maker(session).organisation("receiver", "police")
    officer = Maker(session).signed_in(receiver)
    asked = asked_for(receiver)
    yield lambda: onward.pass_on(session, worker, referral_id, asked, NOW)
    yield lambda: onward_reading.waiting(session, officer)
    yield lambda: onward_reading.overview(session, officer)
    yield lambda: onward.answer(session, officer, asked.referral_id, answering(), NOW)
    yield lambda: onward_reading.waiting(session, worker)
    yield lambda: onward_reading.overview(session, worker)
    yield lambda: opening.open_referral(session, worker, referral_id, NOW)
