"""Order: SQLite numbers no row that a victim's act fills, so nothing in the file counts who came before whom.

Each such table lies in the order of its random key, and what is large stands last in a row again, so that whoever reads
the rest walks past none of it. PostgreSQL has no such tables, keeps what is large elsewhere, and nothing changes there.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0013_order"
down_revision = "0012_shred"

TABLES = ("report", "referral", "referral_item", "message", "draft", "destroyed_report", "told")
KEYS = {"report": "report_id", "referral": "referral_id", "referral_item": "referral_id, item_id"}
KEYS |= {"message": "referral_id, message_id", "draft": "lookup", "destroyed_report": "report_hash"}
KEYS |= {"told": "referral_id"}
LARGE = {"report": "own", "referral": "sealed"}
NUMBERED, UNNUMBERED = "", " WITHOUT ROWID"


def upgrade() -> None:
    """Write each table anew in the order of its key, without the numbers of its rows."""
    rewrite(UNNUMBERED)


def downgrade() -> None:
    """Let SQLite number rows again. The numbers follow the keys, so they tell nothing of those that are there."""
    rewrite(NUMBERED)


def rewrite(ending: str) -> None:
    """Copy each table into one that ends so, with its indexes. What refers to it by name finds the new one."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    if connection.scalar(sa.text("PRAGMA foreign_keys")):
        message = "a table cannot be written anew while deleting it would delete what refers to it"
        raise RuntimeError(message)
    for table in TABLES:
        described = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
        found = connection.execute(described, {"table": table}).all()
        (made,) = (words for kind, words in found if kind == "table")
        plain = large_last(made.removesuffix(UNNUMBERED), LARGE.get(table))
        op.execute(re.sub(rf'^CREATE TABLE "?{table}"?', "CREATE TABLE written_anew", plain, count=1) + ending)
        names = ", ".join(row.name for row in connection.execute(sa.text(f"PRAGMA table_info({table})")))
        op.execute(f"INSERT INTO written_anew ({names}) SELECT {names} FROM {table} ORDER BY {KEYS[table]}")  # noqa: S608 - our names
        op.execute(f"DROP TABLE {table}")
        op.execute(f"ALTER TABLE written_anew RENAME TO {table}")
        for words in (words for kind, words in found if kind != "table"):
            op.execute(words)


def large_last(words: str, column: str | None) -> str:
    """Give the words that make a table with one column moved behind all others; what stands behind it is names only."""
    if column is None:
        return words
    without, moved = re.subn(rf"\b{column} BLOB,\s*", "", words, count=1)
    if not moved:  # it is the last one already
        return words
    return re.sub(r"\s*\n\tCONSTRAINT ", f"\n\t{column} BLOB, \n\tCONSTRAINT ", without, count=1)
