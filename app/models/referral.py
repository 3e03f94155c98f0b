"""Referrals: one sealed letter to one organisation, and the state of the work on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import UNNUMBERED, Base, Small, not_under

_IN_ORDER = ("state", "urgent", "due_on", "referral_id")


def _some(name: str, where: str, *columns: str) -> Index:
    """An index of the rows for which `where` holds."""
    on_sqlite = where.replace("IS true", "IS 1")  # it recognises a condition by its letters
    return Index(name, *columns, sqlite_where=text(on_sqlite), postgresql_where=text(where))


class Referral(Base):
    """`version` grows with every change that staff must not overwrite unseen.

    A destroyed referral keeps its row for a while, without letter or report, so that whoever worked on it is told.
    The letter is the last column: reading a queue then walks past no letters.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("size BETWEEN 1 AND 4", name="size"),
        CheckConstraint("(state = 'destroyed') = (sealed IS NULL)", name="destroyed"),
        # The queue's order within each state; who holds it stands last, so counting what nobody holds reads no row
        Index("ix_referral_state", "organisation_id", "state", "urgent", "due_on", "referral_id", "assignee_id"),
        _some("ix_referral_holder", "assignee_id IS NOT NULL", "organisation_id", "assignee_id", *_IN_ORDER),
        _some("ix_referral_released", "assignee_id IS NULL AND state != 'received'", "organisation_id", *_IN_ORDER),
        # What few rows have is indexed for these few: a letter that comes in writes into the last one alone.
        _some("ix_referral_referred_by", "referred_by IS NOT NULL", "referred_by"),
        _some("ix_referral_onward", "onward = 'offered'", "organisation_id", "urgent", "due_on", "referral_id"),
        _some("ix_referral_destroy_on", "destroy_on IS NOT NULL", "destroy_on"),
        _some("ix_referral_emptied", "report_id IS NULL", "state_on"),
        # Where nothing ever happened, it is found among those that nobody opened.
        _some("ix_referral_active", "active_on IS NOT NULL", "organisation_id", "state", "keeping", "active_on"),
        # Of what the release before had opened, until a tick has let it begin to count.
        _some("ix_referral_uncounted", "opened_at IS NOT NULL AND active_on IS NULL", "state_on"),
        not_under("referral", "referral_id", where="sealed IS NOT NULL"),
        _some("ix_referral_unopened", "opened_at IS NULL", "organisation_id", "urgent", "received_on"),
        UNNUMBERED,
    )

    referral_id: Mapped[bytes] = mapped_column(primary_key=True)
    report_id: Mapped[bytes | None] = mapped_column(ForeignKey("report.report_id"), index=True)
    organisation_id: Mapped[bytes] = mapped_column(ForeignKey("organisation.organisation_id"))
    referred_by: Mapped[bytes | None] = mapped_column(ForeignKey("referral.referral_id", ondelete="SET NULL"))
    kid: Mapped[bytes]
    origin_kid: Mapped[bytes]
    sealed_by: Mapped[str]
    sealed_hash: Mapped[bytes | None]
    leaf: Mapped[bytes | None]
    size: Mapped[int] = mapped_column(Small)
    urgent: Mapped[bool]
    received_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str]
    state_on: Mapped[date]
    destroy_on: Mapped[date | None]
    version: Mapped[int]
    assignee_id: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    opened_at: Mapped[datetime | None]
    unread_from_reporter: Mapped[bool]
    changed_by: Mapped[bytes | None] = mapped_column(ForeignKey("caseworker.caseworker_id"))
    changed_at: Mapped[datetime | None]
    """Both are empty when the reporter made the last change: her exact time is not kept."""
    onward: Mapped[str] = mapped_column(server_default="")
    """Of a letter that another organisation passed on: `offered`, `accepted` or `refused`; empty for all others."""
    keeping: Mapped[int] = mapped_column(Small, server_default="0")
    """The place of the policy that its sender was told (see `Keeping`)."""
    active_on: Mapped[date | None]
    """The day on which something last happened in it, hers or the staff's; empty until then."""
    shred_id: Mapped[bytes | None]
    """The key in the store of shred keys that the letter lies under, and all that is written beside it."""
    sealed: Mapped[bytes | None] = mapped_column(deferred=True)
