"""Figures: when a link was first gone; what was counted by earlier rules is counted anew.

An old release neither reads nor writes the column, and counts its own figures within the hour.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_figures"
down_revision = "0014_notice_board"


def upgrade() -> None:
    """Add the day, as far as it is still known; forget counts, so that no page mixes two ways of counting."""
    op.add_column("referral_item", sa.Column("removed_on", sa.Date()))
    op.execute("UPDATE referral_item SET removed_on = state_on WHERE state IN ('removed', 'blocked', 'site_closed')")
    forget_counts()


def downgrade() -> None:
    """Drop the day again."""
    op.drop_column("referral_item", "removed_on")
    forget_counts()


def forget_counts() -> None:
    """The next count, within the hour, makes all of them from the rows that are there. Months count as before."""
    op.execute("DELETE FROM figure_count WHERE span <> 'month'")
    op.execute("UPDATE figure_standing SET counted_at = NULL")
