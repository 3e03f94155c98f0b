"""What was sent to waste time, marked as such."""

revision = "0004_junk"
down_revision = "0003_notice"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
