"""Sealed summaries of opened letters, and the tags that matching uses inside them. Twin of `summary.js`."""

from typing import Final

from app.crypto.encoding import context, hkdf, le64, sha256, text
from app.crypto.padding import SUMMARY_BUCKETS, pad
from app.crypto.small import seal_small
from app.errors import FormatError

MATCH_KINDS: Final = ("url", "site", "poster")


def summary_cipher_key(summary_key: bytes) -> bytes:
    """Give the key that seals summaries, from the epoch's summary key (which viewers hold too)."""
    return hkdf(summary_key, b"summary")


def summary_aad(
    portal_id: bytes, slug: str, report_id: bytes, epoch_kid: bytes, sealed_hash: bytes, version: int
) -> bytes:
    """Bind a summary to the very letter (SHA-256 of its envelope) and to its own version."""
    return context(b"summary", portal_id, text(slug), report_id, epoch_kid, sealed_hash, le64(version))


def seal_summary(
    summary_key: bytes,
    portal_id: bytes,
    slug: str,
    report_id: bytes,
    epoch_kid: bytes,
    sealed_hash: bytes,
    version: int,
    content: bytes,
    nonce: bytes | None = None,
) -> bytes:
    """Seal what `summary_content.summary_json` gives, padded to a multiple of 512 bytes."""
    aad = summary_aad(portal_id, slug, report_id, epoch_kid, sealed_hash, version)
    return seal_small(summary_cipher_key(summary_key), aad, pad(content, SUMMARY_BUCKETS), nonce)


def match_tag(canonicaliser_version: int, kind: str, canonical: str) -> bytes:
    """Give the 8 bytes that are equal where two items are on the same address, site or poster.

    They live only inside sealed summaries: the server sees no equality. Raises FormatError for an unknown kind.
    """
    if kind not in MATCH_KINDS:
        raise FormatError("kind")
    return sha256(context(b"match", le64(canonicaliser_version), text(kind), text(canonical)))[:8]
