"""Organisations that receive letters."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Small


class Organisation(Base):
    """The slug is immutable: it is bound into what the organisation signs and seals.

    `languages` and `disability_support` are words of the vocabulary with spaces between, chosen by a lead.
    """

    __tablename__ = "organisation"

    organisation_id: Mapped[bytes] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name_ko: Mapped[str]
    name_en: Mapped[str]
    region: Mapped[str]
    created_at: Mapped[datetime]
    languages: Mapped[str] = mapped_column(server_default="")
    disability_support: Mapped[str] = mapped_column(server_default="")
    standing: Mapped[str] = mapped_column(server_default="open")
    """`open`, `paused` (takes no new letters for now) or `closed` (for good; `successor` may name another)."""
    successor: Mapped[str | None]
    about_ko: Mapped[str] = mapped_column(server_default="")
    about_en: Mapped[str] = mapped_column(server_default="")
    rotate_months: Mapped[int] = mapped_column(server_default="12")
    """How old the keys in force may grow before a lead is asked for new ones; 0 for never."""
    recovered_at: Mapped[datetime | None]
    """When somebody last took the keys over with the recovery words; its people are told for a while."""
    recovery_seen_at: Mapped[datetime | None]
    """When a lead said that this was known."""
    commission_paused_on: Mapped[date | None]
    """Since when it knows that the review commission decides nothing, or only late; None: usual times are kept."""
    broken_at: Mapped[datetime | None]
    """When its chain of keys last broke: every lead and the recovery words were lost, and a first lead began anew."""
    keeping: Mapped[int] = mapped_column(Small, server_default="0")
    """The place of its policy in force for how long it keeps letters; 0 before the first."""
