"""The log of what staff did: who, when, which referral, what. The law asks for it; reporters are not in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Delete, delete, func, select
from sqlalchemy.orm import Session

from app.models import AccessLog, Caseworker, Organisation
from app.models.base import Moment
from app.services.signed_in import SignedIn

LEAST_YEARS: Final = 2  # the triggers of the table refuse to let anything younger go
YEAR: Final = timedelta(days=366)
ACTIONS: Final = (
    "signed_in", "signed_out", "opened", "claimed", "released", "state_changed", "items_changed", "message_sent",
    "items_undone", "summary_saved", "record_saved", "record_removed", "records_read",
    "rota_changed", "test_mail_asked", "junk_marked",
    "junk_undone", "junk_destroyed", "assigned", "deadline_changed", "change_undone",
    "sign_in_failed", "passphrase_changed", "passkey_added", "passkey_removed",
    "totp_set", "codes_made", "session_ended", "factors_cleared",
    "resealing", "resealed", "recovered", "recovery_seen", "invited_anew", "founded_anew",
    "log_exported", "log_reviewed", "figures_exported", "figures_published", "figures_taken_back",
    "passed_on", "onward_accepted", "onward_refused", "evidence_made", "links_listed", "list_made",
    "invited", "invitation_withdrawn", "joined", "let_in", "left", "role_changed", "keys_changed",
    "organisation_changed", "hold_set", "hold_lifted", "notice_posted", "notice_ended",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `by` is a login, `action` one of ACTIONS, `detail` words of the vocabulary, never anything typed."""

    at: datetime
    by: str
    action: str
    detail: str


def record(
    session: Session,
    signed_in: SignedIn,
    action: str,
    now: datetime,
    *,
    referral_id: bytes | None = None,
    subject_id: bytes | None = None,
    detail: str = "",
) -> None:
    """Add an entry to the transaction of the act itself: neither stands without the other. Commits nothing.

    `subject_id` is the caseworker whom it was done to.
    """
    session.add(
        AccessLog(
            at=now,
            organisation_id=signed_in.organisation_id,
            caseworker_id=signed_in.caseworker_id,
            referral_id=referral_id,
            subject_id=subject_id,
            action=action,
            detail=detail,
        )
    )


def record_by(
    session: Session,
    organisation_id: bytes,
    caseworker_id: bytes,
    action: str,
    now: datetime,
    *,
    detail: str = "",
) -> None:
    """Add an entry of somebody who has no session yet. Commits nothing."""
    session.add(
        AccessLog(
            at=now,
            organisation_id=organisation_id,
            caseworker_id=caseworker_id,
            referral_id=None,
            action=action,
            detail=detail,
        )
    )


def history(session: Session, signed_in: SignedIn, referral_id: bytes) -> tuple[Entry, ...]:
    """Give what the caseworker's own organisation did with one referral, oldest first."""
    rows = session.execute(
        select(AccessLog.at, Caseworker.login, AccessLog.action, AccessLog.detail)
        .join(Caseworker, Caseworker.caseworker_id == AccessLog.caseworker_id)
        .where(AccessLog.organisation_id == signed_in.organisation_id, AccessLog.referral_id == referral_id)
        .order_by(AccessLog.number)
    )
    return tuple(Entry(at, login, action, detail) for at, login, action, detail in rows)


def forget_old(session: Session, now: datetime, years: int) -> int:
    """Delete entries that are older than so many years of 366 days; give how many. Commits nothing.

    Nothing goes that the database's own clock does not find as old. Raises ValueError for less than two years.
    """
    if years < LEAST_YEARS:
        message = "an entry of the access log is kept for two years"
        raise ValueError(message)
    last = min(now, session.scalars(select(func.now(type_=Moment()))).one()) - years * YEAR
    organisations = session.scalars(select(Organisation.organisation_id)).all()
    return sum(
        len(session.execute(_older(organisation_id, last).returning(AccessLog.number)).all())
        for organisation_id in organisations
    )


def _older(organisation_id: bytes, last: datetime) -> Delete:
    return delete(AccessLog).where(AccessLog.organisation_id == organisation_id, AccessLog.at < last)
