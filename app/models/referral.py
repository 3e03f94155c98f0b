"""Referrals: one sealed letter to one organisation, and the state of the work on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Small


class Referral(Base):
    """`version` grows with every change that staff must not overwrite unseen.

    A destroyed referral keeps its row for a while, without letter or report, so that whoever worked on it is told.
    The letter is the last column: reading a queue then walks past no letters.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("size BETWEEN 1 AND 4", name="size"),
        CheckConstraint("(state = 'destroyed') = (sealed IS NULL)", name="destroyed"),
        # The order of the queue, then what it is filtered by: rows that are passed over are not read.
        Index("ix_referral_queue", "organisation_id", "urgent", "due_on", "referral_id", "state", "assignee_id"),
        Index("ix_referral_counts", "organisation_id", "state", "assignee_id"),
    )

    referral_id: Mapped[bytes] = mapped_column(primary_key=True)
    report_id: Mapped[bytes | None] = mapped_column(ForeignKey("report.report_id"), index=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"))
    referred_by: Mapped[bytes | None] = mapped_column(
        ForeignKey("referral.referral_id", ondelete="SET NULL"), index=True
    )
    kid: Mapped[bytes]
    origin_kid: Mapped[bytes]
    sealed_by: Mapped[str]
    sealed_hash: Mapped[bytes | None]
    leaf: Mapped[bytes | None]
    size: Mapped[int] = mapped_column(Small)
    urgent: Mapped[bool]
    received_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str]
    state_on: Mapped[date]
    destroy_on: Mapped[date | None] = mapped_column(index=True)
    version: Mapped[int]
    assignee_id: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    opened_at: Mapped[datetime | None]
    unread_from_reporter: Mapped[bool]
    changed_by: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    changed_at: Mapped[datetime | None]
    """Both are empty when the reporter made the last change: her exact time is not kept."""
    sealed: Mapped[bytes | None] = mapped_column(deferred=True)
