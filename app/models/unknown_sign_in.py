"""What a failed sign-in of a login that is nobody's writes: it takes as long as one that is somebody's."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, LogNumber


class UnknownSignIn(Base):
    """As wide as an entry of the access log, with as many indexes and keys to check; read by nobody, gone at each tick.

    `organisation_id` and `caseworker_id` say nothing: they are those of whoever has the lowest id.
    """

    __tablename__ = "unknown_sign_in"
    __table_args__ = (
        Index("ix_unknown_sign_in_organisation_id_at", "organisation_id", "at", "number"),
        Index("ix_unknown_sign_in_caseworker_id_at", "organisation_id", "caseworker_id", "at", "number"),
        Index("ix_unknown_sign_in_action_at", "organisation_id", "action", "at", "number"),
        Index("ix_unknown_sign_in_referral_id_at", "organisation_id", "referral_id", "at", "number"),
        Index("ix_unknown_sign_in_caseworker_action_at", "organisation_id", "caseworker_id", "action", "at", "number"),
    )

    number: Mapped[int] = mapped_column(LogNumber, primary_key=True)
    at: Mapped[datetime]
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), index=True)
    caseworker_id: Mapped[bytes] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    subject_id: Mapped[bytes | None]
    referral_id: Mapped[bytes | None] = mapped_column(index=True)
    action: Mapped[str]
    detail: Mapped[str]
