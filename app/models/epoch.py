"""An organisation's keys over time: the chain that the directory serves."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Epoch(Base):
    """One link of the chain. The highest `place` is in force; the others only prove how it came to be."""

    __tablename__ = "epoch"
    __table_args__ = (UniqueConstraint("organisation_id", "place"),)

    kid: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"))
    place: Mapped[int]
    public_key: Mapped[bytes]
    signing_key: Mapped[bytes]
    signature: Mapped[bytes]
    retired_on: Mapped[date | None]
