"""Reports: what the server knows of one, which is when it came and who comes back for it."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import UNNUMBERED, Base, not_under


class Report(Base):
    """`lookup` is the hash of the token that only the receipt code yields; `body_hash` makes sending again harmless."""

    __tablename__ = "report"
    __table_args__ = (not_under("report", "report_id", where="report_id IS NOT NULL"), UNNUMBERED)

    report_id: Mapped[bytes] = mapped_column(primary_key=True)
    lookup: Mapped[bytes] = mapped_column(unique=True)
    body_hash: Mapped[bytes]
    received_on: Mapped[date]
    state: Mapped[str]
    """`received` or `withdrawn`."""
    destroy_on: Mapped[date | None] = mapped_column(index=True)
    shred_id: Mapped[bytes | None]
    """The key that `own` lies under; each report has one, and is destroyed once that is gone."""
    own: Mapped[bytes | None] = mapped_column(deferred=True)
