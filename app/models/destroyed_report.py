"""What stays of a destroyed report: enough to refuse it, not enough to name it."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import UNNUMBERED, Base


class DestroyedReport(Base):
    """SHA-256 of the report_id, so that a copy sent again does not bring the report back."""

    __tablename__ = "destroyed_report"
    __table_args__ = UNNUMBERED

    report_hash: Mapped[bytes] = mapped_column(primary_key=True)
    destroyed_on: Mapped[date]
