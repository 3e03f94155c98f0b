"""The sealed one-line summary that a caseworker's browser writes after opening a letter."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, not_under


class Summary(Base):
    """The newest version only: the version is bound into what is sealed."""

    __tablename__ = "summary"
    __table_args__ = (not_under("summary", "referral_id", where="sealed IS NOT NULL"),)

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
    epoch_kid: Mapped[bytes] = mapped_column(ForeignKey("epoch.kid"))
    version: Mapped[int]
    saved_by: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    saved_at: Mapped[datetime]
    shred_id: Mapped[bytes | None]
    sealed: Mapped[bytes]
