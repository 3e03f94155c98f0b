"""Who of an organisation is told at which hours."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Small


class Duty(Base):
    """One line of a rota. `days` has a bit for each day, Monday's the lowest; 0 is every day. Hours are Korea's."""

    __tablename__ = "duty"
    __table_args__ = (
        CheckConstraint("days BETWEEN 0 AND 127", name="days"),
        CheckConstraint(
            "from_hour BETWEEN 0 AND 23 AND until_hour BETWEEN 1 AND 24 AND from_hour <> until_hour", name="hours"
        ),
    )

    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), primary_key=True)
    place: Mapped[int] = mapped_column(Small, primary_key=True, autoincrement=False)
    address: Mapped[str]
    days: Mapped[int] = mapped_column(Small)
    from_hour: Mapped[int] = mapped_column(Small)
    until_hour: Mapped[int] = mapped_column(Small)
