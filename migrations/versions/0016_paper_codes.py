"""Codes on paper are stretched with a salt: codes from before stay good, and ticks stretch what is kept of them.

An old release does not read the column: it takes codes from before until a tick stretched them, and none made since.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_paper_codes"
down_revision = "0015_figures"


def upgrade() -> None:
    """Add the salt: none for what is not stretched yet."""
    op.add_column("one_time_code", sa.Column("salt", sa.LargeBinary()))


def downgrade() -> None:
    """Drop it, and the codes that are good for nothing without it: their owners make new ones."""
    op.execute("DELETE FROM one_time_code WHERE salt IS NOT NULL")
    op.drop_column("one_time_code", "salt")
