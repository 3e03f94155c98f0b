"""When periodic work was last done: one row, from the first time on."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Tick(Base):
    """What a clock is held against before anything is destroyed by it."""

    __tablename__ = "tick"
    __table_args__ = (CheckConstraint("only_row = 1", name="only_row"),)

    only_row: Mapped[int] = mapped_column(primary_key=True, default=1)
    at: Mapped[datetime]
