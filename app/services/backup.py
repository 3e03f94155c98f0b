"""Backups: every row as of one moment, in a form that no database owns, sealed to a key that is not on this machine."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Boolean, Column, Connection, Date, Integer, LargeBinary, String, select

from app.crypto.backup import SealedBackup
from app.crypto.recipient_key import hpke_public_key
from app.domain.backup_record import Head, Table, Totals, Writer
from app.domain.wire import b64u_decode
from app.errors import FormatError
from app.models import Base, BulkChange, Draft, Portal, StaffSession, UnknownSignIn, Viewing
from app.models.base import Moment
from app.services.whole_file import PART, whole_file

# Half of the key under which a tab keeps its ring goes away with the session, and drafts that were not sent are to be
# gone after three days: no backup may keep either.
LEFT_OUT: Final = {one.__tablename__ for one in (StaffSession, Draft, Viewing, BulkChange, UnknownSignIn)}
ROWS_AT_ONCE: Final = 200
_NAME: Final = re.compile(r"onestop-(\d{8}T\d{6}Z)\.backup")
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_TYPES: Final = (
    (LargeBinary, "bytes"),
    (String, "str"),
    (Boolean, "bool"),
    (Integer, "int"),
    (Date, "date"),
    (Moment, "moment"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in a directory: where it lies, and as of when it is."""

    path: Path
    made_at: datetime


def kept(directory: Path) -> list[Kept]:
    """Give the whole backups in a directory, newest first. Raises OSError where it cannot be read."""
    found = [(path, _NAME.fullmatch(path.name)) for path in directory.iterdir()]
    return sorted(
        (Kept(path, datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC)) for path, name in found if name),
        key=lambda one: one.made_at,
        reverse=True,
    )


def newest(directory: Path) -> Kept | None:
    """Give the newest whole backup, or None where there is none. Raises OSError where the directory cannot be read."""
    return next(iter(kept(directory)), None)


def recipient(path: Path) -> bytes:
    """Read the public key (1216 bytes) that `app.client backup-key` wrote. Raises FormatError, OSError."""
    try:
        public_key = b64u_decode(path.read_text(encoding="ascii").strip(), "public_key")
    except UnicodeDecodeError as error:
        raise FormatError("public_key") from error
    hpke_public_key(public_key)
    return public_key


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Keep a second backup out of the directory, and clear away what a killed one left. Raises BlockingIOError."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in directory.glob(f".onestop-*{PART}"):
            left.unlink(missing_ok=True)
        yield
    finally:
        os.close(descriptor)


def make(
    connection: Connection, revision: str, directory: Path, public_key: bytes, now: datetime
) -> tuple[str, Totals]:
    """Write one backup of what the connection's transaction sees; give its file's name and its totals.

    The transaction must be a snapshot. Raises FormatError for a key that is none, NoResultFound before set-up, OSError.
    """
    portal_id = connection.scalars(select(Portal.portal_id)).one()
    path = directory / f"onestop-{now.astimezone(UTC).strftime(_STAMP)}.backup"
    with whole_file(path) as file:
        sealed = SealedBackup(file.write, public_key, portal_id)
        totals = write(connection, Head(portal_id, revision, now), Writer(sealed.write))
        sealed.close()
    return path.name, totals


def write(connection: Connection, head: Head, writer: Writer) -> Totals:
    """Write every table but those of LEFT_OUT, what others point at first; hold only a few rows at a time."""
    writer.head(head)
    for table in Base.metadata.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        writer.table(Table(table.name, tuple((column.name, type_name(column)) for column in table.columns)))
        # In the order of keys, which are random: how rows lie on a disk tells in which order they came.
        wanted = select(*table.columns).order_by(*table.primary_key)
        rows = connection.execute(wanted, execution_options={"yield_per": ROWS_AT_ONCE})
        for row in rows:
            writer.row(row)
    return writer.end()


def type_name(column: Column[object]) -> str:
    """Give the word of `backup_record.TYPES` for a column. Raises LookupError for a type that no backup has yet."""
    for kind, name in _TYPES:
        if isinstance(column.type, kind):
            return name
    message = f"{column} has a type that backups do not know"
    raise LookupError(message)


def drop_old(directory: Path, keep: int) -> int:
    """Delete all but the newest `keep` (at least 1) backups; give how many went."""
    old = kept(directory)[keep:]
    for one in old:
        one.path.unlink(missing_ok=True)
    return len(old)
