"""Who of the staff did what, when. Reporters are not in it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, LogNumber


class AccessLog(Base):
    """`referral_id` points at nothing on purpose: the entry outlives a destroyed referral, and names nobody by then.

    Triggers (migration 0009) refuse every change of an entry, and its deletion within two years.
    """

    __tablename__ = "access_log"
    __table_args__ = (
        Index("ix_access_log_organisation_id_at", "organisation_id", "at", "number"),
        Index("ix_access_log_caseworker_id_at", "organisation_id", "caseworker_id", "at", "number"),
        Index("ix_access_log_action_at", "organisation_id", "action", "at", "number"),
        Index("ix_access_log_referral_id_at", "organisation_id", "referral_id", "at", "number"),
        Index("ix_access_log_caseworker_action_at", "organisation_id", "caseworker_id", "action", "at", "number"),
    )

    number: Mapped[int] = mapped_column(LogNumber, primary_key=True)
    at: Mapped[datetime]
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), index=True)
    caseworker_id: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    subject_id: Mapped[bytes | None]
    """The caseworker who was invited, let in, changed or left: points at nothing, like `referral_id`."""
    referral_id: Mapped[bytes | None] = mapped_column(index=True)
    action: Mapped[str]
    detail: Mapped[str]
