"""What whoever reads the database learns of a report without any key. It is the limit of what sealing hides."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.domain.casework import StateChange
from app.models import Message, Referral, ReferralItem, Report
from app.services import claim, disposition, follow_up, message, opening
from tests.making import NOW, referral_of, said, staff_message, with_items


def test_what_was_chosen_together_can_be_read(session, make):
    centre, police = make.organisation(), make.organisation("police", "police")
    _token, report_id = make.report(centre, police)
    chosen = session.scalars(select(Referral.organisation_id).where(Referral.report_id == report_id))
    assert set(chosen) == {centre.organisation_id, police.organisation_id}


def test_day_size_and_urgency_can_be_read_and_no_moment(session, make):
    make.report(make.organisation(), urgent=True)
    report, referral = session.scalars(select(Report)).one(), session.scalars(select(Referral)).one()
    assert (report.received_on, referral.size, referral.urgent) == (date(2026, 11, 22), 1, True)
    kept = [getattr(row, column.name) for row in (report, referral) for column in row.__table__.columns]
    assert not [one for one in kept if isinstance(one, datetime)]


def test_the_number_of_links_and_their_states_can_be_read(session, make):
    centre = make.organisation()
    make.report(centre)
    reader, referral_id = make.signed_in(centre), referral_of(session, centre).referral_id
    opening.open_referral(session, reader, referral_id, NOW)
    with_items(session, reader, centre, referral_id, 3)
    assert len(session.scalars(select(ReferralItem.state)).all()) == 3


def test_states_and_the_moments_of_staff_can_be_read_and_the_reporters_acts_have_none(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    follow_up.send_message(session, said(token, referral_of(session, centre).referral_id), NOW)
    referral = referral_of(session, centre)
    assert (referral.state, referral.state_on) == ("received", date(2026, 11, 22))
    assert (referral.changed_at, referral.opened_at) == (None, None)
    worker, later = make.signed_in(centre), NOW + timedelta(days=1)
    opening.open_referral(session, worker, referral.referral_id, NOW)
    claim.claim(session, worker, referral.referral_id, referral_of(session, centre).version, NOW)
    change = StateChange(referral_of(session, centre).version, "needs_info", staff_message())
    disposition.change_state(session, worker, referral.referral_id, change, later)
    referral = referral_of(session, centre)
    assert (referral.state, referral.state_on) == ("needs_info", date(2026, 11, 23))
    assert (referral.opened_at, referral.changed_at) == (NOW, later)


def test_how_many_messages_and_on_which_day_can_be_read(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    referral_id = referral_of(session, centre).referral_id
    asked_at, answered_at = NOW + timedelta(days=1), NOW + timedelta(days=2)
    follow_up.send_message(session, said(token, referral_id), asked_at)
    message.send(session, make.signed_in(centre, now=answered_at), referral_id, staff_message(), answered_at)
    kept = select(Message.direction, Message.received_on, Message.sent_at).order_by(Message.place)
    assert session.execute(kept).all() == [
        ("to_organisation", date(2026, 11, 23), None),
        ("to_reporter", date(2026, 11, 24), answered_at),
    ]
