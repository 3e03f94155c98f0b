"""Shred keys: what is sealed lies under a key in a store of its own, and goes with it.

Empty columns, and a table of its own: an old release keeps working, writes rows that lie under no key, and cannot open
what a new one wrote beside it. `flask tick` puts what came before under keys, a piece at a time.
"""

import sqlalchemy as sa
from alembic import op

from app.services.shred_rows import take_all_out

revision = "0012_shred"
down_revision = "0011_keeping"

NOT_UNDER = {
    "report": ("report_id", "report_id IS NOT NULL"),
    "referral": ("referral_id", "sealed IS NOT NULL"),
    "message": ("referral_id", "sealed IS NOT NULL"),
    "summary": ("referral_id", "sealed IS NOT NULL"),
    "work_record": ("referral_id", "referral_id IS NOT NULL"),
    "passed_on": ("referral_id", "answer IS NOT NULL"),
}


def upgrade() -> None:
    """Add where a row's key is named, and which store the database relies on."""
    for table in (*NOT_UNDER, "draft"):
        op.add_column(table, sa.Column("shred_id", sa.LargeBinary()))
    for table, (column, where) in NOT_UNDER.items():
        some = sa.text(f"{where} AND shred_id IS NULL")
        op.create_index(f"ix_{table}_not_under", table, [column], sqlite_where=some, postgresql_where=some)
    op.create_table(
        "shred_standing",
        sa.Column("only_row", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.LargeBinary(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("only_row = 1", name="only_row"),
    )


def downgrade() -> None:
    """Take everything out from under its key, as far as it is there, and forget the store."""
    take_all_out(op.get_bind())
    op.drop_table("shred_standing")
    for table in NOT_UNDER:
        op.drop_index(f"ix_{table}_not_under", table)
    for table in ("draft", *reversed(NOT_UNDER)):
        op.drop_column(table, "shred_id")
