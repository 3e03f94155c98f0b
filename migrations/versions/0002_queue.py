"""A queue of a million referrals: each page is found along an index, and what few rows have is indexed for these few.

Indexes only, so an old release keeps working; its queue reads more rows than it needs until it is replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_queue"
down_revision = "0001_report"

IN_ORDER = ["state", "urgent", "due_on", "referral_id"]


def some(name: str, where: str, columns: list[str]) -> None:
    """An index of the referrals for which `where` holds."""
    on_sqlite = where.replace("IS true", "IS 1")
    op.create_index(name, "referral", columns, sqlite_where=sa.text(on_sqlite), postgresql_where=sa.text(where))


def upgrade() -> None:
    """One index for each way to look at the queue, and smaller ones for what time brings."""
    for name in ("queue", "counts", "referred_by", "destroy_on"):
        op.drop_index(f"ix_referral_{name}", "referral")
    op.create_index("ix_referral_state", "referral", ["organisation_id", *IN_ORDER, "assignee_id"])
    some("ix_referral_holder", "assignee_id IS NOT NULL", ["organisation_id", "assignee_id", *IN_ORDER])
    some("ix_referral_released", "assignee_id IS NULL AND state != 'received'", ["organisation_id", *IN_ORDER])
    some("ix_referral_referred_by", "referred_by IS NOT NULL", ["referred_by"])
    some("ix_referral_destroy_on", "destroy_on IS NOT NULL", ["destroy_on"])
    some("ix_referral_emptied", "report_id IS NULL", ["state_on"])
    some("ix_referral_unopened", "urgent IS true AND opened_at IS NULL", ["organisation_id", "received_on"])
    op.create_index("ix_sign_in_failure_failed_at", "sign_in_failure", ["failed_at"])


def downgrade() -> None:
    """The indexes of 0001_report."""
    op.drop_index("ix_sign_in_failure_failed_at", "sign_in_failure")
    for name in ("state", "holder", "released", "referred_by", "destroy_on", "emptied", "unopened"):
        op.drop_index(f"ix_referral_{name}", "referral")
    in_order = ["organisation_id", "urgent", "due_on", "referral_id", "state", "assignee_id"]
    op.create_index("ix_referral_queue", "referral", in_order)
    op.create_index("ix_referral_counts", "referral", ["organisation_id", "state", "assignee_id"])
    for column in ("referred_by", "destroy_on"):
        op.create_index(f"ix_referral_{column}", "referral", [column])
