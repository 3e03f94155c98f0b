"""The look of each day: a digest where it is wanted, a warning where letters lie unopened for days."""

from datetime import timedelta

from sqlalchemy import select, update

from app.domain.deadline import day_of
from app.models import Junk, Notice, Referral, Told
from app.services import message as messages
from app.services import notice, opening
from tests.making import NOW, staff_message
from tests.services.telling import ALWAYS, SUNDAYS, WEEKDAYS, due, kinds, look, referrals, send_all


def test_a_digest_is_due_once_a_day_at_its_own_time(session, make, centre, chosen):
    chosen(ALWAYS, digest=True)
    make.report(centre)
    at = look(centre)
    assert due(session, at - timedelta(minutes=1)) == ()
    assert send_all(session, at) == ["digest"]
    assert due(session, at + timedelta(hours=3)) == ()
    assert send_all(session, look(centre, 2)) == ["digest"]


def test_a_look_that_found_nothing_is_over_for_the_day(session, make, centre, chosen):
    """Else a digest would go in the very minute in which a report comes."""
    chosen(ALWAYS, digest=True)
    at = look(centre)
    assert send_all(session, at) == [None]
    make.report(centre)
    assert due(session, at + timedelta(minutes=1)) == ()


def test_a_digest_is_only_sent_where_it_is_wanted(session, make, centre, chosen):
    chosen(ALWAYS)
    make.report(centre)
    assert send_all(session, look(centre)) == [None]


def test_new_words_of_a_reporter_are_something_new(session, make, centre, chosen, worker):
    chosen(ALWAYS, digest=True)
    make.report(centre)
    (referral_id,) = referrals(session)
    opening.open_referral(session, worker, referral_id, NOW)
    assert send_all(session, look(centre)) == [None]
    row = session.get(Referral, referral_id)
    said = staff_message()
    messages.keep(session, referral_id, said.message_id, messages.TO_ORGANISATION, said.sealed, NOW)
    row.unread_from_reporter = True
    session.commit()
    assert send_all(session, look(centre, 2)) == ["digest"]


def test_junk_is_told_to_nobody(session, make, centre, chosen, worker):
    chosen(ALWAYS, digest=True)
    make.report(centre, urgent=True)
    (referral_id,) = referrals(session)
    day = day_of(NOW)
    marked = {"organisation_id": centre.organisation_id, "marked_by": worker.caseworker_id, "marked_on": day}
    session.add(Junk(referral_id=referral_id, destroy_on=day + timedelta(days=9), state="received", **marked))
    session.execute(update(Referral).values(state="closed", unread_from_reporter=True))
    session.commit()
    assert due(session) == ()
    for days in (1, 3):
        assert send_all(session, look(centre, days)) == [None]


def test_after_three_days_unopened_everybody_is_told_every_day(session, make, centre, chosen):
    chosen(WEEKDAYS, SUNDAYS)
    make.report(centre)
    assert notice.long_unopened(session, day_of(NOW) + timedelta(days=2)) == ()
    assert send_all(session, look(centre, 2)) == [None]
    for days in (3, 4):
        (one,) = due(session, look(centre, days))
        assert (one.kind, one.addresses) == ("unopened", ("weekdays@centre.example", "sundays@centre.example"))
        assert notice.long_unopened(session, day_of(NOW) + timedelta(days=days)) == ("centre",)
        notice.note_sent(session, one, look(centre, days))


def test_the_operator_is_told_of_organisations_without_a_rota_too(session, make, centre):
    make.report(centre)
    assert notice.long_unopened(session, day_of(NOW) + timedelta(days=3)) == ("centre",)


def test_what_is_long_unopened_gets_no_urgent_reminders(session, make, centre, chosen):
    chosen(ALWAYS)
    make.report(centre, urgent=True)
    send_all(session)
    later = look(centre, 3)
    assert kinds(due(session, later)) == ["unopened"]


def test_what_no_longer_waits_is_forgotten_at_the_next_look(session, make, centre, chosen, worker):
    chosen(ALWAYS)
    make.report(centre, urgent=True)
    make.report(centre, urgent=True)
    send_all(session)
    first, second = referrals(session)
    opening.open_referral(session, worker, first, NOW)
    send_all(session, look(centre))
    assert session.scalars(select(Told.referral_id)).all() == [second]
    assert session.scalars(select(Notice.quiet_until)).one() is not None
    session.rollback()
    opening.open_referral(session, worker, second, NOW)
    send_all(session, look(centre, 2))
    assert session.scalars(select(Told.referral_id)).all() == []
    assert session.scalars(select(Notice.quiet_until)).one() is None
