"""Casework: records of a whole organisation with states and due days, changes that can be taken back, onward referral.

Columns with a default or empty, and a table of its own: an old release neither reads nor writes them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_casework"
down_revision = "0009_people"


def columns() -> tuple[tuple[str, sa.Column[object]], ...]:
    """Give what is added to tables that are there, new each time: a column belongs to one table only."""
    return (
        ("work_record", sa.Column("state", sa.String(), nullable=False, server_default="")),
        ("work_record", sa.Column("due_on", sa.Date())),
        ("referral_item", sa.Column("from_state", sa.String(), nullable=False, server_default="")),
        ("referral", sa.Column("onward", sa.String(), nullable=False, server_default="")),
        ("organisation", sa.Column("commission_paused_on", sa.Date())),
    )


def upgrade() -> None:
    """Add columns, the index of an organisation's own records, and who looks at what."""
    for table, column in columns():
        op.add_column(table, column)
    op.create_index(
        "ix_work_record_listed",
        "work_record",
        ["organisation_id", "type", "state", "due_on", "record_id"],
        sqlite_where=sa.text("referral_id IS NULL"),
        postgresql_where=sa.text("referral_id IS NULL"),
    )
    op.create_index(
        "ix_referral_onward",
        "referral",
        ["organisation_id", "urgent", "due_on", "referral_id"],
        sqlite_where=sa.text("onward = 'offered'"),
        postgresql_where=sa.text("onward = 'offered'"),
    )
    passed_on()
    figures()
    op.create_table(
        "viewing",
        sa.Column(
            "referral_id",
            sa.LargeBinary(),
            sa.ForeignKey("referral.referral_id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column(
            "caseworker_id",
            sa.LargeBinary(),
            sa.ForeignKey("caseworker.caseworker_id"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "bulk_change",
        sa.Column(
            "referral_id",
            sa.LargeBinary(),
            sa.ForeignKey("referral.referral_id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("caseworker_id", sa.LargeBinary(), sa.ForeignKey("caseworker.caseworker_id"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assignee_id", sa.LargeBinary(), sa.ForeignKey("caseworker.caseworker_id")),
    )


def passed_on() -> None:
    """Add who passed which letter on, and what came back."""
    op.create_table(
        "passed_on",
        sa.Column(
            "referral_id",
            sa.LargeBinary(),
            sa.ForeignKey("referral.referral_id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("referrer_id", sa.LargeBinary(), sa.ForeignKey("organisation.organisation_id"), nullable=False),
        sa.Column("sent_by", sa.LargeBinary(), sa.ForeignKey("caseworker.caseworker_id"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.LargeBinary(), sa.ForeignKey("caseworker.caseworker_id")),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("answer", sa.LargeBinary()),
    )
    op.create_index("ix_passed_on_listed", "passed_on", ["referrer_id", "sent_at", "referral_id"])
    unseen = sa.text("answered_at IS NOT NULL AND seen_at IS NULL")
    op.create_index("ix_passed_on_unseen", "passed_on", ["referrer_id"], sqlite_where=unseen, postgresql_where=unseen)


def figures() -> None:
    """Add counts that pages read, when they were made, and the months that were made public."""
    op.create_table(
        "figure_count",
        _organisation(),
        sa.Column("span", sa.String(), primary_key=True, nullable=False),
        sa.Column("starts_on", sa.Date(), primary_key=True, nullable=False),
        sa.Column("figure", sa.String(), primary_key=True, nullable=False),
        sa.Column("word", sa.String(), primary_key=True, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.create_table(
        "figure_standing",
        _organisation(),
        sa.Column("counted_at", sa.DateTime(timezone=True)),
        sa.Column("public_since", sa.Date()),
    )
    op.create_table(
        "published_month",
        _organisation(),
        sa.Column("month", sa.Date(), primary_key=True, nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
    )


def _organisation() -> sa.Column[bytes]:
    whose = sa.ForeignKey("organisation.organisation_id")
    return sa.Column("organisation_id", sa.LargeBinary(), whose, primary_key=True, nullable=False)


def downgrade() -> None:
    """Drop what was added."""
    for table in ("published_month", "figure_standing", "figure_count"):
        op.drop_table(table)
    op.drop_table("passed_on")
    op.drop_index("ix_referral_onward", "referral")
    op.drop_table("bulk_change")
    op.drop_table("viewing")
    op.drop_index("ix_work_record_listed", "work_record")
    for table, column in reversed(columns()):
        op.drop_column(table, column.name)
