"""Whom to tell that something urgent waits, and what to say while nobody is there.

Tables of their own, so an old release keeps working; it tells nobody until it is replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_notice"
down_revision = "0002_queue"

TABLES = ("told", "duty", "notice")


def organisation_key() -> sa.Column[bytes]:
    """Whose row it is."""
    return sa.Column(
        "organisation_id", sa.LargeBinary(), sa.ForeignKey("organisation.organisation_id"), primary_key=True
    )


def small(name: str, *, primary_key: bool = False) -> sa.Column[int]:
    """A number that is written down."""
    return sa.Column(name, sa.SmallInteger(), primary_key=primary_key, autoincrement=False, nullable=False)


def text(name: str) -> sa.Column[str]:
    """What a lead typed; empty where there is nothing."""
    return sa.Column(name, sa.String(), nullable=False)


def day(name: str) -> sa.Column[object]:
    """A day, or none."""
    return sa.Column(name, sa.Date(), nullable=True)


def moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    """An exact time of what staff do, or a whole hour to come."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "notice",
        organisation_key(), sa.Column("digest", sa.Boolean(), nullable=False), text("hours_ko"), text("hours_en"),
        text("away_ko"), text("away_en"), day("away_from"), day("away_until"), moment("changed_at", nullable=False),
        moment("test_asked_at"), moment("test_sent_at"), day("looked_on"), moment("quiet_until"), day("failing_since"),
    )  # fmt: skip
    op.create_table(
        "duty",
        organisation_key(), small("place", primary_key=True), text("address"), small("days"), small("from_hour"),
        small("until_hour"),
        sa.CheckConstraint("days BETWEEN 0 AND 127", name="days"),
        sa.CheckConstraint(
            "from_hour BETWEEN 0 AND 23 AND until_hour BETWEEN 1 AND 24 AND from_hour <> until_hour", name="hours"
        ),
    )  # fmt: skip
    op.create_table(
        "told",
        sa.Column(
            "referral_id",
            sa.LargeBinary(),
            sa.ForeignKey("referral.referral_id", ondelete="CASCADE"),
            primary_key=True,
        ),
    )


def downgrade() -> None:
    """Forget whom to tell."""
    for table in TABLES:
        op.drop_table(table)
