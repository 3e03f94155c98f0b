"""What a queue of a million referrals needs."""

revision = "0002_queue"
down_revision = "0001_report"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
