"""What a caseworker took for junk, and until when it can be taken back.

A table of its own, so an old release keeps working: it shows these referrals as closed, and destroys none of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_junk"
down_revision = "0003_notice"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "junk",
        sa.Column(
            "referral_id",
            sa.LargeBinary(),
            sa.ForeignKey("referral.referral_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("organisation_id", sa.LargeBinary(), sa.ForeignKey("organisation.organisation_id"), nullable=False),
        sa.Column("marked_by", sa.LargeBinary(), sa.ForeignKey("caseworker.caseworker_id"), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("destroy_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
    )
    op.create_index("ix_junk_organisation_id", "junk", ["organisation_id", "destroy_on", "referral_id"])
    op.create_index("ix_junk_destroy_on", "junk", ["destroy_on"])


def downgrade() -> None:
    """Take no referral for junk: they stay closed."""
    op.drop_table("junk")
