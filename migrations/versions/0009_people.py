"""People and their keys: invitations, second factors, standing, and reviews of an access log that only grows.

Columns with a default or empty, and tables of their own: an old release neither reads nor writes them. The triggers
refuse every change of an entry of the access log, and its deletion within two years; a year with a leap day counts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_people"
down_revision = "0008_unopened"

TABLES = ("lost_ring", "log_review", "pending_step", "one_time_code", "passkey", "invitation")
SQLITE = (
    (
        "CREATE TRIGGER access_log_unchanged BEFORE UPDATE ON access_log "
        "BEGIN SELECT RAISE(ABORT, 'an entry of the access log never changes'); END"
    ),
    (
        "CREATE TRIGGER access_log_kept BEFORE DELETE ON access_log WHEN OLD.at > datetime('now', '-731 days') "
        "BEGIN SELECT RAISE(ABORT, 'an entry of the access log is kept for two years'); END"
    ),
    (  # INSERT OR REPLACE deletes without asking the trigger above
        "CREATE TRIGGER access_log_not_replaced BEFORE INSERT ON access_log "
        "WHEN NEW.number IN (SELECT number FROM access_log) "
        "BEGIN SELECT RAISE(ABORT, 'an entry of the access log is not replaced'); END"
    ),
)
INDEXES = (
    ("ix_access_log_organisation_id_at", ["organisation_id", "at", "number"]),
    ("ix_access_log_caseworker_id_at", ["organisation_id", "caseworker_id", "at", "number"]),
    ("ix_access_log_action_at", ["organisation_id", "action", "at", "number"]),
    ("ix_access_log_referral_id_at", ["organisation_id", "referral_id", "at", "number"]),
    ("ix_access_log_caseworker_action_at", ["organisation_id", "caseworker_id", "action", "at", "number"]),
)
POSTGRESQL = (
    (
        "CREATE FUNCTION access_log_refusal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '731 days' THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'the access log only grows'; END $$"
    ),
    (
        "CREATE TRIGGER access_log_grows BEFORE UPDATE OR DELETE ON access_log "
        "FOR EACH ROW EXECUTE FUNCTION access_log_refusal()"
    ),
    (
        "CREATE FUNCTION access_log_whole() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the access log only grows'; END $$"
    ),
    (
        "CREATE TRIGGER access_log_kept BEFORE TRUNCATE ON access_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION access_log_whole()"
    ),
)


def columns() -> tuple[tuple[str, sa.Column[object]], ...]:
    """Give what is added to tables that are there, new each time: a column belongs to one table only."""
    return (
        ("organisation", sa.Column("standing", sa.String(), nullable=False, server_default="open")),
        ("organisation", sa.Column("successor", sa.String())),
        ("organisation", sa.Column("about_ko", sa.String(), nullable=False, server_default="")),
        ("organisation", sa.Column("about_en", sa.String(), nullable=False, server_default="")),
        ("organisation", sa.Column("rotate_months", sa.Integer(), nullable=False, server_default="12")),
        ("organisation", sa.Column("recovered_at", sa.DateTime(timezone=True))),
        ("organisation", sa.Column("recovery_seen_at", sa.DateTime(timezone=True))),
        ("organisation", sa.Column("broken_at", sa.DateTime(timezone=True))),
        ("epoch", sa.Column("line", sa.Integer(), nullable=False, server_default="0")),
        ("epoch", sa.Column("lost_on", sa.Date())),
        ("caseworker", sa.Column("totp_sealed", sa.LargeBinary())),
        ("caseworker", sa.Column("totp_step", sa.BigInteger(), nullable=False, server_default="0")),
        ("caseworker", sa.Column("role_asked", sa.String())),
        ("staff_session", sa.Column("device", sa.String(), nullable=False, server_default="")),
        ("staff_session", sa.Column("factor", sa.String(), nullable=False, server_default="")),
        ("staff_session", sa.Column("confirmed_at", sa.DateTime(timezone=True))),
        ("access_log", sa.Column("subject_id", sa.LargeBinary())),
        ("keyring", sa.Column("recovery_key", sa.LargeBinary())),
    )


def octets(name: str, *args: sa.ForeignKey, primary_key: bool = False, nullable: bool = False) -> sa.Column[bytes]:
    """An id, a key, a hash or something sealed."""
    return sa.Column(name, sa.LargeBinary(), *args, primary_key=primary_key, nullable=nullable)


def person(name: str, *, nullable: bool = True) -> sa.Column[bytes]:
    """A caseworker."""
    return octets(name, sa.ForeignKey("caseworker.caseworker_id"), nullable=nullable)


def organisation(*, primary_key: bool = False) -> sa.Column[bytes]:
    """Whose row it is."""
    return octets("organisation_id", sa.ForeignKey("organisation.organisation_id"), primary_key=primary_key)


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """An exact time, of what staff do."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def word(name: str) -> sa.Column[str]:
    """A word of the vocabulary, a name."""
    return sa.Column(name, sa.String(), nullable=False)


def count(name: str) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """Add columns and tables, then close the log."""
    for table, column in columns():
        op.add_column(table, column)
    op.create_table(
        "invitation",
        octets("invitation_hash", primary_key=True),
        organisation(),
        word("role"),
        person("invited_by"),
        moment("created_at"),
        moment("expires_at"),
        moment("used_at", nullable=True),
        person("used_by"),
        moment("withdrawn_at", nullable=True),
        sa.Column("anew", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_invitation_organisation_id", "invitation", ["organisation_id"])
    op.create_table(
        "passkey",
        octets("passkey_id", primary_key=True),
        person("caseworker_id", nullable=False),
        octets("credential_id"),
        word("host"),
        word("name"),
        octets("public_key"),
        count("sign_count"),
        octets("wrapped_seed", nullable=True),
        moment("created_at"),
        moment("used_at", nullable=True),
        sa.UniqueConstraint("credential_id"),
    )
    op.create_index("ix_passkey_caseworker_id", "passkey", ["caseworker_id"])
    op.create_table(
        "one_time_code",
        octets("code_hash", primary_key=True),
        person("caseworker_id", nullable=False),
        moment("created_at"),
        moment("used_at", nullable=True),
    )
    op.create_index("ix_one_time_code_caseworker_id", "one_time_code", ["caseworker_id"])
    op.create_table(
        "pending_step",
        octets("pending_hash", primary_key=True),
        person("caseworker_id"),
        word("purpose"),
        octets("challenge"),
        word("host"),
        moment("started_at"),
        count("tries"),
    )
    op.create_index("ix_pending_step_caseworker_id", "pending_step", ["caseworker_id"])
    op.create_index("ix_pending_step_started_at", "pending_step", ["started_at"])
    op.create_table(
        "log_review",
        organisation(primary_key=True),
        sa.Column("month", sa.String(), primary_key=True, nullable=False),
        person("reviewed_by", nullable=False),
        moment("reviewed_at"),
        count("last_number"),
    )
    op.create_table(
        "lost_ring",
        organisation(primary_key=True),
        sa.Column("line", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        octets("kid", primary_key=True),
        word("purpose"),
        octets("sealed"),
    )
    for name, indexed in INDEXES:
        op.create_index(name, "access_log", indexed)
    for statement in SQLITE if op.get_context().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Open the log, then drop what was added."""
    if op.get_context().dialect.name == "sqlite":
        for name in ("access_log_unchanged", "access_log_kept", "access_log_not_replaced"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name in ("access_log_grows", "access_log_kept"):
            op.execute(f"DROP TRIGGER {name} ON access_log")
        for name in ("access_log_refusal", "access_log_whole"):
            op.execute(f"DROP FUNCTION {name}()")
    for name, _indexed in INDEXES:
        op.drop_index(name, "access_log")
    for table in TABLES:
        op.drop_table(table)
    for table, column in reversed(columns()):
        op.drop_column(table, column.name)
