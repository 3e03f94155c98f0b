"""Passkeys of caseworkers: the named public parts, never what a browser derives from one."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Passkey(Base):
    """Good for one host name only. `wrapped_seed` is the caseworker's seed under what the PRF extension yields."""

    __tablename__ = "passkey"

    passkey_id: Mapped[bytes] = mapped_column(primary_key=True)
    caseworker_id: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    host: Mapped[str]
    name: Mapped[str]
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    wrapped_seed: Mapped[bytes | None]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
