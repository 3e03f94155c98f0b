"""Destroying referrals and reports. What stays says that something was destroyed, and nothing of what it was."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import SelectBase, delete, select, update
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.models import (
    DestroyedReport,
    Junk,
    Message,
    PassedOn,
    Referral,
    ReferralItem,
    Report,
    Summary,
    Viewing,
    WorkRecord,
)
from app.services import shredding
from app.services.insertion import insert_if_absent
from app.services.report import report_hash


def destroy(session: Session, referral_ids: Collection[bytes], now: datetime) -> None:
    """Delete letters and everything beside them; the emptied rows tell whoever worked on them. Commits nothing.

    Their shred keys go when the session commits, before the rows do.
    """
    keys = select(Referral.referral_id, Referral.shred_id).where(Referral.referral_id.in_(referral_ids))
    shredding.doom(session, "referral", [(row.referral_id, row.shred_id) for row in session.execute(keys)])
    for beside in (Message, ReferralItem, Summary, WorkRecord, Viewing, Junk):
        session.execute(delete(beside).where(beside.referral_id.in_(referral_ids)))
    session.execute(update(PassedOn).where(PassedOn.referral_id.in_(referral_ids)).values(answer=None, shred_id=None))
    session.execute(
        update(Referral)
        .where(Referral.referral_id.in_(referral_ids), Referral.state != "destroyed")
        .values(
            state="destroyed",
            state_on=day_of(now),
            destroy_on=None,
            shred_id=None,
            sealed=None,
            sealed_hash=None,
            leaf=None,
            unread_from_reporter=False,
            version=Referral.version + 1,
            changed_by=None,
            changed_at=None,
        )
    )


def lock_reports(session: Session, report_ids: SelectBase) -> None:
    """Lock reports before their referrals, in one order, as a withdrawal does: the two cannot wait for each other."""
    found = select(Report.report_id).where(Report.report_id.in_(report_ids))
    session.execute(found.order_by(Report.report_id).with_for_update()).all()


def forget_if_empty(session: Session, report_id: bytes, now: datetime) -> bool:
    """Delete a report whose referrals are all destroyed, and keep its hash; say whether it was. Commits nothing."""
    left = select(Referral.referral_id).where(Referral.report_id == report_id, Referral.state != "destroyed")
    if session.scalar(left.limit(1)) is not None:
        return False
    session.execute(update(Referral).where(Referral.report_id == report_id).values(report_id=None))
    deleted = session.execute(delete(Report).where(Report.report_id == report_id).returning(Report.shred_id)).all()
    shredding.doom(session, "report", [(report_id, row.shred_id) for row in deleted])
    gone = {"report_hash": report_hash(report_id), "destroyed_on": day_of(now)}
    insert_if_absent(session, DestroyedReport, gone)
    return True
