"""When periodic work was last done, so that a clock that jumped is noticed before it destroys anything.

A table of its own: an old release neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_tick"
down_revision = "0004_junk"


def upgrade() -> None:
    """Make the table, empty: the first tick is believed."""
    op.create_table(
        "tick",
        sa.Column("only_row", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("only_row = 1", name="only_row"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("tick")
