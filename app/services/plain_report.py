"""A report that the server itself seals, for people whose browser runs no scripts.

What was typed exists here as arguments of functions, for as long as they run: it is sealed before anything is stored,
and what is stored is what a browser would have sent. Nothing here opens anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from app.crypto import report as sealing
from app.domain.answer import answer
from app.domain.letter import Consent, Letter
from app.domain.submission import Submission, parse_submission
from app.errors import KeyRetired
from app.services import organisation, report
from app.services.report import Received

SEALED_BY = "server"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An organisation that was chosen: what it may do, and which compartments it may read."""

    slug: str
    consent: Consent
    compartments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipients:
    """The portal and the keys in force of those who were chosen, in their order."""

    portal_id: bytes
    choices: tuple[sealing.Choice, ...]


def recipients(session: Session, chosen: Sequence[Chosen]) -> Recipients:
    """Give the keys to seal to, and let the database go: sealing takes a while. Raises KeyRetired where one is gone."""
    directory = organisation.directory(session)
    session.rollback()
    listed = {one.slug: one for one in directory.organisations}
    if not {one.slug for one in chosen} <= listed.keys():
        raise KeyRetired
    return Recipients(
        directory.portal_id,
        tuple(
            sealing.Choice(cast("dict[str, Any]", answer(listed[one.slug])), one.consent, one.compartments)
            for one in chosen
        ),
    )


def seal(to: Recipients, code: str, letter: Letter, *, urgent: bool, keep_own: bool) -> Submission:
    """Seal one letter to each recipient. Takes some 0.3 s of a processor, nearly all of it for stretching the code.

    Raises FormatError where the code or the letter is none, or too long for the largest size.
    """
    sealed = sealing.seal_report(
        to.portal_id, code, letter, to.choices, urgent=urgent, keep_own=keep_own, sealed_by=SEALED_BY
    )
    return parse_submission(sealed.body, sealed_by=(SEALED_BY,))


def keep(session: Session, submission: Submission, now: datetime, *, grace_days: int = 0) -> Received:
    """Store what was sealed, once: sealing is random, so what comes again is known by its lookup, not by its bytes.

    Raises as `report.submit` does.
    """
    return report.submit(session, submission, submission.lookup, now, grace_days=grace_days)
