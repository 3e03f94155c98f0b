"""Putting what was written before there were shred keys under keys, a few reports at a time, until none is left."""

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.models import Message, PassedOn, Referral, Report, Summary, WorkRecord
from app.services import destruction, shredding

AT_ONCE: Final = 25  # referrals, or reports, in one transaction
_BESIDE: Final[tuple[tuple[Any, str], ...]] = (
    (Message, "sealed"),
    (Summary, "sealed"),
    (WorkRecord, "sealed"),
    (PassedOn, "answer"),
)


def put_under(session: Session, most: int) -> int:
    """Put up to `most` rows' reports and referrals under keys, each with all that is written beside it; give how many.

    Safe to run again, and beside workers of the release before, whose rows come under keys at the next time.
    """
    done = 0
    while done < most:
        number = _reports(session, min(AT_ONCE, most - done)) or _referrals(session, min(AT_ONCE, most - done))
        if not number:
            break
        done += number
    return done


def _reports(session: Session, most: int) -> int:
    found = (
        select(Report)
        .where(Report.report_id.is_not(None), Report.shred_id.is_(None))
        .order_by(Report.report_id)
        .limit(most)
        .options(undefer(Report.own))
        .with_for_update()
    )
    reports = session.scalars(found).all()
    for one, key in zip(reports, shredding.take(session, len(reports)) if reports else (), strict=True):
        one.shred_id = key.key_id
        shredding.again(session, one, one.own, "own")
    session.commit()
    return len(reports)


def _referrals(session: Session, most: int) -> int:
    ids = _left(session, most)
    if ids:
        chosen = Referral.referral_id.in_(ids)
        destruction.lock_reports(session, select(Referral.report_id).where(chosen))
        locked = select(Referral).where(chosen, Referral.state != "destroyed").order_by(Referral.referral_id)
        held = session.scalars(
            locked.options(undefer(Referral.sealed)).with_for_update().execution_options(populate_existing=True)
        ).all()
        for one in held:
            _put_under(session, one)
    session.commit()
    return len(ids)


def _left(session: Session, most: int) -> list[bytes]:
    """Give referrals of which something lies under no key; each question is answered by an index of such rows alone."""
    questions = [select(Referral.referral_id).where(Referral.sealed.is_not(None), Referral.shred_id.is_(None))]
    for model, name in _BESIDE:
        there = model.referral_id if model is WorkRecord else getattr(model, name)
        questions.append(select(model.referral_id).where(there.is_not(None), model.shred_id.is_(None)))
    found: set[bytes] = set()
    for question in questions:
        if len(found) < most:
            found.update(one for one in session.scalars(question.limit(most - len(found))))
    return sorted(found)


def _put_under(session: Session, held: Referral) -> None:
    if held.shred_id is None:
        (key,) = shredding.take(session, 1)
        held.shred_id = key.key_id
        shredding.again(session, held, held.sealed)
    elif not shredding.under(session, [held.shred_id]).has(held.shred_id):
        return  # it is being destroyed
    for model, name in _BESIDE:
        rows = session.scalars(select(model).where(model.referral_id == held.referral_id, model.shred_id.is_(None)))
        for row in rows.all():
            if getattr(row, name) is not None:
                row.shred_id = held.shred_id
                shredding.again(session, row, getattr(row, name), name)
