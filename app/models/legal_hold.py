"""Letters that are not destroyed for now, because something other than the portal's rules demands it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class LegalHold(Base):
    """The last hold on one referral: `in_force` or `lifted`. Why it was set is sealed, in the note `record_id`."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        Index(
            "ix_legal_hold_in_force",
            "organisation_id",
            "review_on",
            "referral_id",
            sqlite_where=text("state = 'in_force'"),
            postgresql_where=text("state = 'in_force'"),
        ),
    )

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"))
    state: Mapped[str]
    set_by: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    set_at: Mapped[datetime]
    review_on: Mapped[date]
    record_id: Mapped[bytes]
    lifted_by: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    lifted_at: Mapped[datetime | None]
