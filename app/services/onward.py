"""Passing a letter on to another organisation, and what the receiver answers. Letters and answers are sealed."""

import hashlib
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.casework_errors import AlreadyPassedOn
from app.domain import onward_state
from app.domain.deadline import day_of
from app.domain.passing_on import Answering, PassingOn
from app.domain.referral_state import LIVING, OPEN
from app.domain.sealed_length import size_class
from app.domain.submission import Envelope
from app.errors import FormatError, MessageExists, NotFound, TransitionRefused, Withdrawn
from app.models import Organisation, PassedOn, Referral, Report
from app.services import access_log, message, referral, shredding
from app.services import report as reports
from app.services.addition import Added
from app.services.referral import Standing
from app.services.signed_in import SignedIn

SEALED_BY: Final = "organisation"
MOST: Final = 16  # from one referral, those that were refused or destroyed included


def pass_on(session: Session, signed_in: SignedIn, referral_id: bytes, asked: PassingOn, now: datetime) -> Added:
    """Keep a letter to another organisation as a referral of the same report; the same bytes again change nothing.

    Raises NotAllowed, NotFound, Withdrawn, TransitionRefused (closed, or not accepted itself), AlreadyPassedOn,
    KeyRetired, NotReceiving, MessageExists (the id is used), or FormatError: to oneself, or a letter of a smaller size
    than the one that it comes out of, which would tell that something was left out.
    """
    signed_in.must("caseworker")
    held = _held_with_report(session, signed_in, referral_id)
    earlier = _earlier(session, referral_id, asked)
    if earlier is not None:
        return earlier
    referral.must_live(held)
    if held.state not in OPEN or held.onward in {"offered", "refused"} or held.report_id is None:
        raise TransitionRefused
    if asked.organisation == signed_in.slug:
        raise FormatError("organisation")
    if size_class(len(asked.sealed)) < held.size:
        raise FormatError("sealed")
    _must_be_first(session, referral_id, asked.organisation)
    received_on = max(day_of(now), held.received_on)
    _keep(session, signed_in, held.report_id, referral_id, asked, now)
    if asked.message is not None:
        message.keep(
            session, referral_id, asked.message.message_id, message.TO_REPORTER, asked.message.sealed, now, signed_in
        )
    access_log.record(session, signed_in, "passed_on", now, referral_id=referral_id, detail=asked.organisation)
    session.commit()
    return Added(asked.referral_id, received_on)


def answer(session: Session, signed_in: SignedIn, referral_id: bytes, asked: Answering, now: datetime) -> Standing:
    """Accept a letter that another organisation passed on, and take it on, or refuse it, which closes it.

    A refusal can be taken back. The same answer again is answered with where the referral stands. Raises NotAllowed,
    NotFound (also for a letter that nobody passed on), Withdrawn, VersionConflict, TransitionRefused or MessageExists.
    """
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    row = session.get(PassedOn, referral_id, with_for_update=True)
    if row is None:
        raise NotFound
    if (held.onward, shredding.taken_out(session, row, "answer")) == (asked.answer, asked.sealed):
        return referral.standing(session, held)
    referral.must_live(held)
    referral.must_be_at(session, held, asked.version)
    onward_state.check_transition(held.onward, asked.answer, signed_in.role)
    _settle(held, signed_in, asked.answer, now)
    row.answered_by, row.answered_at, row.seen_at = signed_in.caseworker_id, now, None
    row.shred_id = held.shred_id
    shredding.again(session, row, asked.sealed, "answer")
    if asked.message is not None:
        said = asked.message
        if message.kept(session, referral_id, said.message_id, message.TO_REPORTER, said.sealed) is None:
            message.keep(session, referral_id, said.message_id, message.TO_REPORTER, said.sealed, now, signed_in)
    access_log.record(session, signed_in, f"onward_{asked.answer}", now, referral_id=referral_id)
    session.flush()
    standing = referral.standing(session, held)
    session.commit()
    return standing


def _settle(held: Referral, signed_in: SignedIn, answered: str, now: datetime) -> None:
    held.onward = answered
    if answered == "refused":
        referral.move(held, "closed", now)
    elif held.state in {"received", "closed"}:
        referral.move(held, "assigned", now)
        held.assignee_id = held.assignee_id or signed_in.caseworker_id
    referral.changed(held, signed_in, now)


def _held_with_report(session: Session, signed_in: SignedIn, referral_id: bytes) -> Referral:
    """Give a referral, locked after its report, as a withdrawal locks them: none that is passed on escapes one."""
    report_id = session.scalar(
        select(Referral.report_id).where(
            Referral.referral_id == referral_id, Referral.organisation_id == signed_in.organisation_id
        )
    )
    if report_id is not None:
        session.execute(select(Report.report_id).where(Report.report_id == report_id).with_for_update()).all()
    return referral.held(session, signed_in, referral_id)


def _earlier(session: Session, referral_id: bytes, asked: PassingOn) -> Added | None:
    """Give the first answer if these very bytes came before. Raises MessageExists for an id that is used otherwise."""
    known = session.get(Referral, asked.referral_id)
    if known is None:
        return None
    if known.referred_by == referral_id and known.state == "destroyed":
        raise Withdrawn
    sealed_hash = hashlib.sha256(asked.sealed).digest()
    if (known.referred_by, known.origin_kid) != (referral_id, asked.kid) or known.sealed_hash != sealed_hash:
        raise MessageExists
    return Added(known.referral_id, known.received_on)


def _must_be_first(session: Session, referral_id: bytes, slug: str) -> None:
    """Refuse what this organisation itself passed on to that one already; what others did stays theirs to know."""
    onward = Referral.referred_by == referral_id
    living = (
        select(Referral.referral_id)
        .join(Organisation, Organisation.organisation_id == Referral.organisation_id)
        .where(onward, Organisation.slug == slug, Referral.state.in_(sorted(LIVING)), Referral.onward != "refused")
    )
    count = session.scalar(select(func.count()).select_from(Referral).where(onward)) or 0
    if count >= MOST or session.scalar(living.limit(1)) is not None:
        raise AlreadyPassedOn


def _keep(
    session: Session, signed_in: SignedIn, report_id: bytes, referral_id: bytes, asked: PassingOn, now: datetime
) -> None:
    envelope = Envelope(asked.organisation, asked.kid, asked.sealed, asked.leaf)
    rows: list[dict[str, Any]] = reports.letters_of(
        session,
        report_id,
        [envelope],
        sealed_by=SEALED_BY,
        urgent=asked.urgent,
        received_on=day_of(now),
        referral_id=asked.referral_id,
    )
    reports.keep_letters(session.connection(), report_id, rows)
    session.execute(
        update(Referral)
        .where(Referral.referral_id == asked.referral_id)
        .values(referred_by=referral_id, onward="offered")
    )
    session.add(
        PassedOn(
            referral_id=asked.referral_id,
            referrer_id=signed_in.organisation_id,
            sent_by=signed_in.caseworker_id,
            sent_at=now,
            answered_by=None,
            answered_at=None,
            seen_at=None,
            answer=None,
        )
    )
    session.flush()
