"""For how long organisations keep letters: every policy that was ever said, so that what was said then still counts."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Small


class Keeping(Base):
    """One policy. `place` counts from 1: `Organisation.keeping` is that in force, `Referral.keeping` what was told."""

    __tablename__ = "keeping"

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    place: Mapped[int] = mapped_column(Small, primary_key=True, autoincrement=False)
    since: Mapped[date]
    closed_days: Mapped[int]
    quiet_days: Mapped[int]
