"""What waits for a second step: a sign-in for its second factor, a passkey for what it signs."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class PendingStep(Base):
    """Found by the hash of what the browser got; five minutes, five tries.

    `purpose` as in `services.pending_step`; `challenge` is what a passkey signs, or what an authenticator is made from.
    """

    __tablename__ = "pending_step"

    pending_hash: Mapped[bytes] = mapped_column(primary_key=True)
    caseworker_id: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"), index=True)
    purpose: Mapped[str]
    challenge: Mapped[bytes]
    host: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int]
