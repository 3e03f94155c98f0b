"""What an organisation's people share, sealed: the server keeps copies and opens none."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Keyring(Base):
    """One ring of one organisation; `seq` only grows."""

    __tablename__ = "keyring"

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stored_at: Mapped[datetime]
    recovery_key: Mapped[bytes | None]
    """The recovery key's public half: the next recovery copy, and the proof before a recovery, are sealed to it."""


class KeyringCopy(Base):
    """One ring sealed to one member's key, or to the organisation's recovery key."""

    __tablename__ = "keyring_copy"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "seq"], ["keyring.organisation_id", "keyring.seq"]),)

    organisation_id: Mapped[bytes] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kid: Mapped[bytes] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    """`keyring` for a member's copy, `recovery` for the one that lies in the safe."""
    sealed: Mapped[bytes]


class LostRing(Base):
    """A copy of a ring whose chain broke. Nothing hands it out; it is kept because paper is sometimes found again."""

    __tablename__ = "lost_ring"

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The chain's `Epoch.line`."""
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kid: Mapped[bytes] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    sealed: Mapped[bytes]
