"""Which urgent letters an organisation was told of."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import UNNUMBERED, Base


class Told(Base):
    """Without a time, on purpose: it would be that of the report, to the minute."""

    __tablename__ = "told"
    __table_args__ = UNNUMBERED

    referral_id: Mapped[bytes] = mapped_column(ForeignKey("referral.referral_id", ondelete="CASCADE"), primary_key=True)
