"""Living sessions of caseworkers."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class StaffSession(Base):
    """Found by the hash of the cookie, so that a stolen table signs nobody in."""

    __tablename__ = "staff_session"

    session_hash: Mapped[bytes] = mapped_column(primary_key=True)
    caseworker_id: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"), index=True)
    session_half: Mapped[bytes]
    """The server's half of the key under which the tab keeps the opened ring: gone with this row."""
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(server_default="")
    """In coarse words of ours: `phone`, `computer`, `tor`; never what the browser said."""
    factor: Mapped[str] = mapped_column(server_default="")
    """What the sign-in was proved with besides the passphrase: `passkey`, `totp`, `code`, or nothing."""
    confirmed_at: Mapped[datetime | None]
    """When the person last proved again who is sitting there; key changes, exports and recovery ask for it."""
