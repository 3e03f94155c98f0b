"""Notices of the operator's on every page: where nobody's address is known, that is how a breach is told.

A table of its own; an old release neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_notice_board"
down_revision = "0013_order"


def upgrade() -> None:
    """Add the notices."""
    op.create_table(
        "public_notice",
        sa.Column("notice_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title_ko", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("text_ko", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date()),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", sa.LargeBinary(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("notice_id", name="pk_public_notice"),
        sa.ForeignKeyConstraint(["posted_by"], ["caseworker.caseworker_id"], name="fk_public_notice_posted_by"),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("public_notice")
