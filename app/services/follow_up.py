"""Coming back with a receipt code: what became of the report, and answering."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session

from app.crypto.receipt import lookup_of
from app.domain.coming_back import FollowUpMessage
from app.domain.deadline import day_of
from app.domain.progress import shown_since
from app.domain.retention import Policy
from app.errors import NotFound
from app.models import Junk, Organisation, Referral, ReferralItem, Report
from app.services import hold_reading, junk, keeping, message, retention, shredding
from app.services.hold_reading import HoldStanding
from app.services.message import Sent
from app.services.referral import ItemStanding
from app.services.transaction import reads_only

# What every visit asks for is built once.
_REPORT: Final = select(
    *Report.__table__.c["report_id", "received_on", "state", "destroy_on", "own", "shred_id"]
).where(Report.__table__.c.lookup == bindparam("lookup"))
_REFERRALS: Final = (
    select(
        *Referral.__table__.c["referral_id", "kid", "origin_kid", "referred_by", "received_on", "due_on", "opened_at"],
        *Referral.__table__.c[
            "size", "state", "state_on", "onward", "organisation_id", "keeping", "active_on", "shred_id"
        ],
        func.coalesce(Junk.__table__.c.destroy_on, Referral.__table__.c.destroy_on).label("destroy_on"),
        Organisation.__table__.c.slug,
    )
    .join(Organisation.__table__, Organisation.__table__.c.organisation_id == Referral.__table__.c.organisation_id)
    .outerjoin(
        Junk.__table__,
        (Junk.__table__.c.referral_id == Referral.__table__.c.referral_id) & (Referral.__table__.c.state == "closed"),
    )
    .where(Referral.__table__.c.report_id == bindparam("report_id"))
    .order_by(Organisation.__table__.c.slug, Referral.__table__.c.referral_id)
)
_ITEMS: Final = (
    select(*ReferralItem.__table__.c["referral_id", "item_id", "state", "state_on"])
    .join(Referral.__table__, Referral.__table__.c.referral_id == ReferralItem.__table__.c.referral_id)
    .where(Referral.__table__.c.report_id == bindparam("report_id"))
    .order_by(ReferralItem.__table__.c.place)
)


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
class Hold:
    """That an organisation may not destroy a letter for now: since when, and when it looks at that again."""

    since: date
    review_on: date


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
    onward: str
    """Of a letter that another organisation passed on: whether it was accepted; empty for all others."""
    destroy_on: date | None
    kept_until: date | None
    """The last day on which the organisation keeps it by its own rule, as things stand; None where a hold keeps it."""
    hold: Hold | None
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
    connection = reads_only(session)
    report = connection.execute(_REPORT, {"lookup": lookup_of(token)}).one_or_none()
    if report is None:
        raise NotFound
    rows = connection.execute(_REFERRALS, {"report_id": report.report_id}).all()
    keys = shredding.under(session, {report.shred_id} | {row.shred_id for row in rows})
    if not keys.has(report.shred_id):
        raise NotFound
    messages = message.of_report(session, report.report_id)
    policies = keeping.policies(session, {row.organisation_id for row in rows})
    holds = hold_reading.in_force(session, [row.referral_id for row in rows])
    items = _items(connection, report)
    return FollowUp(
        report=_standing(report, keys, held=bool(holds)),
        referrals=tuple(
            FollowedReferral(
                referral_id=row.referral_id,
                organisation=row.slug,
                kid=row.kid,
                origin_kid=row.origin_kid,
                referred_by=row.referred_by,
                received_on=max(row.received_on, report.received_on),
                due_on=row.due_on,
                opened_on=None if row.opened_at is None else max(day_of(row.opened_at), report.received_on),
                size=row.size,
                **_shown(_state(row, keys), row.state_on, report.received_on, "received"),
                onward=row.onward,
                **_days(row, policies.get(row.organisation_id, ()), holds.get(row.referral_id)),
                items=tuple(items[row.referral_id]),
                messages=tuple(FollowedMessage(*kept) for kept in messages.get(row.referral_id, ())),
            )
            for row in rows
        ),
    )


def send_message(session: Session, asked: FollowUpMessage, now: datetime) -> Sent:
    """Keep a reporter's message and mark the referral as having news; the same bytes again change nothing.

    What was taken for junk comes back to where it was: whoever writes is somebody. What was withdrawn and is kept by a
    legal hold can be written to: she may ask why.

    Raises NotFound (token, or a referral that is not this report's), MessageExists or Withdrawn.
    """
    report = report_of(session, asked.token)
    held = held_by_reporter(session, report, asked.referral_id)
    earlier = message.kept(session, held.referral_id, asked.message_id, message.TO_ORGANISATION, asked.sealed)
    if earlier is not None:
        return earlier
    hold_reading.must_live_or_be_held(session, held)
    sent = message.keep(session, held.referral_id, asked.message_id, message.TO_ORGANISATION, asked.sealed, now)
    held.unread_from_reporter = True
    junk.take_back(session, held, now)
    session.commit()
    return sent


def report_of(session: Session, token: bytes, *, lock: bool = False) -> Report:
    """Give the report that a token belongs to. Raises NotFound, the same for every token that is not in force."""
    found = select(Report).where(Report.lookup == lookup_of(token))
    report = session.scalar(found.with_for_update() if lock else found)
    if report is None or not shredding.under(session, [report.shred_id]).has(report.shred_id):
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


def _items(connection: Connection, report: Any) -> defaultdict[bytes, list[ItemStanding]]:  # noqa: ANN401 - as below
    items: defaultdict[bytes, list[ItemStanding]] = defaultdict(list)
    for referral_id, item_id, state, state_on in connection.execute(_ITEMS, {"report_id": report.report_id}):
        items[referral_id].append(ItemStanding(item_id, **_shown(state, state_on, report.received_on, "reported")))
    return items


def _standing(report: Any, keys: shredding.Under, *, held: bool) -> ReportStanding:  # noqa: ANN401 - as below
    own = keys.take_out(report.own, report.shred_id, "report", report.report_id)
    destroy_on = None if held else report.destroy_on
    return ReportStanding(report.report_id, report.received_on, report.state, destroy_on, own)


def _state(row: Any, keys: shredding.Under) -> str:  # noqa: ANN401 - a row of so many columns has no name
    state: str = row.state
    return state if keys.has(row.shred_id) else "destroyed"


def _shown(state: str, on: date, reported_on: date, first: str) -> dict[str, Any]:
    shown, since = shown_since(state, on.isoformat(), reported_on.isoformat(), first)
    return {"state": shown, "state_on": date.fromisoformat(since)}


def _days(row: Any, policies: Sequence[Policy], hold: HoldStanding | None) -> dict[str, Any]:  # noqa: ANN401 - a row
    """Give the days of one referral that have to do with its destruction: with a hold, no such day is known."""
    if hold is not None:
        return {"destroy_on": None, "kept_until": None, "hold": Hold(hold.since, hold.review_on)}
    return {"destroy_on": row.destroy_on, "kept_until": _promised(row, policies), "hold": None}


def _promised(row: Any, policies: Sequence[Policy]) -> date | None:  # noqa: ANN401 - a row
    return None if row.destroy_on is not None else retention.kept_until(row, policies)
