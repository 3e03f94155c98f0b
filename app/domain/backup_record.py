"""What a backup holds, whichever database it came from: a strict stream of records. SPEC.md, section 14, has its bytes.

A record is `LE64(length) ‖ kind ‖ content`. One head, then tables with their rows, then one end that carries the counts
and the SHA-256 of everything before it: half a backup has no end, and a changed one has another hash.
"""

import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from app.domain.wire import b64u_encode, canonical_json
from app.errors import FormatError

Value = bytes | str | int | bool | date | datetime | None

TYPES: Final = ("bytes", "str", "int", "bool", "date", "moment")
HEAD, TABLE, ROW, END = b"H", b"T", b"R", b"E"

_TAGS: Final = {name: bytes([tag]) for tag, name in enumerate(TYPES, 1)}
_NULL: Final = b"\x00"
_NUMBER: Final = struct.Struct("<q")
LENGTH: Final = struct.Struct("<Q")
_DAY_ZERO: Final = date(1970, 1, 1)
_MOMENT_ZERO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Head:
    """Which portal (16 bytes), at which revision of its schema, as of when (UTC, whole seconds)."""

    portal_id: bytes
    revision: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, and its columns as (name, one of TYPES), in the order in which rows hold them."""

    name: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows each table has, and the SHA-256 (32 bytes) of all that comes before the end."""

    counts: dict[str, int]
    sha256: bytes

    def line(self) -> str:
        """Give what people compare: hash, number of rows, rows of each table."""
        each = ", ".join(f"{name} {count}" for name, count in self.counts.items())
        return f"sha256 {self.sha256.hex()}, {sum(self.counts.values())} rows ({each})"


def _with_length(type_name: str) -> Callable[[bytes], bytes]:
    tag = _TAGS[type_name]
    return lambda piece: tag + LENGTH.pack(len(piece)) + piece


def _numbered(type_name: str, number_of: Callable[[Any], int]) -> Callable[[Any], bytes]:
    tag = _TAGS[type_name]
    return lambda value: tag + _NUMBER.pack(number_of(value))


_bytes, _text = _with_length("bytes"), _with_length("str")
_ENCODERS: Final[dict[type, Callable[[Any], bytes]]] = {
    type(None): lambda _none: _NULL,
    bytes: _bytes,
    str: lambda text: _text(text.encode()),
    int: _numbered("int", int),
    bool: _numbered("bool", int),
    date: _numbered("date", lambda day: (day - _DAY_ZERO).days),
    datetime: _numbered("moment", lambda moment: (moment - _MOMENT_ZERO) // _MICROSECOND),
}
_FROM_NUMBER: Final[dict[str, Callable[[int], Value]]] = {
    "int": int,
    "bool": lambda number: (False, True)[number],
    "date": lambda number: _DAY_ZERO + timedelta(days=number),
    "moment": lambda number: _MOMENT_ZERO + number * _MICROSECOND,
}


def row_bytes(values: Sequence[Value]) -> bytes:
    """Write one row: each value with its type before it. A moment has a zone. Raises KeyError for another type."""
    return b"".join([_ENCODERS[type(value)](value) for value in values])


def row_values(content: bytes, types: Sequence[str]) -> list[Value]:
    """Read one row whose columns have these types, null besides. Raises FormatError("row") for anything else."""
    values: list[Value] = []
    place = 0
    try:
        for type_name in types:
            tag = content[place : place + 1]
            place += 1
            if tag == _NULL:
                values.append(None)
            elif tag != _TAGS[type_name]:
                raise FormatError("row")
            elif type_name in _FROM_NUMBER:
                number = _NUMBER.unpack_from(content, place)[0]
                if number < 0 and type_name == "bool":
                    raise FormatError("row")
                values.append(_FROM_NUMBER[type_name](number))
                place += 8
            else:
                start = place + 8
                place = start + LENGTH.unpack_from(content, place)[0]
                piece = content[start:place]
                values.append(piece if type_name == "bytes" else piece.decode())
    except (struct.error, IndexError, OverflowError, UnicodeDecodeError) as error:
        raise FormatError("row") from error
    if place != len(content):
        raise FormatError("row")
    return values


class Writer:
    """Writes the records of one backup to `sink`, counting and hashing as it goes."""

    def __init__(self, sink: Callable[[bytes], object]) -> None:
        self._sink, self._hash = sink, hashlib.sha256()
        self._counts: dict[str, int] = {}
        self._table = ""

    def head(self, head: Head) -> None:
        """Write the head: once, and first."""
        written = {
            "v": 1,
            "portal_id": b64u_encode(head.portal_id),
            "revision": head.revision,
            "made_at": int(head.made_at.timestamp()),
        }
        self._write(HEAD, canonical_json(written))

    def table(self, table: Table) -> None:
        """Begin a table; the rows that follow are its own."""
        self._table = table.name
        self._counts[table.name] = 0
        self._write(TABLE, canonical_json({"table": table.name, "columns": [list(each) for each in table.columns]}))

    def row(self, values: Sequence[Value]) -> None:
        """Write one row of the table begun last."""
        self._counts[self._table] += 1
        self._write(ROW, row_bytes(values))

    def end(self) -> Totals:
        """Write what closes a backup, and give it."""
        totals = Totals(self._counts, self._hash.digest())
        counts = [[name, count] for name, count in totals.counts.items()]
        self._write(END, canonical_json({"counts": counts, "sha256": b64u_encode(totals.sha256)}))
        return totals

    def _write(self, kind: bytes, content: bytes) -> None:
        record = LENGTH.pack(len(content) + 1) + kind + content
        self._hash.update(record)
        self._sink(record)
