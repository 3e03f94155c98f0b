"""Coming back with a receipt code: what became of the report, and answering."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.crypto.receipt import lookup_of
from app.domain.coming_back import FollowUpMessage
from app.domain.deadline import day_of
from app.domain.progress import shown_since
from app.errors import NotFound
from app.models import Organisation, Referral, ReferralItem, Report
from app.services import junk, message, referral
from app.services.message import Sent
from app.services.referral import ItemStanding
from app.services.transaction import reads_only


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """Where a report stands: `state` is `received` or `withdrawn`."""

    report_id: bytes
    received_on: date
    state: str
    destroy_on: date | None
    own: bytes | None


@dataclass(frozen=True, slots=True)
class FollowedMessage:
    """One message as the reporter sees it: which of the staff wrote it is not her business, nor at what hour."""

    message_id: bytes
    direction: str
    received_on: date
    sealed: bytes


@dataclass(frozen=True, slots=True)
class FollowedReferral:
    """One organisation's work as the reporter sees it; all times are days."""

    referral_id: bytes
    organisation: str
    kid: bytes
    origin_kid: bytes
    referred_by: bytes | None
    received_on: date
    due_on: date
    """By when the portal itself hopes that somebody has looked at it."""
    opened_on: date | None
    size: int
    """Which of the four sizes the letter has: a later one must not be smaller."""
    state: str
    state_on: date
    destroy_on: date | None
    items: tuple[ItemStanding, ...]
    messages: tuple[FollowedMessage, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Everything that a token gives back."""

    report: ReportStanding
    referrals: tuple[FollowedReferral, ...]


def open_report(session: Session, token: bytes) -> FollowUp:
    """Give a report's states and messages for its token (32 bytes). Keeps no trace of the visit. Raises NotFound.

    Nothing in it is dated before the report itself: what is, comes of somebody else's.
    """
    reads_only(session)
    report = report_of(session, token, whole=True)
    rows = session.execute(
        select(Referral, Organisation.slug)
        .join(Organisation, Organisation.organisation_id == Referral.organisation_id)
        .where(Referral.report_id == report.report_id)
        .order_by(Organisation.slug, Referral.referral_id)
    ).all()
    ids = [row.referral_id for row, _slug in rows]
    items, messages = _items(session, ids, report.received_on), message.of_referrals(session, ids)
    marks = junk.of_referrals(session, [row.referral_id for row, _slug in rows if row.state == "closed"])
    return FollowUp(
        report=ReportStanding(report.report_id, report.received_on, report.state, report.destroy_on, report.own),
        referrals=tuple(
            FollowedReferral(
                referral_id=row.referral_id,
                organisation=slug,
                kid=row.kid,
                origin_kid=row.origin_kid,
                referred_by=row.referred_by,
                received_on=max(row.received_on, report.received_on),
                due_on=row.due_on,
                opened_on=None if row.opened_at is None else max(day_of(row.opened_at), report.received_on),
                size=row.size,
                **_shown(row.state, row.state_on, report.received_on, "received"),
                destroy_on=marks[row.referral_id].destroy_on if row.referral_id in marks else row.destroy_on,
                items=tuple(items[row.referral_id]),
                messages=tuple(
                    FollowedMessage(kept.message_id, kept.direction, kept.received_on, kept.sealed)
                    for kept in messages[row.referral_id]
                ),
            )
            for row, slug in rows
        ),
    )


def send_message(session: Session, asked: FollowUpMessage, now: datetime) -> Sent:
    """Keep a reporter's message and mark the referral as having news; the same bytes again change nothing.

    What was taken for junk comes back to where it was: whoever writes is somebody.

    Raises NotFound (token, or a referral that is not this report's), MessageExists or Withdrawn.
    """
    report = report_of(session, asked.token)
    held = held_by_reporter(session, report, asked.referral_id)
    earlier = message.kept(session, held.referral_id, asked.message_id, message.TO_ORGANISATION, asked.sealed)
    if earlier is not None:
        return earlier
    referral.must_live(held)
    sent = message.keep(session, held.referral_id, asked.message_id, message.TO_ORGANISATION, asked.sealed, now)
    held.unread_from_reporter = True
    junk.take_back(session, held, now)
    session.commit()
    return sent


def report_of(session: Session, token: bytes, *, lock: bool = False, whole: bool = False) -> Report:
    """Give the report that a token belongs to, with the reporter's own record if it is asked for as a whole.

    Raises NotFound, the same for every token that is not in force.
    """
    found = select(Report).where(Report.lookup == lookup_of(token))
    if whole:
        found = found.options(undefer(Report.own))
    report = session.scalar(found.with_for_update() if lock else found)
    if report is None:
        raise NotFound
    return report


def held_by_reporter(session: Session, report: Report, referral_id: bytes) -> Referral:
    """Give one referral of a report, locked until the commit. Raises NotFound for any other."""
    held = session.scalar(
        select(Referral)
        .where(Referral.referral_id == referral_id, Referral.report_id == report.report_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if held is None:
        raise NotFound
    return held


def _shown(state: str, on: date, reported_on: date, first: str) -> dict[str, Any]:
    shown, since = shown_since(state, on.isoformat(), reported_on.isoformat(), first)
    return {"state": shown, "state_on": date.fromisoformat(since)}


def _items(session: Session, referral_ids: Sequence[bytes], reported_on: date) -> dict[bytes, list[ItemStanding]]:
    found: dict[bytes, list[ItemStanding]] = {referral_id: [] for referral_id in referral_ids}
    rows = session.scalars(
        select(ReferralItem).where(ReferralItem.referral_id.in_(referral_ids)).order_by(ReferralItem.place)
    )
    for row in rows:
        shown = _shown(row.state, row.state_on, reported_on, "reported")
        found[row.referral_id].append(ItemStanding(row.item_id, **shown))
    return found
