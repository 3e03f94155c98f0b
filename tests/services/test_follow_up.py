"""Coming back: one report's states and messages for its token, and nothing for any other."""

import secrets
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain import casework
from app.domain.wire import b64u_encode
from app.errors import MessageExists, NotFound, Withdrawn
from app.models import Message, Referral, ReferralItem, Report
from app.services import disposition, follow_up, message, summary
from tests.making import NOW, SUMMARY, referral_of, said, staff_message


def test_a_token_gives_back_the_report_and_what_each_organisation_does(session, make):
    centre, police = make.organisation(), make.organisation("police", "police")
    own = secrets.token_bytes(4096 + 28)
    token, report_id = make.report(centre, police, own=b64u_encode(own))
    found = follow_up.open_report(session, token)
    assert found.report == follow_up.ReportStanding(report_id, date(2026, 11, 22), "received", None, own)
    assert [one.organisation for one in found.referrals] == ["centre", "police"]
    first = found.referrals[0]
    assert (first.kid, first.origin_kid, first.referred_by) == (centre.kid, centre.kid, None)
    assert (first.state, first.state_on, first.items, first.messages) == ("received", date(2026, 11, 22), (), ())


@pytest.mark.parametrize("token", [bytes(32), b"", b"x"])
def test_any_other_token_is_not_found(session, make, token):
    make.report(make.organisation())
    with pytest.raises(NotFound):
        follow_up.open_report(session, token)


def test_the_lookup_itself_opens_nothing(session, make):
    make.report(make.organisation())
    with pytest.raises(NotFound):
        follow_up.open_report(session, session.scalar(select(Report.lookup)))


def test_messages_come_in_order_and_name_no_caseworker(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    referral_id = referral_of(session, centre).referral_id
    mine = [said(token, referral_id) for _ in range(3)]
    follow_up.send_message(session, mine[0], NOW)
    answer = staff_message()
    message.send(session, make.signed_in(centre), referral_id, answer, NOW)
    for one in mine[1:]:
        follow_up.send_message(session, one, NOW + timedelta(days=1))
    shown = follow_up.open_report(session, token).referrals[0].messages
    assert [one.message_id for one in shown] == [
        mine[0].message_id,
        answer.message_id,
        *(m.message_id for m in mine[1:]),
    ]
    assert [one.direction for one in shown][:2] == ["to_organisation", "to_reporter"]
    assert [one.received_on for one in shown] == [date(2026, 11, 22)] * 2 + [date(2026, 11, 23)] * 2
    assert shown[0].sealed == mine[0].sealed


def test_of_a_reporters_message_only_the_day_is_kept(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    referral = referral_of(session, centre)
    follow_up.send_message(session, said(token, referral.referral_id), NOW)
    kept = session.scalars(select(Message)).one()
    assert (kept.sent_at, kept.sent_by, kept.received_on) == (None, None, date(2026, 11, 22))
    session.refresh(referral)
    assert (referral.unread_from_reporter, referral.version, referral.changed_at) == (True, 1, None)


def test_a_repeated_message_is_answered_as_the_first_time(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    asked = said(token, referral_of(session, centre).referral_id)
    first = follow_up.send_message(session, asked, NOW)
    assert follow_up.send_message(session, asked, NOW + timedelta(days=2)) == first
    assert len(session.scalars(select(Message)).all()) == 1


def test_other_bytes_under_a_message_id_are_refused(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    asked = said(token, referral_of(session, centre).referral_id)
    follow_up.send_message(session, asked, NOW)
    with pytest.raises(MessageExists):
        follow_up.send_message(session, said(token, asked.referral_id, message_id=asked.message_id), NOW)


def test_a_caseworkers_message_is_no_reporters_message(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    referral_id = referral_of(session, centre).referral_id
    answer = staff_message()
    message.send(session, make.signed_in(centre), referral_id, answer, NOW)
    with pytest.raises(MessageExists):
        follow_up.send_message(
            session, said(token, referral_id, message_id=answer.message_id, sealed=answer.sealed), NOW
        )


def test_another_reports_referral_is_not_found(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    others = referral_of(session, centre).referral_id
    token, _report_id = make.report(centre)
    with pytest.raises(NotFound):
        follow_up.send_message(session, said(token, others), NOW)


def test_after_a_withdrawal_nothing_more_is_taken_but_replays_are_answered(session, make):
    centre = make.organisation()
    token, _report_id = make.report(centre)
    referral = referral_of(session, centre)
    asked = said(token, referral.referral_id)
    first = follow_up.send_message(session, asked, NOW)
    referral.state = "withdrawn"
    session.commit()
    assert follow_up.send_message(session, asked, NOW) == first
    with pytest.raises(Withdrawn):
        follow_up.send_message(session, said(token, referral.referral_id), NOW)


def test_nobody_learns_that_somebody_else_reported_the_same_address(session, make):
    """Neither by another report's states, nor by a day before her own that a caseworker's knowledge may carry."""
    centre = make.organisation()
    worker, item = make.signed_in(centre), secrets.token_bytes(16)
    make.report(centre, now=NOW - timedelta(days=30))
    first = referral_of(session, centre).referral_id
    summary.save(session, worker, first, casework.Summary(1, centre.kid, bytes(SUMMARY), (item,)), NOW)
    change = casework.ItemStateChange(1, (casework.ItemState(item, "removed"),), staff_message())
    disposition.change_items(session, worker, first, change, NOW - timedelta(days=20))

    token, report_id = make.report(centre)
    mine = session.scalars(select(Referral).where(Referral.report_id == report_id)).one()
    summary.save(session, worker, mine.referral_id, casework.Summary(1, centre.kid, bytes(SUMMARY), (item,)), NOW)
    (found,) = follow_up.open_report(session, token).referrals
    session.rollback()
    assert [(one.state, one.state_on) for one in found.items] == [("reported", date(2026, 11, 22))]

    # What is known of an address from before is not hers to see, however it came into her rows.
    row = session.get(ReferralItem, (mine.referral_id, item))
    row.state, row.state_on = "removed", date(2026, 11, 2)
    mine.state, mine.state_on, mine.opened_at = "in_support", date(2026, 11, 2), NOW - timedelta(days=20)
    session.commit()
    (found,) = follow_up.open_report(session, token).referrals
    assert [(one.state, one.state_on) for one in found.items] == [("reported", date(2026, 11, 22))]
    assert (found.state, found.state_on, found.opened_on) == ("received", date(2026, 11, 22), date(2026, 11, 22))
