"""What an organisation offers besides its hours: the languages that it speaks, and support for disabilities.

Two columns with a default: an old release neither reads nor writes them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_offer"
down_revision = "0005_tick"

COLUMNS = ("languages", "disability_support")


def upgrade() -> None:
    """Add the columns, empty: nothing is said as yet."""
    for name in COLUMNS:
        op.add_column("organisation", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them."""
    for name in COLUMNS:
        op.drop_column("organisation", name)
