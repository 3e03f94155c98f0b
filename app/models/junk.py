"""What a caseworker took for junk: spam, pranks, floods."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Junk(Base):
    """Beside a referral that is closed because of it; `state` is the one that it comes back to."""

    __tablename__ = "junk"
    __table_args__ = (Index("ix_junk_organisation_id", "organisation_id", "destroy_on", "referral_id"),)

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"))
    marked_by: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    marked_on: Mapped[date]
    destroy_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[str]
