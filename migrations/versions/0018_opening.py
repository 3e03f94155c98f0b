"""When an organisation is usually open, beside what it says of its hours in words.

One column with a default: an old release neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018_opening"
down_revision = "0017_unknown_sign_in"


def upgrade() -> None:
    """Add the column, empty: nothing is said as yet."""
    op.add_column("notice", sa.Column("opening", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("notice", "opening")
