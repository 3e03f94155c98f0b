"""The doctor's look into the database: schema, durability, keys, the clock and the last tick."""

from datetime import UTC, datetime, timedelta
from typing import Final

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from app import db
from app.cli.finding import Asked, Check, Complaint, Note, settings
from app.domain.role import OPERATOR
from app.errors import NotFound
from app.models import Organisation, Tick
from app.services import clock, organisation, portal, shred_setup
from app.services.transaction import reads_only

TICKS_EVERY: Final = timedelta(minutes=15)
# What was acknowledged survives a power cut only where these hold.
WANTED_OF_SQLITE: Final[dict[str, object]] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
}
WANTED_OF_POSTGRESQL: Final[dict[str, object]] = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def _schema(_asked: Asked) -> str:
    head = ScriptDirectory(str(db.MIGRATIONS)).get_current_head()
    with db.engine().connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision()
    if there != head:
        raise Complaint(f"the schema is at {there}, this release needs {head}: run `flask migrate`")
    return str(there)


def _shred_store(_asked: Asked) -> str:
    trouble = shred_setup.trouble(db.engine())
    if trouble:
        raise Complaint(trouble)
    return ""


def _durability(_asked: Asked) -> str:
    if db.engine().dialect.name == "sqlite":
        wanted, ask, mend = WANTED_OF_SQLITE, "PRAGMA", "does the disk suit SQLite's write-ahead log?"
    else:
        wanted, ask, mend = WANTED_OF_POSTGRESQL, "SHOW", "mend postgresql.conf"
    with db.engine().connect() as connection:
        wrong = [name for name, value in wanted.items() if connection.scalar(text(f"{ask} {name}")) != value]
    if wrong:
        raise Complaint(f"{', '.join(wrong)} not as it must be, so reports could be lost with the power: {mend}")
    return ""


def _portal(_asked: Asked) -> str:
    try:
        found = portal.current(db.session())
    except NotFound:
        raise Complaint("there is no portal yet: run `flask setup` (or `flask demo`)") from None
    if found.demo:
        raise Note("a demo: nobody real reads what is sent here")
    return ""


def _keys(_asked: Asked) -> str:
    session = db.session()
    receiving = {one.slug for one in organisation.receiving(session)}
    if not receiving:
        mend = "a first lead has yet to open the invitation (another is made at /operator), or all are paused there"
        raise Complaint(f"no organisation takes letters, so nobody can receive one: {mend}")
    known = session.scalars(select(Organisation.slug).where(Organisation.kind != OPERATOR))
    without = sorted(set(known) - {one.slug for one in organisation.with_keys(session)})
    if without:
        raise Note(f"without a key in force, so chosen by nobody: {', '.join(without)}")
    return f"{len(receiving)} can receive letters"


def _clock(_asked: Asked) -> str:
    session, now = db.session(), datetime.now(UTC)
    reads_only(session)
    doubts = clock.doubt(session, now)
    if doubts:
        raise Complaint(f"{doubts}. Mend the clock (`timedatectl`); if it is right, `flask tick --clock-is-right`")
    return f"{now:%Y-%m-%d %H:%M} UTC"


def _tick(_asked: Asked) -> str:
    session, now = db.session(), datetime.now(UTC)
    reads_only(session)
    last = session.scalar(select(Tick.at))
    mend = "nothing is destroyed when its day has come, and nobody is told; start onestop-tick.timer (deploy/systemd)"
    if last is not None and now - last <= TICKS_EVERY:
        return ""
    said = "never" if last is None else f"last on {last:%Y-%m-%d %H:%M} UTC"
    if _is_demo():
        raise Note(f"{said}; a demo may do without")
    raise Complaint(f"{said}: {mend}")


def _is_demo() -> bool:
    try:
        return portal.current(db.session()).demo
    except NotFound:
        return False


def _mail(_asked: Asked) -> str:
    if not settings().smtp_host:
        raise Note("off: nobody is told that something urgent waits. ONESTOP_SMTP_HOST, see docs/operations.md")
    return f"through {settings().smtp_host}"


DATABASE: Final[dict[str, Check]] = {
    "schema": _schema,
    "shred-store": _shred_store,
    "durability": _durability,
    "portal": _portal,
    "keys": _keys,
    "clock": _clock,
    "tick": _tick,
    "mail": _mail,
}
