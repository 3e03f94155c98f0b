"""An organisation's keys over time: the chain that the directory serves."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Epoch(Base):
    """One link of a chain. The highest `place` is in force; the others of its chain only prove how it came to be.

    A chain whose keys were all lost is over, and another begins: nobody could sign for what comes after it.
    """

    __tablename__ = "epoch"
    __table_args__ = (UniqueConstraint("organisation_id", "place"),)

    kid: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"))
    place: Mapped[int]
    public_key: Mapped[bytes]
    signing_key: Mapped[bytes]
    signature: Mapped[bytes]
    retired_on: Mapped[date | None]
    line: Mapped[int] = mapped_column(server_default="0")
    """The `place` at which its chain begins: the entry's index in that chain is `place - line`."""
    lost_on: Mapped[date | None]
    """When its chain broke: nobody holds its keys any more, and nothing is taken under it from that moment on."""
