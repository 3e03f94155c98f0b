"""How an organisation is told that something waits, and what it says of its hours."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Notice(Base):
    """Chosen by a lead, in the clear; below it, what was told already.

    No exact time that a reporter caused is in it: `looked_on` and `failing_since` are days, and `quiet_until` is a
    whole hour, dropped when nothing urgent waits any more.
    """

    __tablename__ = "notice"

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    digest: Mapped[bool]
    opening: Mapped[str] = mapped_column(server_default="")  # as `app.domain.opening_hours` writes it
    hours_ko: Mapped[str]
    hours_en: Mapped[str]
    away_ko: Mapped[str]
    away_en: Mapped[str]
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    changed_at: Mapped[datetime]
    test_asked_at: Mapped[datetime | None]
    test_sent_at: Mapped[datetime | None]
    looked_on: Mapped[date | None]
    quiet_until: Mapped[datetime | None]
    failing_since: Mapped[date | None]
