"""An organisation's referrals by urgency and due day, in pages that begin where the last one ended."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.domain.referral_state import OPEN
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import NotFound
from app.models import Caseworker, Message, Referral, ReferralItem, Summary
from app.services import hold_reading, junk, keyring, queue_counts, queue_order, retention, shredding
from app.services.hold_reading import HoldStanding
from app.services.junk import Mark
from app.services.queue_counts import Counts
from app.services.queue_order import GOING, HELD, Place, QueueFilters
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

__all__ = ["PAGE", "QueueFilters", "QueuePage", "QueueRow", "QueueSummary", "page", "row"]

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """The newest sealed summary; bytes are b64u, for the page's own script."""

    epoch_kid: str
    version: int
    sealed: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One referral of the queue. Ids, hashes and sealed bytes are b64u; `size` is 1 to 4; times are days."""

    referral_id: str
    report_id: str | None
    state: str
    urgent: bool
    received_on: date
    due_on: date
    overdue: bool
    assignee: str | None
    opened: bool
    item_count: int
    message_count: int
    unread_from_reporter: bool
    sealed_by: str
    size: int
    kid: str
    origin_kid: str
    sealed_hash: str | None
    version: int
    destroy_on: date | None
    summary: QueueSummary | None
    junk: Mark | None
    lost_on: date | None
    """When the organisation lost the key that opens it; None where it can be opened."""
    kept_until: date | None = None
    hold: HoldStanding | None = None
    """When it goes, or what keeps it: where one referral is shown, or those that go soon and those that are kept."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page; `next_cursor` is empty on the last."""

    rows: tuple[QueueRow, ...]
    next_cursor: str
    counts: Counts


def page(
    session: Session, signed_in: SignedIn, filters: QueueFilters, after: str, now: datetime, size: int = PAGE
) -> QueuePage:
    """Give the page of the caseworker's own organisation that follows the cursor `after` (empty: the first).

    Raises FormatError for a cursor or filter that this portal did not make.
    """
    place = queue_order.read_cursor(after)
    reads_only(session)
    today = day_of(now)
    found = queue_order.places(session, signed_in, filters, place, size + 1, today)
    shown, more = found[:size], len(found) > size
    rows = _finish(session, _in_order(session, shown), today)
    return QueuePage(
        rows=_with_days(session, signed_in, rows) if filters.state in {GOING, HELD} else rows,
        next_cursor=queue_order.cursor(shown[-1]) if more else "",
        counts=queue_counts.counts(session, signed_in, today),
    )


def row(session: Session, signed_in: SignedIn, referral_id: bytes, now: datetime) -> QueueRow:
    """Give one referral as the queue shows it. Raises NotFound unless it is the caseworker's own organisation's."""
    reads_only(session)
    own = Referral.organisation_id == signed_in.organisation_id
    found = session.execute(_rows().where(Referral.referral_id == referral_id, own)).all()
    if not found:
        raise NotFound
    return _with_days(session, signed_in, _finish(session, found, day_of(now)))[0]


def _with_days(session: Session, signed_in: SignedIn, rows: Sequence[QueueRow]) -> tuple[QueueRow, ...]:
    ids = [b64u_decode(row.referral_id, "referral_id", 16) for row in rows]
    days = retention.days_of(session, signed_in.organisation_id, ids)
    holds = hold_reading.in_force(session, ids)
    return tuple(
        replace(row, hold=holds.get(one), kept_until=None if one in holds or row.junk else days.get(one))
        for row, one in zip(rows, ids, strict=True)
    )


def _in_order(session: Session, shown: Sequence[Place]) -> list[Row[Any]]:
    ids = [place.referral_id for place in shown]
    found = {one.referral_id: one for one in session.execute(_rows().where(Referral.referral_id.in_(ids)))}
    return [found[referral_id] for referral_id in ids if referral_id in found]


def _rows() -> Any:  # noqa: ANN401 - a select of twenty columns has no name
    """Select everything of a row but its letter."""
    return (
        select(
            Referral.referral_id,
            Referral.report_id,
            Referral.state,
            Referral.urgent,
            Referral.received_on,
            Referral.due_on,
            Caseworker.login.label("assignee"),
            Referral.opened_at,
            Referral.unread_from_reporter,
            Referral.sealed_by,
            Referral.size,
            Referral.kid,
            Referral.origin_kid,
            Referral.sealed_hash,
            Referral.version,
            Referral.destroy_on,
            Summary.epoch_kid,
            Summary.version.label("summary_version"),
            Summary.shred_id,
            Summary.sealed.label("summary_sealed"),
        )
        .outerjoin(Caseworker, Caseworker.caseworker_id == Referral.assignee_id)
        .outerjoin(Summary, Summary.referral_id == Referral.referral_id)
    )


def _finish(session: Session, found: Sequence[Row[Any]], today: date) -> tuple[QueueRow, ...]:
    ids = [one.referral_id for one in found]
    items, messages = _count(session, ReferralItem, ids), _count(session, Message, ids)
    lost = keyring.lost(session, {one.kid for one in found})
    keys = shredding.under(session, {one.shred_id for one in found})
    marks = junk.of_referrals(session, [one.referral_id for one in found if one.state == "closed"])
    return tuple(
        QueueRow(
            referral_id=b64u_encode(one.referral_id),
            report_id=None if one.report_id is None else b64u_encode(one.report_id),
            state=one.state,
            urgent=one.urgent,
            received_on=one.received_on,
            due_on=one.due_on,
            overdue=one.due_on < today and one.state in OPEN,
            assignee=one.assignee,
            opened=one.opened_at is not None,
            item_count=items[one.referral_id],
            message_count=messages[one.referral_id],
            unread_from_reporter=one.unread_from_reporter,
            sealed_by=one.sealed_by,
            size=one.size,
            kid=b64u_encode(one.kid),
            origin_kid=b64u_encode(one.origin_kid),
            sealed_hash=None if one.sealed_hash is None else b64u_encode(one.sealed_hash),
            version=one.version,
            destroy_on=one.destroy_on,
            summary=_summary(one, keys),
            junk=marks.get(one.referral_id),
            lost_on=lost.get(one.kid),
        )
        for one in found
    )


def _summary(one: Row[Any], keys: shredding.Under) -> QueueSummary | None:
    sealed = keys.take_out(one.summary_sealed, one.shred_id, "summary", one.referral_id)
    if sealed is None:
        return None
    return QueueSummary(b64u_encode(one.epoch_kid), one.summary_version, b64u_encode(sealed))


def _count(session: Session, beside: type[ReferralItem | Message], ids: list[bytes]) -> Counter[bytes]:
    rows = session.execute(
        select(beside.referral_id, func.count().label("number"))
        .where(beside.referral_id.in_(ids))
        .group_by(beside.referral_id)
    )
    return Counter({row.referral_id: row.number for row in rows})
