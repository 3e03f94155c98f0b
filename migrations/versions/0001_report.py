"""Reports, referrals, and the organisations and people who work on them."""

import sqlalchemy as sa
from alembic import op

revision = "0001_report"
down_revision = None
branch_labels = None
depends_on = None

# Newest first: what points at another table goes before it.
TABLES = (
    "access_log", "work_record", "summary", "message", "referral_item", "referral", "destroyed_report", "report",
    "sign_in_failure", "staff_session", "caseworker", "keyring_copy", "keyring", "epoch", "organisation", "portal",
)  # fmt: skip


def octets(name: str, *args: sa.ForeignKey, primary_key: bool = False, nullable: bool = False) -> sa.Column[bytes]:
    """An id, a key, a hash or something sealed."""
    return sa.Column(name, sa.LargeBinary(), *args, primary_key=primary_key, nullable=nullable)


def text(name: str) -> sa.Column[str]:
    """A word of the vocabulary, a slug, a name."""
    return sa.Column(name, sa.String(), nullable=False)


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """An exact time, of what staff do."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A day, of what a reporter caused."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def number(name: str, *, primary_key: bool = False) -> sa.Column[int]:
    """A whole number that the database does not hand out."""
    return sa.Column(name, sa.Integer(), primary_key=primary_key, autoincrement=False, nullable=False)


def organisation_key(*, primary_key: bool = False) -> sa.Column[bytes]:
    """Whose row it is."""
    return octets("organisation_id", sa.ForeignKey("organisation.organisation_id"), primary_key=primary_key)


def person(name: str, *, nullable: bool = True) -> sa.Column[bytes]:
    """A caseworker."""
    return octets(name, sa.ForeignKey("caseworker.caseworker_id"), nullable=nullable)


def referral_key(*, primary_key: bool = False, nullable: bool = False) -> sa.Column[bytes]:
    """The referral that this row goes away with."""
    return octets(
        "referral_id",
        sa.ForeignKey("referral.referral_id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=nullable,
    )


def create_organisations() -> None:
    """The portal, the organisations and their keys."""
    op.create_table(
        "portal",
        sa.Column("only_row", sa.Integer(), primary_key=True),
        octets("portal_id"), sa.Column("demo", sa.Boolean(), nullable=False), moment("created_at"),
        sa.CheckConstraint("only_row = 1", name="only_row"),
    )  # fmt: skip
    op.create_table(
        "organisation",
        octets("organisation_id", primary_key=True), text("slug"), text("kind"), text("name_ko"), text("name_en"),
        text("region"), moment("created_at"),
        sa.UniqueConstraint("slug"),
    )  # fmt: skip
    op.create_table(
        "epoch",
        octets("kid", primary_key=True), organisation_key(), number("place"), octets("public_key"),
        octets("signing_key"), octets("signature"), day("retired_on", nullable=True),
        sa.UniqueConstraint("organisation_id", "place"),
    )  # fmt: skip
    op.create_table("keyring", organisation_key(primary_key=True), number("seq", primary_key=True), moment("stored_at"))
    op.create_table(
        "keyring_copy",
        octets("organisation_id", primary_key=True), number("seq", primary_key=True), octets("kid", primary_key=True),
        text("purpose"), octets("sealed"),
        sa.ForeignKeyConstraint(["organisation_id", "seq"], ["keyring.organisation_id", "keyring.seq"]),
    )  # fmt: skip


def create_people() -> None:
    """Caseworkers, their sessions, and failed sign-ins."""
    op.create_table(
        "caseworker",
        octets("caseworker_id", primary_key=True), organisation_key(), text("login"), text("role"), octets("kid"),
        octets("public_key"), sa.Column("parameter_set", sa.SmallInteger(), nullable=False), octets("sign_in_hash"),
        octets("wrapped_seed"), moment("created_at"), moment("left_at", nullable=True),
        sa.UniqueConstraint("kid"), sa.UniqueConstraint("login"),
    )  # fmt: skip
    op.create_index("ix_caseworker_organisation_id", "caseworker", ["organisation_id"])
    op.create_table(
        "staff_session",
        octets("session_hash", primary_key=True), person("caseworker_id", nullable=False), octets("session_half"),
        moment("started_at"), moment("seen_at"),
    )  # fmt: skip
    op.create_index("ix_staff_session_caseworker_id", "staff_session", ["caseworker_id"])
    op.create_table("sign_in_failure", octets("login_hash", primary_key=True), number("failures"), moment("failed_at"))


def create_reports() -> None:
    """Reports and the letters to each organisation."""
    op.create_table(
        "report",
        octets("report_id", primary_key=True), octets("lookup"), octets("body_hash"), day("received_on"),
        text("state"), day("destroy_on", nullable=True), octets("own", nullable=True),
        sa.UniqueConstraint("lookup"),
    )  # fmt: skip
    op.create_index("ix_report_destroy_on", "report", ["destroy_on"])
    op.create_table("destroyed_report", octets("report_hash", primary_key=True), day("destroyed_on"))
    op.create_table(
        "referral",
        octets("referral_id", primary_key=True),
        octets("report_id", sa.ForeignKey("report.report_id"), nullable=True), organisation_key(),
        octets("referred_by", sa.ForeignKey("referral.referral_id", ondelete="SET NULL"), nullable=True),
        octets("kid"), octets("origin_kid"), text("sealed_by"), octets("sealed_hash", nullable=True),
        octets("leaf", nullable=True), sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False), day("received_on"), day("due_on"), text("state"),
        day("state_on"), day("destroy_on", nullable=True), number("version"), person("assignee_id"),
        moment("opened_at", nullable=True), sa.Column("unread_from_reporter", sa.Boolean(), nullable=False),
        person("changed_by"), moment("changed_at", nullable=True), octets("sealed", nullable=True),
        sa.CheckConstraint("size BETWEEN 1 AND 4", name="size"),
        sa.CheckConstraint("(state = 'destroyed') = (sealed IS NULL)", name="destroyed"),
    )  # fmt: skip
    in_order = ["organisation_id", "urgent", "due_on", "referral_id", "state", "assignee_id"]
    op.create_index("ix_referral_queue", "referral", in_order)
    op.create_index("ix_referral_counts", "referral", ["organisation_id", "state", "assignee_id"])
    for column in ("report_id", "referred_by", "destroy_on"):
        op.create_index(f"ix_referral_{column}", "referral", [column])


def create_work() -> None:
    """What grows beside a letter while it is worked on."""
    op.create_table(
        "referral_item",
        referral_key(primary_key=True), octets("item_id", primary_key=True), number("place"), text("state"),
        day("state_on"), person("changed_by"), moment("changed_at", nullable=True),
    )  # fmt: skip
    op.create_table(
        "message",
        referral_key(primary_key=True), octets("message_id", primary_key=True), number("place"), text("direction"),
        day("received_on"), person("sent_by"), moment("sent_at", nullable=True), octets("sealed"),
        sa.UniqueConstraint("referral_id", "place"),
    )  # fmt: skip
    op.create_table(
        "summary",
        referral_key(primary_key=True), octets("epoch_kid", sa.ForeignKey("epoch.kid")), number("version"),
        person("saved_by", nullable=False), moment("saved_at"), octets("sealed"),
    )  # fmt: skip
    op.create_table(
        "work_record",
        octets("record_id", primary_key=True), organisation_key(), referral_key(nullable=True), text("type"),
        octets("epoch_kid", sa.ForeignKey("epoch.kid")), number("version"), person("saved_by", nullable=False),
        moment("saved_at"), octets("sealed"),
    )  # fmt: skip
    op.create_index("ix_work_record_organisation_id", "work_record", ["organisation_id"])
    op.create_index("ix_work_record_referral_id", "work_record", ["referral_id"])
    op.create_table(
        "access_log",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True), moment("at"),
        organisation_key(), person("caseworker_id", nullable=False), octets("referral_id", nullable=True),
        text("action"), text("detail"),
    )  # fmt: skip
    op.create_index("ix_access_log_organisation_id", "access_log", ["organisation_id"])
    op.create_index("ix_access_log_referral_id", "access_log", ["referral_id"])


def upgrade() -> None:
    """Make everything."""
    create_organisations()
    create_people()
    create_reports()
    create_work()


def downgrade() -> None:
    """Drop everything, and with it what was kept: only a portal that was never used goes below this."""
    for table in TABLES:
        op.drop_table(table)
