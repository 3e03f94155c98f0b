"""What time brings: reports and drafts past their day, sessions that ended, failures that no longer matter."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy import delete, select
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
    hold_reading,
    invitation,
    keeping,
    one_time_code,
    pending_step,
    retention,
    viewing,
)
from app.services import session as staff_session
from app.services.transaction import reads_only

EMPTY_ROWS_KEPT: Final = timedelta(days=30)  # long enough for whoever worked on a referral to see that it is gone
FOUND_AT_ONCE: Final = 1000
DESTROYED_AT_ONCE: Final = 50  # in one transaction: reports come in between two of them
REST: Final = 3  # times as long as a transaction took: SQLite has one writer, and reports need most of it

Find: TypeAlias = Callable[[Session, date, int], Sequence[bytes]]


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
    """Destroy withdrawn referrals, junk and those that no policy keeps, with their reports, and drafts; drop the rest.

    A few referrals at a time, each few whole: interrupted and begun again, or run twice at once, it ends the same. What
    a legal hold keeps stays. Entries of the access log go after `log_years`, at least two. Raises ClockDoubted, and
    destroys nothing, when `now` is a leap away from the last time, unless it is said to be right.
    """
    clock.believe(session, now, said_to_be_right=clock_is_right)
    today = day_of(now)
    keeping.begin_missing(session, now)
    retention.begin_to_count(session, today)
    session.commit()
    gone = [_destroy_all(session, find, now) for find in (_withdrawn, _junk, retention.due)]
    old = (Referral.state == "destroyed") & (Referral.state_on < today - EMPTY_ROWS_KEPT) & Referral.report_id.is_(None)
    empty_rows = len(session.execute(delete(Referral).where(old).returning(Referral.referral_id)).all())
    purged = Purged(
        referrals=sum(referrals for referrals, _reports in gone),
        reports=sum(reports for _referrals, reports in gone),
        drafts=draft.forget_old(session, today),
        empty_rows=empty_rows,
        sessions=staff_session.end_old(session, now),
        failures=guessing.forget_failures(session, now),
        log_entries=access_log.forget_old(session, now, log_years),
    )
    for passing in (pending_step, viewing, bulk_change, invitation):
        passing.forget_old(session, now)
    guessing.forget_unknown(session)
    session.commit()
    one_time_code.stretch_old(session)
    return purged


def _destroy_all(session: Session, find: Find, now: datetime) -> tuple[int, int]:
    """Destroy all that is found, a few in one transaction, and rest in between: give referrals and reports."""
    referrals = reports = 0
    while True:
        reads_only(session)
        found = find(session, day_of(now), FOUND_AT_ONCE)
        session.rollback()
        before = referrals
        for first in range(0, len(found), DESTROYED_AT_ONCE):
            began = time.monotonic()
            destroyed, emptied = _destroy(session, found[first : first + DESTROYED_AT_ONCE], now)
            referrals, reports = referrals + destroyed, reports + emptied
            if len(found) > DESTROYED_AT_ONCE:
                time.sleep(REST * (time.monotonic() - began))
        if len(found) < FOUND_AT_ONCE or referrals == before:
            return referrals, reports


def _destroy(session: Session, referral_ids: Sequence[bytes], now: datetime) -> tuple[int, int]:
    """Destroy those of these that are due once nobody else can change them: reports are locked first, then referrals.

    A hold that was set meanwhile is seen here; one that is set after finds the referral destroyed.
    """
    chosen = Referral.referral_id.in_(referral_ids)
    destruction.lock_reports(session, select(Referral.report_id).where(chosen))
    locked = session.scalars(
        select(Referral)
        .where(chosen)
        .order_by(Referral.referral_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    kept = hold_reading.in_force(session, referral_ids)
    due = [one for one in _due(session, locked, day_of(now)) if one.referral_id not in kept]
    report_ids = {one.report_id for one in due if one.report_id is not None}
    destruction.destroy(session, [one.referral_id for one in due], now)
    reports = sum(destruction.forget_if_empty(session, report_id, now) for report_id in sorted(report_ids))
    session.commit()
    return len(due), reports


def _due(session: Session, locked: Sequence[Referral], today: date) -> list[Referral]:
    """Give those of some locked referrals whose day is past, for whichever reason."""
    policies = keeping.policies(session, {one.organisation_id for one in locked})
    marked = set(
        session.scalars(
            select(Junk.referral_id).where(
                Junk.referral_id.in_([one.referral_id for one in locked]), Junk.destroy_on < today
            )
        )
    )
    return [
        one
        for one in locked
        if (one.state == "withdrawn" and one.destroy_on is not None and one.destroy_on < today)
        or (one.state == "closed" and one.referral_id in marked)
        or retention.is_due(one, policies, today)
    ]


def _withdrawn(session: Session, today: date, most: int) -> Sequence[bytes]:
    past = (Referral.state == "withdrawn") & (Referral.destroy_on < today)
    return session.scalars(select(Referral.referral_id).where(past, retention.no_hold()).limit(most)).all()


def _junk(session: Session, today: date, most: int) -> Sequence[bytes]:
    return session.scalars(
        select(Referral.referral_id)
        .join(Junk, Junk.referral_id == Referral.referral_id)
        .where(Junk.destroy_on < today, Referral.state == "closed", retention.no_hold())
        .limit(most)
    ).all()
