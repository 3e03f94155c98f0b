"""Figures: counts that a page of figures reads instead of counting, and the months that an organisation made public."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class FigureCount(Base):
    """One number. Made anew from the rows that are there once an hour, so nothing of what was destroyed stays in it.

    `span` is `week`, `month` or `now`; `starts_on` the first day of it; `figure` and `word` are those of
    `app.domain.figures`.
    """

    __tablename__ = "figure_count"

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    span: Mapped[str] = mapped_column(primary_key=True)
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    figure: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class FigureStanding(Base):
    """When an organisation's figures were last counted, and since when its months are public; None: they are not."""

    __tablename__ = "figure_standing"

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    counted_at: Mapped[datetime | None]
    public_since: Mapped[date | None]


class PublishedMonth(Base):
    """One month as it was first made public: `shown` is JSON without the numbers that are hidden, and never changes.

    It stays when it is taken back, so that a month that becomes public again says the same as before: two versions of
    it could be held against each other.
    """

    __tablename__ = "published_month"

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    shown: Mapped[str]
    published_on: Mapped[date]
