"""A sealed backup opens as it was sealed or not at all, and its records are read as they were written or not at all."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.crypto import recipient_key
from app.crypto.backup import CHUNK, HEADER, TAG, SealedBackup
from app.crypto.backup_opening import OpenedBackup
from app.domain import backup_reading
from app.domain.backup_record import TYPES, Head, Table, Writer, row_bytes, row_values
from app.errors import FormatError

KEYS, OTHER = recipient_key.generate(), recipient_key.generate()
PORTAL = bytes(range(16))
FULL = CHUNK + TAG
CONTENT = bytes(range(256)) * (3 * CHUNK // 256) + b"and a bit more"


def sealed(content, keys=KEYS, pieces=1):
    written = []
    backup = SealedBackup(written.append, keys.public_key, PORTAL)
    step = max(1, -(-len(content) // pieces))
    for start in range(0, len(content), step):
        backup.write(content[start : start + step])
    backup.close()
    return b"".join(written)


def opened(whole, keys=KEYS, size=1 << 30):
    source, pieces = OpenedBackup(BytesIO(whole), keys.seed), []
    while piece := source.read(size):
        pieces.append(piece)
    return b"".join(pieces)


SEALED = sealed(CONTENT)
SAME_KEY = sealed(CONTENT)
CHUNKS = [SEALED[HEADER + start : HEADER + start + FULL] for start in range(0, len(SEALED) - HEADER, FULL)]


def with_chunks(*chunks):
    return SEALED[:HEADER] + b"".join(chunks)


def refuses(whole, keys=KEYS):
    with pytest.raises(FormatError):
        opened(whole, keys)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
@pytest.mark.parametrize("pieces", [1, 3, 50])
def test_every_length_comes_back_however_it_was_written_and_read(length, pieces):
    content = CONTENT[:length]
    whole = sealed(content, pieces=pieces)
    assert len(whole) == HEADER + length + TAG * max(1, -(-length // CHUNK))
    for size in (1 << 30, CHUNK, 7919):
        assert opened(whole, size=size) == content


def test_what_is_tried_here_has_several_chunks_and_opens():
    assert [len(chunk) for chunk in CHUNKS] == [FULL, FULL, FULL, len(b"and a bit more") + TAG]
    assert opened(with_chunks(*CHUNKS)) == CONTENT


@pytest.mark.parametrize("place", [0, 1, 18, 34, 50, HEADER - 1, HEADER, HEADER + 1, HEADER + TAG, HEADER + FULL - 1])
def test_cut_off_in_the_header_or_the_first_chunk(place):
    refuses(SEALED[:place])


@pytest.mark.parametrize("number", range(1, 4))
@pytest.mark.parametrize("more", [-1, 0, 1, TAG])
def test_cut_off_at_and_beside_every_border(number, more):
    refuses(SEALED[: HEADER + number * FULL + more])


@given(st.integers(0, len(SEALED) - 1))
@example(len(SEALED) - 1)
@example(len(SEALED) - TAG)
def test_cut_off_anywhere(place):
    refuses(SEALED[:place])


@given(st.integers(0, len(SEALED) - 1), st.integers(0, 7))
def test_a_flipped_bit_anywhere(place, bit):
    changed = bytearray(SEALED)
    changed[place] ^= 1 << bit
    refuses(bytes(changed))


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 2), (0, 2), (0, 3), (2, 3)])
def test_swapped_chunks(one, other):
    chunks = list(CHUNKS)
    chunks[one], chunks[other] = chunks[other], chunks[one]
    refuses(with_chunks(*chunks))


@pytest.mark.parametrize("number", range(4))
def test_a_chunk_dropped_repeated_or_from_another_backup(number):
    before, chunk, after = CHUNKS[:number], CHUNKS[number], CHUNKS[number + 1 :]
    start = HEADER + number * FULL
    refuses(with_chunks(*before, *after))
    refuses(with_chunks(*before, chunk, chunk, *after))
    refuses(with_chunks(*before, SAME_KEY[start : start + FULL], *after))


@pytest.mark.parametrize("more", [b"\x00", bytes(TAG), bytes(FULL), CHUNKS[3], SEALED])
def test_something_added(more):
    refuses(SEALED + more)


def test_another_header_or_another_key():
    refuses(SAME_KEY[:HEADER] + SEALED[HEADER:])
    refuses(SEALED, OTHER)
    relabelled = SEALED[:34] + OTHER.kid + SEALED[50:]
    refuses(relabelled, OTHER)
    refuses(relabelled)


def test_no_two_seal_alike():
    assert SEALED[:50] == SAME_KEY[:50]
    assert SEALED[HEADER : HEADER + FULL] != SAME_KEY[HEADER : HEADER + FULL]


VALUES = {
    "bytes": st.binary(max_size=50),
    "str": st.text(max_size=50),
    "int": st.integers(-(2**63), 2**63 - 1),
    "bool": st.booleans(),
    "date": st.dates(),
    "moment": st.datetimes(timezones=st.just(UTC)),
}
ROWS = st.lists(st.sampled_from(TYPES), max_size=8).flatmap(
    lambda types: st.tuples(st.just(types), st.tuples(*(st.none() | VALUES[name] for name in types)))
)


@given(ROWS)
@example((["date", "date"], (date.min, date.max)))
@example((["moment", "moment"], (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))))
def test_a_row_is_read_as_it_was_written(row):
    types, values = row
    content = row_bytes(values)
    read = row_values(content, types)
    assert read == list(values)
    assert [type(value) for value in read] == [type(value) for value in values]
    for other in (content[:-1], content + b"\x00"):
        if other != content:
            with pytest.raises(FormatError):
                row_values(other, types)


@given(st.binary(max_size=60), st.lists(st.sampled_from(TYPES), max_size=4))
def test_what_is_read_as_a_row_is_how_that_row_is_written(content, types):
    with suppress(FormatError):
        assert row_bytes(row_values(content, types)) == content


def small(rows=3):
    pieces = []
    writer = Writer(pieces.append)
    writer.head(Head(PORTAL, "0001_report", datetime(2026, 11, 22, tzinfo=UTC) + timedelta(hours=3)))
    writer.table(Table("report", (("report_id", "bytes"), ("day", "date"))))
    for number in range(rows):
        writer.row([bytes([number]) * 16, date(2026, 11, 22)])
    writer.table(Table("nothing", (("number", "int"),)))
    totals = writer.end()
    return b"".join(pieces), totals


SMALL, TOTALS = small()


def test_records_are_read_as_they_were_written():
    head, totals = backup_reading.whole(BytesIO(SMALL))
    assert (head.portal_id, head.revision, head.made_at.hour) == (PORTAL, "0001_report", 3)
    assert totals == TOTALS
    assert totals.counts == {"report": 3, "nothing": 0}
    assert "5 rows" not in totals.line()
    assert totals.line().endswith("3 rows (report 3, nothing 0)")


def test_every_shorter_stream_is_half_a_backup():
    for place in range(len(SMALL)):
        with pytest.raises(FormatError) as caught:
            backup_reading.whole(BytesIO(SMALL[:place]))
        assert caught.value.field == "backup.end", place


@settings(max_examples=300)
@given(st.integers(0, len(SMALL) - 1), st.integers(0, 7))
def test_a_flipped_bit_anywhere_in_the_records(place, bit):
    changed = bytearray(SMALL)
    changed[place] ^= 1 << bit
    with pytest.raises(FormatError):
        backup_reading.whole(BytesIO(bytes(changed)))


@given(st.binary(max_size=200))
def test_whatever_the_bytes_one_error(content):
    for source in (content, SMALL[:100] + content):
        with pytest.raises(FormatError):
            backup_reading.whole(BytesIO(source))
    with pytest.raises(FormatError):
        opened(content)
