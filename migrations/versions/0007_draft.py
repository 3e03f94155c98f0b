"""What somebody keeps for some days without having sent it.

A table of its own, and nothing points at it: an old release neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_draft"
down_revision = "0006_offer"


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "draft",
        sa.Column("lookup", sa.LargeBinary(), primary_key=True),
        sa.Column("draft_id", sa.LargeBinary(), nullable=False),
        sa.Column("destroy_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_draft_destroy_on", "draft", ["destroy_on"])


def downgrade() -> None:
    """Drop it, with what was kept."""
    op.drop_table("draft")
