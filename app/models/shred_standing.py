"""Which store of shred keys the database relies on, and how far: one row, from the first report on."""

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class ShredStanding(Base):
    """A store with another id, or of a lower generation, lacks keys that rows here lie under."""

    __tablename__ = "shred_standing"
    __table_args__ = (CheckConstraint("only_row = 1", name="only_row"),)

    only_row: Mapped[int] = mapped_column(primary_key=True, default=1)
    store_id: Mapped[bytes]
    generation: Mapped[int] = mapped_column(BigInteger)
