"""Withdrawing: work stops at once, rows are destroyed in time or at once, and nothing destroyed comes back."""

import hashlib
import secrets
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.domain import casework
from app.domain.coming_back import Withdrawal, WithdrawalMessage
from app.domain.submission import parse_submission
from app.errors import NotFound, ReportDestroyed, Withdrawn
from app.models import AccessLog, DestroyedReport, Message, Referral, ReferralItem, Report, Summary, WorkRecord
from app.services import claim, follow_up, message, opening, purge, report, summary, withdrawal, work_record
from tests.making import MESSAGE, NOW, SUMMARY, body_of, record_of, staff_message


def letters(session, report_id):
    return session.scalars(select(Referral).where(Referral.report_id == report_id)).all()


def asked(token, referrals, when):
    messages = tuple(
        WithdrawalMessage(one.referral_id, secrets.token_bytes(16), secrets.token_bytes(MESSAGE)) for one in referrals
    )
    return Withdrawal(token, when, messages)


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def fill(session, make, made, referral_id):
    """Let a caseworker do everything that leaves something behind."""
    worker = make.signed_in(made)
    opening.open_referral(session, worker, referral_id, NOW)
    claim.claim(session, worker, referral_id, 1, NOW)
    message.send(session, worker, referral_id, staff_message(), NOW)
    item = secrets.token_bytes(16)
    summary.save(session, worker, referral_id, casework.Summary(1, made.kid, bytes(SUMMARY), (item,)), NOW)
    record = record_of(made)
    work_record.save(session, worker, referral_id, record, NOW)
    return worker


def test_72h_stops_the_work_and_names_the_day(session, make):
    centre, police = make.organisation(), make.organisation("police", "police")
    token, report_id = make.report(centre, police)
    request = asked(token, letters(session, report_id), "72h")
    assert withdrawal.withdraw(session, request, NOW) == withdrawal.Withdrew("withdrawn", date(2026, 11, 25))
    found = follow_up.open_report(session, token)
    assert (found.report.state, found.report.destroy_on) == ("withdrawn", date(2026, 11, 25))
    assert {one.state for one in found.referrals} == {"withdrawn"}
    assert {one.messages[0].sealed for one in found.referrals} == {one.sealed for one in request.messages}
    worker = make.signed_in(centre)
    row = next(one for one in letters(session, report_id) if one.organisation_id == centre.organisation_id)
    with pytest.raises(Withdrawn):
        claim.claim(session, worker, row.referral_id, row.version, NOW)
    with pytest.raises(Withdrawn):
        message.send(session, worker, row.referral_id, staff_message(), NOW)
    session.rollback()
    handed_out = opening.open_referral(session, worker, row.referral_id, NOW)
    assert (handed_out.state, handed_out.destroy_on, len(handed_out.messages)) == ("withdrawn", date(2026, 11, 25), 1)


def test_the_same_withdrawal_again_is_answered_as_the_first_time(session, make):
    token, report_id = make.report(make.organisation())
    request = asked(token, letters(session, report_id), "72h")
    first = withdrawal.withdraw(session, request, NOW)
    assert withdrawal.withdraw(session, request, NOW + timedelta(days=1)) == first
    assert count(session, Message) == 1


def test_a_second_withdrawal_with_other_words_is_refused(session, make):
    token, report_id = make.report(make.organisation())
    rows = letters(session, report_id)
    withdrawal.withdraw(session, asked(token, rows, "72h"), NOW)
    with pytest.raises(Withdrawn):
        withdrawal.withdraw(session, asked(token, rows, "72h"), NOW)


def test_one_letter_can_be_withdrawn_while_the_report_lives(session, make):
    centre, police = make.organisation(), make.organisation("police", "police")
    token, report_id = make.report(centre, police)
    rows = letters(session, report_id)
    assert withdrawal.withdraw(session, asked(token, rows[:1], "72h"), NOW) == withdrawal.Withdrew("received", None)
    assert sorted(one.state for one in letters(session, report_id)) == ["received", "withdrawn"]


def test_what_was_referred_onward_is_withdrawn_with_its_origin(session, make):
    centre, police = make.organisation(), make.organisation("police", "police")
    token, report_id = make.report(centre, police)
    first, second = letters(session, report_id)
    second.referred_by = first.referral_id
    session.commit()
    withdrawal.withdraw(session, asked(token, [first], "72h"), NOW)
    assert {one.state for one in letters(session, report_id)} == {"withdrawn"}


def test_now_leaves_a_hash_and_emptied_rows(session, make):
    centre = make.organisation()
    body = body_of(centre, lookup="A" * 43)
    parsed = parse_submission(body)
    token = secrets.token_bytes(32)
    parsed = replace(parsed, lookup=hashlib.sha256(token).digest())
    report.submit(session, parsed, b"hash", NOW)
    (row,) = letters(session, parsed.report_id)
    worker = fill(session, make, centre, row.referral_id)
    logged = count(session, AccessLog)

    request = asked(token, [row], "now")
    assert withdrawal.withdraw(session, request, NOW) == withdrawal.Withdrew("destroyed", None)

    for gone in (Report, Message, ReferralItem, Summary, WorkRecord):
        assert count(session, gone) == 0, gone
    assert session.scalars(select(DestroyedReport.report_hash)).all() == [hashlib.sha256(parsed.report_id).digest()]
    session.expire_all()
    left = session.scalars(select(Referral)).one()
    assert (left.state, left.report_id, left.sealed, left.sealed_hash, left.leaf) == ("destroyed", *[None] * 4)
    assert count(session, AccessLog) == logged  # what staff did stays on record
    with pytest.raises(NotFound):
        follow_up.open_report(session, token)
    with pytest.raises(ReportDestroyed):
        report.submit(session, parsed, b"hash", NOW)
    session.rollback()
    with pytest.raises(Withdrawn):
        opening.open_referral(session, worker, left.referral_id, NOW)


def test_now_is_still_possible_after_72h(session, make):
    token, report_id = make.report(make.organisation())
    rows = letters(session, report_id)
    withdrawal.withdraw(session, asked(token, rows, "72h"), NOW)
    assert withdrawal.withdraw(session, asked(token, rows, "now"), NOW).state == "destroyed"
    assert (count(session, Report), count(session, Message)) == (0, 0)


def test_one_letter_destroyed_leaves_the_others_alone(session, make):
    centre, police = make.organisation(), make.organisation("police", "police")
    token, report_id = make.report(centre, police)
    first, second = letters(session, report_id)
    assert withdrawal.withdraw(session, asked(token, [first], "now"), NOW).state == "received"
    session.expire_all()
    assert (first.state, first.sealed, second.state) == ("destroyed", None, "received")
    assert second.sealed is not None
    assert count(session, DestroyedReport) == 0


def test_one_letter_withdrawn_and_the_other_destroyed_leave_no_living_report(session, make):
    centre, police = make.organisation(), make.organisation("police", "police")
    token, report_id = make.report(centre, police)
    first, second = letters(session, report_id)
    withdrawal.withdraw(session, asked(token, [first], "72h"), NOW)
    left = withdrawal.withdraw(session, asked(token, [second], "now"), NOW)
    assert left == withdrawal.Withdrew("withdrawn", date(2026, 11, 25))
    assert purge.purge(session, NOW + timedelta(days=4)).reports == 1
    assert count(session, Report) == 0


@pytest.mark.parametrize("when", ["72h", "now"])
def test_somebody_elses_letter_is_not_found_and_nothing_is_withdrawn(session, make, when):
    centre = make.organisation()
    token, report_id = make.report(centre)
    _token, other_id = make.report(centre)
    rows = [*letters(session, report_id), *letters(session, other_id)]
    with pytest.raises(NotFound):
        withdrawal.withdraw(session, asked(token, rows, when), NOW)
    session.rollback()
    assert set(session.scalars(select(Referral.state))) == {"received"}
    with pytest.raises(NotFound):
        withdrawal.withdraw(session, asked(bytes(32), rows, when), NOW)


def test_purge_destroys_when_the_day_is_past_and_not_before(session, make):
    centre = make.organisation()
    token, report_id = make.report(centre)
    make.report(centre)
    withdrawal.withdraw(session, asked(token, letters(session, report_id), "72h"), NOW)
    assert purge.purge(session, NOW + timedelta(days=3)).referrals == 0
    assert count(session, Report) == 2
    purged = purge.purge(session, NOW + timedelta(days=4))
    assert (purged.referrals, purged.reports, purged.empty_rows) == (1, 1, 0)
    assert (count(session, Report), count(session, Message), count(session, DestroyedReport)) == (1, 0, 1)
    with pytest.raises(NotFound):
        follow_up.open_report(session, token)
    assert purge.purge(session, NOW + timedelta(days=4)) == purge.Purged(0, 0, 0, 0, 0, 0, 0)
    assert purge.purge(session, NOW + timedelta(days=40), clock_is_right=True).empty_rows == 1
    assert session.scalars(select(Referral.state)).all() == ["received"]
