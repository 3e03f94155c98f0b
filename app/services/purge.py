"""What time brings: reports and drafts past their day, sessions that ended, failures that no longer matter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, union_all
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.models import Junk, Referral
from app.services import (
    access_log,
    bulk_change,
    clock,
    destruction,
    draft,
    guessing,
    invitation,
    pending_step,
    viewing,
)
from app.services import session as staff_session

EMPTY_ROWS_KEPT: Final = timedelta(days=30)  # long enough for whoever worked on a referral to see that it is gone


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each."""

    referrals: int
    reports: int
    drafts: int
    empty_rows: int
    sessions: int
    failures: int
    log_entries: int


def purge(
    session: Session, now: datetime, *, clock_is_right: bool = False, log_years: int = access_log.LEAST_YEARS
) -> Purged:
    """Destroy withdrawn referrals and junk whose day is past, with their reports, and drafts; drop what is over.

    Entries of the access log go after `log_years`, at least two. Safe to run at any time. Raises ClockDoubted, and
    destroys nothing, when `now` is a leap away from the last time, unless it is said to be right.
    """
    clock.believe(session, now, said_to_be_right=clock_is_right)
    today = day_of(now)
    withdrawn = (Referral.state == "withdrawn") & (Referral.destroy_on < today)
    marked = select(Junk.referral_id).where(Junk.destroy_on < today)
    junk = (Referral.state == "closed") & Referral.referral_id.in_(marked)
    destruction.lock_reports(
        session, union_all(select(Referral.report_id).where(withdrawn), select(Referral.report_id).where(junk))
    )
    rows = [
        row
        for due in (withdrawn, junk)
        for row in session.execute(select(Referral.referral_id, Referral.report_id).where(due).with_for_update())
    ]
    destruction.destroy(session, [referral_id for referral_id, _report_id in rows], now)
    report_ids = {report_id for _referral_id, report_id in rows if report_id is not None}
    reports = sum(destruction.forget_if_empty(session, report_id, now) for report_id in sorted(report_ids))
    old = (Referral.state == "destroyed") & (Referral.state_on < today - EMPTY_ROWS_KEPT) & Referral.report_id.is_(None)
    empty_rows = len(session.execute(delete(Referral).where(old).returning(Referral.referral_id)).all())
    purged = Purged(
        referrals=len(rows),
        reports=reports,
        drafts=draft.forget_old(session, today),
        empty_rows=empty_rows,
        sessions=staff_session.end_old(session, now),
        failures=guessing.forget_failures(session, now),
        log_entries=access_log.forget_old(session, now, log_years),
    )
    for passing in (pending_step, viewing, bulk_change, invitation):
        passing.forget_old(session, now)
    session.commit()
    return purged
