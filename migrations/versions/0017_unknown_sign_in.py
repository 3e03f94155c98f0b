"""A table in which a failed sign-in of an unknown login writes what one of a known login writes into the access log.

An old release neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_unknown_sign_in"
down_revision = "0016_paper_codes"

TABLE = "unknown_sign_in"
INDEXES = {
    "organisation_id": ["organisation_id"],
    "referral_id": ["referral_id"],
    "organisation_id_at": ["organisation_id", "at", "number"],
    "caseworker_id_at": ["organisation_id", "caseworker_id", "at", "number"],
    "action_at": ["organisation_id", "action", "at", "number"],
    "referral_id_at": ["organisation_id", "referral_id", "at", "number"],
    "caseworker_action_at": ["organisation_id", "caseworker_id", "action", "at", "number"],
}


def upgrade() -> None:
    """Add the table, in all like the access log's, but that nothing keeps its rows from going."""
    op.create_table(
        TABLE,
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.LargeBinary(), sa.ForeignKey("organisation.organisation_id"), nullable=False),
        sa.Column("caseworker_id", sa.LargeBinary(), sa.ForeignKey("caseworker.caseworker_id"), nullable=False),
        sa.Column("subject_id", sa.LargeBinary()),
        sa.Column("referral_id", sa.LargeBinary()),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
    )
    for name, columns in INDEXES.items():
        op.create_index(f"ix_{TABLE}_{name}", TABLE, columns)


def downgrade() -> None:
    """Drop it."""
    op.drop_table(TABLE)
