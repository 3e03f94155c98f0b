"""Notes, requests and other work of an organisation, sealed under its own key."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class WorkRecord(Base):
    """In the clear beside the sealed text: its type, who and when."""

    __tablename__ = "work_record"

    record_id: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), index=True)
    referral_id: Mapped[bytes | None] = mapped_column(
        ForeignKey("referral.referral_id", ondelete="CASCADE"), index=True
    )
    type: Mapped[str]
    epoch_kid: Mapped[bytes] = mapped_column(ForeignKey("epoch.kid"))
    version: Mapped[int]
    saved_by: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    saved_at: Mapped[datetime]
    sealed: Mapped[bytes]
