"""The portal itself: one row."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Portal(Base):
    """`portal_id` stands where a web origin would in everything that is sealed: made once, public, never changed."""

    __tablename__ = "portal"
    __table_args__ = (CheckConstraint("only_row = 1", name="only_row"),)

    only_row: Mapped[int] = mapped_column(primary_key=True, default=1)
    portal_id: Mapped[bytes]
    demo: Mapped[bool]
    created_at: Mapped[datetime]
