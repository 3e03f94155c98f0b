"""Vectors of backups: the records inside, and the file that they are sealed into."""

import hashlib
import struct
from datetime import UTC, date, datetime

from app.crypto import backup, recipient_key
from app.domain.backup_record import Head, Table, Writer, row_bytes
from app.domain.wire import b64u_encode, canonical_json
from tests.vectors.recipe import VectorFile, raw, repeat, some

PORTAL = some("portal")
KEYS = recipient_key.from_seed(some("backup seed", 32))
OTHER = recipient_key.from_seed(some("another seed", 32))
FILE_KEY = some("file key", 32)
MADE_AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ALL_TYPES = ["bytes", "str", "int", "bool", "date", "moment"]
VALUES = [b"\x00\xff", "봉인된 글", -5, True, date(2026, 11, 22), datetime(2026, 11, 22, 3, 0, 0, 1, tzinfo=UTC)]
HEAD = {"v": 1, "portal_id": b64u_encode(PORTAL), "revision": "0001_report", "made_at": 1795316400}
TABLE = {"table": "report", "columns": [["report_id", "bytes"], ["own", "bytes"]]}
ROW = b"\x01" + struct.pack("<Q", 2) + b"\x0a\x0b" + b"\x00"


def record(kind, content):
    """Write one record, of JSON or of bytes."""
    content = content if isinstance(content, bytes) else canonical_json(content)
    return struct.pack("<Q", len(content) + 1) + kind + content


def ended(*before, after=b"", **changes):
    """Join records and close them with an end that agrees with them, but for the changes."""
    joined = b"".join(before)
    end = {"counts": [["report", 1]], "sha256": b64u_encode(hashlib.sha256(joined).digest())} | changes
    return joined + record(b"E", end) + after


def small():
    """Write a whole backup of two rows, as the portal's own writer does."""
    pieces = []
    writer = Writer(pieces.append)
    writer.head(Head(PORTAL, "0001_report", MADE_AT))
    writer.table(Table("report", tuple((f"a_{name}", name) for name in ALL_TYPES)))
    writer.row(VALUES)
    writer.row([None] * len(ALL_TYPES))
    writer.table(Table("empty", (("number", "int"),)))
    writer.end()
    return b"".join(pieces)


def rows(file):
    """Values of every type, and what is no row."""
    file.valid("values that JSON has too", "row_bytes", values=[None, b"\x0a\x0b", "글", 7, -1, False, True])
    for name, value in zip(ALL_TYPES, VALUES, strict=True):
        content = row_bytes([value])
        file.valid(f"{name}", "row_values", content=content, types=[name], output=[value])
        file.valid(f"no {name}", "row_values", content=b"\x00", types=[name], output=[None])
        wrong = ALL_TYPES[(ALL_TYPES.index(name) + 1) % len(ALL_TYPES)]
        file.invalid(f"{name}, not {wrong}", "row_values", content=content, types=[wrong])
        file.invalid(f"{name}, a byte short", "row_values", content=content[:-1], types=[name])
        file.invalid(f"{name}, a byte more", "row_values", content=content + b"\x00", types=[name])
    for comment, content, name in (
        ("a truth that is 2", b"\x04" + struct.pack("<q", 2), "bool"),
        ("a truth that is -1", b"\x04" + struct.pack("<q", -1), "bool"),
        ("a day after year 9999", b"\x05" + struct.pack("<q", 2932897), "date"),
        ("a moment before year 1", b"\x06" + struct.pack("<q", -(2**62)), "moment"),
        ("text that is no UTF-8", b"\x02" + struct.pack("<Q", 1) + b"\xff", "str"),
        ("a length beyond everything", b"\x01" + b"\xff" * 8 + b"a", "bytes"),
        ("an unknown type", b"\x07" + bytes(8), "int"),
        ("nothing", b"", "int"),
    ):
        file.invalid(comment, "row_values", content=content, types=[name])


def backup_record_file(*, reseal):
    """Rows, and whole streams of records."""
    file = VectorFile("backup_record", "What a backup holds, as records.", reseal=reseal)
    rows(file)
    file.valid("a whole backup", "read_backup", content=small())
    head, table, row = record(b"H", HEAD), record(b"T", TABLE), record(b"R", ROW)
    whole = ended(head, table, row)
    file.valid("another", "read_backup", content=whole)
    file.valid("without any table", "read_backup", content=ended(head, counts=[]))
    for comment, cut in (
        ("nothing", 0), ("half a length", 5), ("a head alone", len(head)), ("no end", len(head + table + row)),
        ("half a row", len(head + table + row) - 1), ("half an end", len(whole) - 1),
    ):  # fmt: skip
        file.invalid(comment, "read_backup", content=whole[:cut])
    long = struct.pack("<Q", 2**24 + 1) + b"R"
    for comment, content in (
        ("something after the end", ended(head, table, row, after=b"\x00")),
        ("two ends", ended(head, table, row, after=record(b"E", {"counts": [], "sha256": b64u_encode(bytes(32))}))),
        ("another hash", ended(head, table, row, sha256=b64u_encode(bytes(32)))),
        ("a row that is not counted", ended(head, table, row, counts=[["report", 0]])),
        ("a table that is not there", ended(head, table, row, counts=[["report", 1], ["referral", 0]])),
        ("a row of no table", ended(head, row, counts=[])),
        ("no head", ended(table, row)),
        ("two heads", ended(head, head, table, row)),
        ("a table twice", ended(head, table, row, table)),
        ("an unknown kind", ended(head, table, record(b"X", ROW))),
        ("an empty record", ended(head, table, struct.pack("<Q", 0) + b"R")),
        ("a record beyond the limit", ended(head, table, long + bytes(2**4))),
        ("another version", ended(record(b"H", HEAD | {"v": 2}), table, row)),
        ("a head with more", ended(record(b"H", HEAD | {"more": 1}), table, row)),
        ("JSON with spaces", ended(record(b"H", b'{"v": 1}'), table, row)),
        ("a column of no type", ended(head, record(b"T", TABLE | {"columns": [["own", "json"]]}), row)),
        ("a column that is no pair", ended(head, record(b"T", TABLE | {"columns": [["own"]]}), row)),
        ("a column twice", ended(head, record(b"T", TABLE | {"columns": [["own", "bytes"]] * 2}), row)),
        ("a name that is none", ended(head, record(b"T", TABLE | {"table": "report; drop"}), row)),
        ("a count that is no pair", ended(head, table, row, counts=[["report"]])),
    ):
        file.invalid(comment, "read_backup", content=content)
    return file


def chunks(file):
    """Chunks, each in its place."""
    for number, last, length in ((0, False, backup.CHUNK), (1, False, backup.CHUNK), (2, True, 3), (0, True, 0)):
        piece = repeat(b"\x2a", length)
        file.valid("sealed", "seal_chunk", file_key=FILE_KEY, number=number, last=last, piece=piece)
    piece = b"\x2a" * 3
    sealed = backup.seal_chunk(FILE_KEY, 2, last=True, piece=piece)
    good = {"file_key": FILE_KEY, "number": 2, "last": True, "sealed": sealed}
    file.valid("opens", "open_chunk", output=piece, **good)
    for name, other in (("file_key", some("another file key", 32)), ("number", 1), ("last", False)):
        file.invalid(f"another {name}", "open_chunk", **{**good, name: other})
    for comment, other in (
        ("a flipped bit", bytes([sealed[0] ^ 1]) + sealed[1:]),
        ("cut", sealed[:-1]),
        ("empty", b""),
    ):
        file.invalid(comment, "open_chunk", **{**good, "sealed": other})
    short = backup.seal_chunk(FILE_KEY, 2, last=False, piece=piece)
    file.invalid("short, and not the last", "open_chunk", **{**good, "last": False, "sealed": short})
    empty = backup.seal_chunk(FILE_KEY, 2, last=True, piece=b"")
    file.invalid("empty, and not the first", "open_chunk", **{**good, "sealed": empty})


def backup_file(*, reseal):
    """Headers, chunks, and a whole sealed backup."""
    file = VectorFile("backup", "Backups as they are sealed: headers and chunks.", reseal=reseal)
    file.valid("what the file key is bound to", "backup_info", portal_id=PORTAL, kid=KEYS.kid)
    header = file.piece("header", lambda: backup.header(KEYS.public_key, PORTAL, FILE_KEY))
    good = {"seed": KEYS.seed, "header": {"$piece": "header"}}
    file.valid("opens", "open_header", output=FILE_KEY, **good)
    file.invalid("another key", "open_header", **{**good, "seed": OTHER.seed})
    for comment, place in (
        ("magic", 0), ("portal_id", 18), ("kid", 34), ("the ML-KEM part", 50), ("the X25519 part", 1150),
        ("the file key", 1180), ("the tag", 1217),
    ):  # fmt: skip
        file.invalid(f"a bit of {comment}", "open_header", **{**good, "header": {"$piece": "header", "$flip": place}})
    for cut in (0, 17, 18, 1217):
        file.invalid(f"{cut} bytes of it", "open_header", **{**good, "header": {"$piece": "header", "$cut": cut}})
    file.piece("a short file key", lambda: backup.header(KEYS.public_key, PORTAL, FILE_KEY + b"\x00")[: backup.HEADER])
    file.invalid("a file key of 33 bytes, cut", "open_header", **{**good, "header": {"$piece": "a short file key"}})
    chunks(file)
    content = small()
    sealed = {"seed": KEYS.seed, "sealed": raw(header + backup.seal_chunk(FILE_KEY, 0, last=True, piece=content))}
    file.valid("a whole backup", "open_backup", output=content, **sealed)
    for comment, other in (
        ("no chunk", b""),
        ("its one chunk not the last", backup.seal_chunk(FILE_KEY, 0, last=False, piece=content)),
        ("its first chunk missing", backup.seal_chunk(FILE_KEY, 1, last=True, piece=content)),
    ):
        file.invalid(comment, "open_backup", **{**sealed, "sealed": raw(header + other)})
    return file
