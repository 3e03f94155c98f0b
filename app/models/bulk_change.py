"""How a referral stood before somebody last changed it together with others: for minutes, so that it can be undone."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class BulkChange(Base):
    """`version` is the one that the change made: whatever changed since then, this says nothing about."""

    __tablename__ = "bulk_change"

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
    caseworker_id: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    changed_at: Mapped[datetime]
    version: Mapped[int]
    state: Mapped[str]
    due_on: Mapped[date]
    assignee_id: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
