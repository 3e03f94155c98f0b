"""Codes on paper, each good for one sign-in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class OneTimeCode(Base):
    """Kept as a stretched hash; used ones stay until new ones are made, so that using one twice shows."""

    __tablename__ = "one_time_code"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    caseworker_id: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"), index=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    salt: Mapped[bytes | None]
    """The same for all codes of one paper; none for codes of an earlier release, until a tick stretched them."""
