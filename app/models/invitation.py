"""Invitations to join an organisation: only a hash of what stands in the address is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Invitation(Base):
    """One use, 72 hours. `invited_by` is a caseworker: a lead, or the operator for an organisation's first lead."""

    __tablename__ = "invitation"

    invitation_hash: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"), index=True)
    role: Mapped[str]
    invited_by: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    withdrawn_at: Mapped[datetime | None]
    anew: Mapped[bool] = mapped_column(server_default=false())
    """Whoever uses it begins the organisation's keys anew, and nobody opens what lies under the old ones."""
