"""Notices of the operator's that stand on every page for reporters: posted, ended, and never taken out of the list."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import public_notice
from app.domain.deadline import day_of
from app.domain.role import OPERATOR
from app.errors import NotFound
from app.models import PublicNotice
from app.services import access_log
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice as it stands in the list; `ended_on` is the day on which it was taken down early."""

    notice_id: bytes
    content: public_notice.PublicNotice
    ended_on: date | None

    def is_standing(self, today: date) -> bool:
        """Say whether it is shown on every page today."""
        return public_notice.is_standing(self.content.from_day, self.content.until_day, self.ended_on, today)


def post(session: Session, signed_in: SignedIn, notice: public_notice.PublicNotice, now: datetime) -> bytes:
    """Post a notice; give its id (16 bytes). Raises NotAllowed, FormatError."""
    signed_in.must(OPERATOR)
    public_notice.check_notice(notice)
    row = PublicNotice(
        notice_id=secrets.token_bytes(16),
        kind=notice.kind,
        title_ko=notice.title_ko,
        title_en=notice.title_en,
        text_ko=notice.text_ko,
        text_en=notice.text_en,
        from_day=notice.from_day,
        until_day=notice.until_day,
        posted_at=now,
        posted_by=signed_in.caseworker_id,
        ended_at=None,
    )
    session.add(row)
    access_log.record(session, signed_in, "notice_posted", now, detail=notice.kind)
    session.commit()
    return row.notice_id


def end(session: Session, signed_in: SignedIn, notice_id: bytes, now: datetime) -> None:
    """Take a notice off the pages; it stays in the list. Doing so again changes nothing.

    Raises NotAllowed, NotFound.
    """
    signed_in.must(OPERATOR)
    row = session.get(PublicNotice, notice_id, with_for_update=True)
    if row is None:
        raise NotFound
    if row.ended_at is None:
        row.ended_at = now
        access_log.record(session, signed_in, "notice_ended", now, detail=row.kind)
    session.commit()


def everything(session: Session, signed_in: SignedIn) -> tuple[Posted, ...]:
    """Give every notice, those to come included, the newest first. Raises NotAllowed."""
    signed_in.must(OPERATOR)
    return _listed(session)


def begun(session: Session, today: date) -> tuple[Posted, ...]:
    """Give the notices that everybody may read: all but those that are still to come, the newest first."""
    return tuple(one for one in _listed(session) if one.content.from_day <= today)


def standing(session: Session, today: date) -> tuple[Posted, ...]:
    """Give the notices that stand on every page today, the newest first."""
    return tuple(one for one in _listed(session) if one.is_standing(today))


def _listed(session: Session) -> tuple[Posted, ...]:
    reads_only(session)
    rows = session.scalars(select(PublicNotice).order_by(PublicNotice.posted_at.desc(), PublicNotice.notice_id))
    return tuple(
        Posted(
            row.notice_id,
            public_notice.PublicNotice(
                row.kind, row.title_ko, row.title_en, row.text_ko, row.text_en, row.from_day, row.until_day
            ),
            None if row.ended_at is None else day_of(row.ended_at),
        )
        for row in rows
    )
