"""What the operator tells everybody on the portal's pages."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class PublicNotice(Base):
    """Plain words in both languages. It stays after its last day: who comes back late must still be able to read it."""

    __tablename__ = "public_notice"

    notice_id: Mapped[bytes] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title_ko: Mapped[str]
    title_en: Mapped[str]
    text_ko: Mapped[str]
    text_en: Mapped[str]
    from_day: Mapped[date]
    until_day: Mapped[date | None]
    posted_at: Mapped[datetime]
    posted_by: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    ended_at: Mapped[datetime | None]
