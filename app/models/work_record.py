"""Notes, requests and other work of an organisation, sealed under its own key."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, not_under


class WorkRecord(Base):
    """In the clear beside the sealed text: its type, its state and due day, who and when.

    One without a referral is of the whole organisation; which referrals it is about is then inside the sealed text.
    """

    __tablename__ = "work_record"
    __table_args__ = (
        Index(  # the order in which an organisation's own records are listed
            "ix_work_record_listed",
            "organisation_id",
            "type",
            "state",
            "due_on",
            "record_id",
            sqlite_where=text("referral_id IS NULL"),
            postgresql_where=text("referral_id IS NULL"),
        ),
        not_under("work_record", "referral_id", where="referral_id IS NOT NULL"),
    )

    record_id: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), index=True)
    referral_id: Mapped[bytes | None] = mapped_column(
        ForeignKey("referral.referral_id", ondelete="CASCADE"), index=True
    )
    type: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="")
    due_on: Mapped[date | None]
    epoch_kid: Mapped[bytes] = mapped_column(ForeignKey("epoch.kid"))
    version: Mapped[int]
    saved_by: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    saved_at: Mapped[datetime]
    shred_id: Mapped[bytes | None]
    """The key of its referral; none for one of the whole organisation."""
    sealed: Mapped[bytes]
