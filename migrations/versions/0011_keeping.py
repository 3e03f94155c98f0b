"""How long letters are kept: an organisation's policies, the day on which something last happened, and legal holds.

Columns with a default or empty, and tables of their own: an old release neither reads nor writes them. Ticks let what
was opened before begin to count, in portions; an index of its own finds it.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.domain.deadline import day_of

revision = "0011_keeping"
down_revision = "0010_casework"


def upgrade() -> None:
    """Add policies, begin to count, and add holds."""
    for table, column in (
        ("organisation", sa.Column("keeping", sa.SmallInteger(), nullable=False, server_default="0")),
        ("referral", sa.Column("keeping", sa.SmallInteger(), nullable=False, server_default="0")),
        ("referral", sa.Column("active_on", sa.Date())),
    ):
        op.add_column(table, column)
    op.create_table(
        "keeping",
        sa.Column(
            "organisation_id",
            sa.LargeBinary(),
            sa.ForeignKey("organisation.organisation_id"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("place", sa.SmallInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("closed_days", sa.Integer(), nullable=False),
        sa.Column("quiet_days", sa.Integer(), nullable=False),
    )
    holds()
    begin()
    active = sa.text("active_on IS NOT NULL")
    op.create_index(
        "ix_referral_active",
        "referral",
        ["organisation_id", "state", "keeping", "active_on"],
        sqlite_where=active,
        postgresql_where=active,
    )
    uncounted = sa.text("opened_at IS NOT NULL AND active_on IS NULL")
    op.create_index(
        "ix_referral_uncounted", "referral", ["state_on"], sqlite_where=uncounted, postgresql_where=uncounted
    )


def holds() -> None:
    """Add legal holds."""
    op.create_table(
        "legal_hold",
        sa.Column(
            "referral_id",
            sa.LargeBinary(),
            sa.ForeignKey("referral.referral_id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("organisation_id", sa.LargeBinary(), sa.ForeignKey("organisation.organisation_id"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("set_by", sa.LargeBinary(), sa.ForeignKey("caseworker.caseworker_id"), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("record_id", sa.LargeBinary(), nullable=False),
        sa.Column("lifted_by", sa.LargeBinary(), sa.ForeignKey("caseworker.caseworker_id")),
        sa.Column("lifted_at", sa.DateTime(timezone=True)),
    )
    in_force = sa.text("state = 'in_force'")
    op.create_index(
        "ix_legal_hold_in_force",
        "legal_hold",
        ["organisation_id", "review_on", "referral_id"],
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def begin() -> None:
    """Give every organisation the usual policy as of today."""
    today = {"today": day_of(datetime.now(UTC))}
    on_day = sa.bindparam("today", type_=sa.Date())
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "INSERT INTO keeping (organisation_id, place, since, closed_days, quiet_days) "
            "SELECT organisation_id, 1, :today, 180, 365 FROM organisation"
        ).bindparams(on_day),
        today,
    )
    connection.execute(sa.text("UPDATE organisation SET keeping = 1"))


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_referral_uncounted", "referral")
    op.drop_index("ix_referral_active", "referral")
    op.drop_table("legal_hold")
    op.drop_table("keeping")
    op.drop_column("referral", "active_on")
    op.drop_column("referral", "keeping")
    op.drop_column("organisation", "keeping")
