"""All that is open, for a browser that sorts, filters and searches it by what it alone can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Caseworker, Epoch, Referral, Summary
from app.services import queue_order, several, shredding
from app.services.queue_order import QueueFilters
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One open referral as the server knows it. `summary_version` is 0 where no summary was made yet.

    `lost`: it lies under keys that the organisation lost, and nobody opens it any more.
    """

    referral_id: bytes
    state: str
    urgent: bool
    received_on: date
    due_on: date
    assignee: str | None
    opened: bool
    unread: bool
    sealed_by: str
    size: int
    version: int
    summary_version: int
    lost: bool


@dataclass(frozen=True, slots=True)
class ListedPage:
    """Some rows in the queue's order; `next` is the cursor of what follows, empty on the last page."""

    rows: tuple[ListedRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class SealedSummary:
    """One newest summary as it lies here, with all that its opening needs but the key."""

    referral_id: bytes
    report_id: bytes
    sealed_hash: bytes
    epoch_kid: bytes
    version: int
    sealed: bytes


def page(session: Session, signed_in: SignedIn, after: str, size: int = PAGE) -> ListedPage:
    """Give the open referrals of the own organisation that follow the cursor `after` (empty: from the start).

    Raises FormatError for a cursor that this portal did not make.
    """
    place = queue_order.read_cursor(after)
    reads_only(session)
    found = queue_order.places(session, signed_in, QueueFilters(), place, size + 1)
    shown = [one.referral_id for one in found[:size]]
    rows = {one.referral_id: ListedRow(**one._mapping) for one in session.execute(_rows(shown))}  # noqa: SLF001 - its public name
    following = queue_order.cursor(found[size - 1]) if len(found) > size else ""
    return ListedPage(tuple(rows[referral_id] for referral_id in shown if referral_id in rows), following)


def summaries(session: Session, signed_in: SignedIn, referral_ids: Sequence[bytes]) -> tuple[SealedSummary, ...]:
    """Give the summaries of those of these referrals that are the own organisation's and have one."""
    reads_only(session)
    rows = session.execute(
        select(
            Referral.referral_id,
            Referral.report_id,
            Referral.sealed_hash,
            Summary.epoch_kid,
            Summary.version,
            Summary.shred_id,
            Summary.sealed,
        )
        .join(Summary, Summary.referral_id == Referral.referral_id)
        .where(
            Referral.referral_id.in_(referral_ids),
            several.own(signed_in),
            Referral.sealed_hash.is_not(None),
        )
    ).all()
    keys = shredding.under(session, {one.shred_id for one in rows})
    found: list[SealedSummary] = []
    for one in rows:
        sealed = keys.take_out(one.sealed, one.shred_id, "summary", one.referral_id)
        if sealed is not None and one.report_id is not None and one.sealed_hash is not None:
            place = (one.referral_id, one.report_id, one.sealed_hash)
            found.append(SealedSummary(*place, one.epoch_kid, one.version, sealed))
    return tuple(found)


def _rows(referral_ids: Sequence[bytes]) -> Any:  # noqa: ANN401 - a select of so many columns has no name
    return (
        select(
            Referral.referral_id,
            Referral.state,
            Referral.urgent,
            Referral.received_on,
            Referral.due_on,
            Caseworker.login.label("assignee"),
            Referral.opened_at.is_not(None).label("opened"),
            Referral.unread_from_reporter.label("unread"),
            Referral.sealed_by,
            Referral.size,
            Referral.version,
            func.coalesce(Summary.version, 0).label("summary_version"),
            Epoch.lost_on.is_not(None).label("lost"),
        )
        .join(Epoch, Epoch.kid == Referral.kid)
        .outerjoin(Caseworker, Caseworker.caseworker_id == Referral.assignee_id)
        .outerjoin(Summary, Summary.referral_id == Referral.referral_id)
        .where(Referral.referral_id.in_(referral_ids))
    )
