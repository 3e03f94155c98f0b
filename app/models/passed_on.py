"""Letters that one organisation passed on to another: who did, and what came back."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, not_under


class PassedOn(Base):
    """One row beside the receiver's referral. The answer is sealed; where it stands is the referral's `onward`."""

    __tablename__ = "passed_on"
    __table_args__ = (
        Index("ix_passed_on_listed", "referrer_id", "sent_at", "referral_id"),
        not_under("passed_on", "referral_id", where="answer IS NOT NULL"),
        Index(
            "ix_passed_on_unseen",
            "referrer_id",
            sqlite_where=text("answered_at IS NOT NULL AND seen_at IS NULL"),
            postgresql_where=text("answered_at IS NOT NULL AND seen_at IS NULL"),
        ),
    )

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
    referrer_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"))
    sent_by: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    sent_at: Mapped[datetime]
    answered_by: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    answered_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    """When somebody of the referrer's first looked after the answer."""
    shred_id: Mapped[bytes | None]
    answer: Mapped[bytes | None]
