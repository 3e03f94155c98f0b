"""Sealed work records: notes, requests, room evidence, effort, directory links, lists. Twin of `work_record.js`."""

from app.crypto.encoding import context, hkdf, le64, text
from app.crypto.padding import RECORD_BUCKETS, pad
from app.crypto.small import seal_small
from app.domain.vocabulary import RECORD_TYPES
from app.errors import FormatError


def record_key(epoch_seed: bytes, record_type: str) -> bytes:
    """Give the key of one type of record, from the epoch's seed: a viewer, who has none, reads no records."""
    if record_type not in RECORD_TYPES:
        raise FormatError("type")
    return hkdf(epoch_seed, b"record", text(record_type))


def record_aad(
    record_type: str, portal_id: bytes, slug: str, epoch_kid: bytes, record_id: bytes, version: int
) -> bytes:
    """Bind a record to its type, organisation, epoch, id and version."""
    return context(b"record", text(record_type), portal_id, text(slug), epoch_kid, record_id, le64(version))


def seal_record(
    epoch_seed: bytes,
    record_type: str,
    portal_id: bytes,
    slug: str,
    epoch_kid: bytes,
    record_id: bytes,
    version: int,
    content: bytes,
    nonce: bytes | None = None,
) -> bytes:
    """Seal one work record, padded to 512, 4096, 16384 or 65536 bytes. Raises FormatError if it is longer."""
    key = record_key(epoch_seed, record_type)
    aad = record_aad(record_type, portal_id, slug, epoch_kid, record_id, version)
    return seal_small(key, aad, pad(content, RECORD_BUCKETS), nonce)
