"""The monthly look at the access log, signed off."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class LogReview(Base):
    """One organisation's one month (`2026-11`): who looked, when, and the last entry that was there."""

    __tablename__ = "log_review"

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    reviewed_by: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    reviewed_at: Mapped[datetime]
    last_number: Mapped[int]
