"""What nobody has opened is found from its oldest on, urgent or not: whether a letter lies for long is asked often.

An index in place of another; an old release keeps working, and finds what is urgent by the new one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_unopened"
down_revision = "0007_draft"

NAME = "ix_referral_unopened"


def some(where: str, columns: list[str]) -> None:
    """An index of the referrals for which `where` holds."""
    on_sqlite = where.replace("IS true", "IS 1")
    op.create_index(NAME, "referral", columns, sqlite_where=sa.text(on_sqlite), postgresql_where=sa.text(where))


def upgrade() -> None:
    """Index whatever was not opened."""
    op.drop_index(NAME, "referral")
    some("opened_at IS NULL", ["organisation_id", "urgent", "received_on"])


def downgrade() -> None:
    """The index of 0002_queue."""
    op.drop_index(NAME, "referral")
    some("urgent IS true AND opened_at IS NULL", ["organisation_id", "received_on"])
