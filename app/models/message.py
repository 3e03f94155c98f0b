"""Messages between a reporter and an organisation, sealed under the key that only the two hold."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import UNNUMBERED, Base, not_under


class Message(Base):
    """`place` orders the messages of one referral; a reporter's message has a day and no time."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("referral_id", "place"),
        not_under("message", "referral_id", where="sealed IS NOT NULL"),
        UNNUMBERED,
    )

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[bytes] = mapped_column(primary_key=True)
    place: Mapped[int]
    direction: Mapped[str]
    received_on: Mapped[date]
    sent_by: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    sent_at: Mapped[datetime | None]
    shred_id: Mapped[bytes | None]
    sealed: Mapped[bytes]
