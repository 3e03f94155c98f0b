"""What somebody keeps here for some days without having sent it: sealed, and found by nothing but the receipt code."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import UNNUMBERED, Base


class Draft(Base):
    """`lookup` is the hash of a token that says nothing about the report's; `draft_id` is what `sealed` is bound to."""

    __tablename__ = "draft"
    __table_args__ = UNNUMBERED

    lookup: Mapped[bytes] = mapped_column(primary_key=True)
    draft_id: Mapped[bytes]
    destroy_on: Mapped[date] = mapped_column(index=True)
    """The last day on which it is given back."""
    shred_id: Mapped[bytes | None]
    sealed: Mapped[bytes]
