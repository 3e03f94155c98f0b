"""Reading the records of a backup: whole, in their order, with the counts and the hash of the end, or not at all."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from app.domain import wire
from app.domain.backup_record import END, HEAD, LENGTH, ROW, TABLE, TYPES, Head, Table, Totals
from app.domain.wire import b64u_bytes, parse_canonical
from app.errors import FormatError

RECORD_MOST: Final = 16 * 1024 * 1024  # a reader never holds more than this of anything
YEAR_10000: Final = 253_402_300_800

_name: Final = wire.matching(re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII))
_count: Final = wire.integer(0, wire.MAX_INTEGER)
_HEAD: Final = {
    "v": wire.version_one,
    "portal_id": b64u_bytes(16),
    "revision": wire.matching(re.compile(r"[0-9a-z_]{1,64}", re.ASCII)),
    "made_at": wire.integer(0, YEAR_10000 - 1),
}


class Readable(Protocol):
    """A file, or something that reads like one: fewer bytes than were asked for mean its end."""

    def read(self, size: int, /) -> bytes:
        """Give exactly `size` bytes, or what is left."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table begun last, as it is written: `backup_record.row_values` reads it."""

    content: bytes


def records(stream: Readable) -> Iterator[Head | Table | Row | Totals]:
    """Give head, tables, rows and, last, the totals, once everything was found to agree with them.

    Raises FormatError: "backup.end" where the backup stops too early, "backup" (or a field of it) for anything else.
    Until the totals came, nothing that was given may be relied on.
    """
    hashed = hashlib.sha256()
    counts: dict[str, int] = {}
    table = ""
    before = b""  # the kind of the record before
    while True:
        start, kind, content = _record(stream)
        if (kind == HEAD) == bool(before) or (kind == ROW and not table):
            raise FormatError("backup")
        if kind == END:
            totals = _end(content)
            if totals.sha256 != hashed.digest() or totals.counts != counts or stream.read(1):
                raise FormatError("backup")
            yield totals
            return
        hashed.update(start)
        hashed.update(content)
        before = kind
        if kind == ROW:
            counts[table] += 1
            yield Row(content)
        elif kind == TABLE:
            begun = _table(content)
            if begun.name in counts:
                raise FormatError("backup")
            table = begun.name
            counts[table] = 0
            yield begun
        else:
            yield _head(content)


def whole(stream: Readable) -> tuple[Head, Totals]:
    """Read everything, keep nothing, and give head and totals. Raises FormatError as `records` does."""
    head: Head | None = None
    for record in records(stream):
        if isinstance(record, Head):
            head = record
        elif isinstance(record, Totals) and head is not None:
            return head, record
    raise FormatError("backup.end")  # pragma: no cover - `records` gives totals last, or raises


def _record(stream: Readable) -> tuple[bytes, bytes, bytes]:
    """Give the length and kind as they stand, the kind, and the content."""
    start = stream.read(LENGTH.size + 1)
    if len(start) != LENGTH.size + 1:
        raise FormatError("backup.end")
    length, kind = LENGTH.unpack_from(start)[0], start[LENGTH.size :]
    if not 1 <= length <= RECORD_MOST or kind not in {HEAD, TABLE, ROW, END}:
        raise FormatError("backup")
    content = stream.read(length - 1)
    if len(content) != length - 1:
        raise FormatError("backup.end")
    return start, kind, content


def _head(content: bytes) -> Head:
    read = wire.fields(parse_canonical(content, "backup.head"), _HEAD, "backup.head")
    return Head(read["portal_id"], read["revision"], datetime.fromtimestamp(read["made_at"], UTC))


def _table(content: bytes) -> Table:
    read = wire.fields(
        parse_canonical(content, "backup.table"),
        {"table": _name, "columns": wire.list_of(_column, most=200, least=1, unique_by=lambda column: column[0])},
        "backup.table",
    )
    return Table(read["table"], tuple(read["columns"]))


def _column(value: object, where: str) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise FormatError(where)
    return _name(value[0], where), wire.one_of(TYPES)(value[1], where)


def _end(content: bytes) -> Totals:
    read = wire.fields(
        parse_canonical(content, "backup.end"),
        {"counts": wire.list_of(_counted, most=1000, unique_by=lambda counted: counted[0]), "sha256": b64u_bytes(32)},
        "backup.end",
    )
    return Totals(dict(read["counts"]), read["sha256"])


def _counted(value: object, where: str) -> tuple[str, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise FormatError(where)
    return _name(value[0], where), _count(value[1], where)
