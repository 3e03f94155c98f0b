"""Who looks at which referral just now, so that two people do not do the same work unseen."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Viewing(Base):
    """Kept for a minute."""

    __tablename__ = "viewing"

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
    caseworker_id: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"), primary_key=True)
    seen_at: Mapped[datetime]
