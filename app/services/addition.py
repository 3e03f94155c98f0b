"""An organisation is added to a report later: one more sealed letter, to somebody who has none of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.domain.coming_back import Addition
from app.domain.deadline import day_of
from app.domain.referral_state import LIVING
from app.domain.sealed_length import size_class
from app.domain.submission import ENVELOPES_MOST
from app.errors import FormatError, NotAdded
from app.models import Organisation, Referral, Report
from app.services import keyring, shredding
from app.services import report as reports
from app.services.follow_up import report_of

LETTERS_MOST: Final = 2 * ENVELOPES_MOST  # of one report, those that were destroyed meanwhile included

Letter: TypeAlias = Row[str, bytes, bytes | None, int, bool, str, date, str, bytes]


@dataclass(frozen=True, slots=True)
class Added:
    """What the sender is told: the same the second time."""

    referral_id: bytes
    received_on: date


def add_organisation(session: Session, asked: Addition, now: datetime, *, grace_days: int = 0) -> Added:
    """Keep one more letter of a report durably, and the own record as it is now; the same letter again changes nothing.

    An organisation whose letter was withdrawn, or is under keys that it lost, or that did not accept one passed on to
    it, may get a new one, and a report that was withdrawn as a whole lives again with it.
    Raises NotFound (token), NotAdded (it has a living letter, or there are too many of the reporter's own), KeyRetired,
    or FormatError where the letter is of a smaller size than the report's others: its size must say nothing of them.
    """
    report = report_of(session, asked.token, lock=True)
    envelope, letters = asked.envelope, _letters(session, report.report_id)
    sealed_hash = hashlib.sha256(envelope.sealed).digest()
    for letter in letters:
        if (letter.slug, letter.sealed_hash) == (envelope.organisation, sealed_hash):
            return Added(letter.referral_id, letter.received_on)
    own = sum(letter.onward == "" for letter in letters)
    if own >= LETTERS_MOST or _has_one(session, letters, envelope.organisation):
        raise NotAdded
    if size_class(len(envelope.sealed)) < max(letter.size for letter in letters):
        raise FormatError("envelope.sealed")
    urgent = any(letter.urgent for letter in letters)
    added = _keep(session, report, asked, urgent=urgent, now=now, grace_days=grace_days)
    shredding.again(session, report, asked.own, "own")
    if report.state == "withdrawn":
        report.state, report.destroy_on = "received", None
    session.commit()
    return added


def _has_one(session: Session, letters: Sequence[Letter], slug: str) -> bool:
    """Say whether an organisation has a letter that lives, that it did not refuse, and that it can open."""
    living = [
        letter.kid
        for letter in letters
        if letter.slug == slug and letter.state in LIVING and letter.onward != "refused"
    ]
    return len(keyring.lost(session, living)) < len(living)


def _letters(session: Session, report_id: bytes) -> Sequence[Letter]:
    return session.execute(
        select(
            Organisation.slug,
            Referral.referral_id,
            Referral.sealed_hash,
            Referral.size,
            Referral.urgent,
            Referral.state,
            Referral.received_on,
            Referral.onward,
            Referral.kid,
        )
        .join(Organisation, Organisation.organisation_id == Referral.organisation_id)
        .where(Referral.report_id == report_id)
    ).all()


def _keep(session: Session, report: Report, asked: Addition, *, urgent: bool, now: datetime, grace_days: int) -> Added:
    # A clock that was set back meanwhile must not date anything before the report itself.
    received_on = max(day_of(now), report.received_on)
    (letter,) = rows = reports.letters_of(
        session,
        report.report_id,
        [asked.envelope],
        sealed_by=asked.sealed_by,
        urgent=urgent,
        received_on=received_on,
        grace_days=grace_days,
    )
    reports.keep_letters(session.connection(), report.report_id, rows)
    return Added(letter["referral_id"], received_on)
