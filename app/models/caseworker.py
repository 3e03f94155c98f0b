"""The people of an organisation."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Small


class Caseworker(Base):
    """The passphrase never comes here: only a hash of one value derived from it, and a seed wrapped under another."""

    __tablename__ = "caseworker"

    caseworker_id: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), index=True)
    login: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    kid: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    parameter_set: Mapped[int] = mapped_column(Small)
    sign_in_hash: Mapped[bytes]
    wrapped_seed: Mapped[bytes]
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    totp_sealed: Mapped[bytes | None]
    """Random bytes, from which and the portal's own secret the authenticator's is derived: alone they yield no code."""
    totp_step: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """The last time step that was used: no code is good twice."""
    role_asked: Mapped[str | None]
    """The role that comes with the ring that lets somebody in; `role` is `waiting` until then."""
