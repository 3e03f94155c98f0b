"""The state of each link of a referral. The link itself is inside the letter."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import UNNUMBERED, Base


class ReferralItem(Base):
    """Keyed by referral and item: an item has one id in all letters of its report."""

    __tablename__ = "referral_item"
    __table_args__ = UNNUMBERED

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[bytes] = mapped_column(primary_key=True)
    place: Mapped[int]
    state: Mapped[str]
    state_on: Mapped[date]
    changed_by: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    changed_at: Mapped[datetime | None]
    from_state: Mapped[str] = mapped_column(server_default="")
    """What the last change may be taken back to for some minutes; empty where there is nothing to take back."""
    removed_on: Mapped[date | None]
    """When it was first deleted, blocked, or gone with its site; it stays when the link comes back."""
