"""A reporter takes back what she sent: work stops at once, and what was kept is destroyed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.coming_back import Withdrawal
from app.domain.deadline import day_of
from app.domain.referral_state import may_withdraw
from app.errors import Withdrawn
from app.models import Referral, Report
from app.services import clock, destruction, hold_reading, junk, message, referral
from app.services.follow_up import held_by_reporter, report_of


@dataclass(frozen=True, slots=True)
class Withdrew:
    """Where the report stands now: `received` when other referrals live on, else `withdrawn` or `destroyed`."""

    state: str
    destroy_on: date | None


def withdraw(session: Session, asked: Withdrawal, now: datetime) -> Withdrew:
    """Stop the listed referrals and those onward from them; destroy them now, or on `destroy_on`.

    "72h": each organisation keeps the sealed withdrawal message until the destruction; the same request again is
    answered as the first time. "now": letters, messages and everything beside them are gone, and the report with its
    last referral. What a legal hold keeps stops all the same, with its message, and goes once the hold has ended.
    Raises NotFound, MessageExists, or Withdrawn for a second "72h" with other messages.
    """
    report = report_of(session, asked.token, lock=True)
    listed = [held_by_reporter(session, report, one.referral_id) for one in asked.messages]
    family = _with_onward(session, report, {held.referral_id for held in listed})
    if asked.when == "now":
        return _now(session, report, asked, family, now)
    destroy_on = clock.no_earlier_than_seen(session, day_of(now)) + clock.KEPT_FOR
    for one in asked.messages:
        kept = message.kept(session, one.referral_id, one.message_id, message.TO_ORGANISATION, one.sealed)
        if kept is None:
            _must_be_possible(listed, one.referral_id)
            message.keep(session, one.referral_id, one.message_id, message.TO_ORGANISATION, one.sealed, now)
    for held in family:
        if may_withdraw(held.state):
            _withdraw(held, destroy_on, now)
    junk.forget(session, [held.referral_id for held in family])
    session.flush()
    _settle(session, report)
    outcome = Withdrew(report.state, report.destroy_on)
    session.commit()
    return outcome


def _now(session: Session, report: Report, asked: Withdrawal, family: Sequence[Referral], now: datetime) -> Withdrew:
    """Destroy at once what no hold keeps; what one does is due from today on."""
    kept = hold_reading.in_force(session, [held.referral_id for held in family])
    destruction.destroy(session, [held.referral_id for held in family if held.referral_id not in kept], now)
    for one in asked.messages:
        if one.referral_id not in kept:
            continue
        if message.kept(session, one.referral_id, one.message_id, message.TO_ORGANISATION, one.sealed) is None:
            message.keep(session, one.referral_id, one.message_id, message.TO_ORGANISATION, one.sealed, now)
    for held in family:
        if held.referral_id in kept:
            _withdraw(held, day_of(now), now)
    junk.forget(session, list(kept))
    session.flush()
    gone = destruction.forget_if_empty(session, report.report_id, now)
    if not gone:
        _settle(session, report)
    outcome = Withdrew("destroyed", None) if gone else Withdrew(report.state, report.destroy_on)
    session.commit()
    return outcome


def _must_be_possible(listed: Collection[Referral], referral_id: bytes) -> None:
    state = next(held.state for held in listed if held.referral_id == referral_id)
    if not may_withdraw(state):
        raise Withdrawn


def _with_onward(session: Session, report: Report, listed: set[bytes]) -> list[Referral]:
    """Give the listed referrals and those that were referred on from them, at any distance, locked."""
    everything = session.scalars(select(Referral).where(Referral.report_id == report.report_id).with_for_update()).all()
    family = set(listed)
    while True:
        onward = {held.referral_id for held in everything if held.referred_by in family} - family
        if not onward:
            return [held for held in everything if held.referral_id in family]
        family |= onward


def _withdraw(held: Referral, destroy_on: date, now: datetime) -> None:
    if held.state != "withdrawn":
        referral.move(held, "withdrawn", now)
    held.destroy_on = destroy_on
    held.unread_from_reporter = True
    held.version += 1
    held.changed_by = None
    held.changed_at = None


def _settle(session: Session, report: Report) -> None:
    """A report is withdrawn when none of its referrals lives."""
    rows = session.execute(
        select(Referral.state, Referral.destroy_on).where(Referral.report_id == report.report_id)
    ).all()
    if not any(may_withdraw(state) for state, _day in rows):
        report.state = "withdrawn"
        report.destroy_on = max((day for _state, day in rows if day is not None), default=None)
