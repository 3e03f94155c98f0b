"""Whom to tell that something urgent waits, and what to say while nobody is there."""

revision = "0003_notice"
down_revision = "0002_queue"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
