"""Padding to a few lengths, so that a length says little: `plaintext ‖ 0x80 ‖ 0x00…`. Twin of `padding.js`."""

from collections.abc import Sequence

from app.domain.sealed_length import (
    LETTER_BUCKETS,
    MESSAGE_BUCKETS,
    RECORD_BUCKETS,
    SUMMARY_MOST,
    SUMMARY_STEP,
)
from app.errors import FormatError

__all__ = [
    "LETTER_BUCKETS",
    "MESSAGE_BUCKETS",
    "RECORD_BUCKETS",
    "SUMMARY_BUCKETS",
    "bucket_for",
    "pad",
    "unpad",
]

SUMMARY_BUCKETS = tuple(range(SUMMARY_STEP, SUMMARY_MOST + 1, SUMMARY_STEP))


def bucket_for(length: int, buckets: Sequence[int]) -> int:
    """Give the smallest bucket that holds `length` bytes and the mark. Raises FormatError when none does."""
    for bucket in buckets:
        if length < bucket:
            return bucket
    raise FormatError("length")


def pad(plaintext: bytes, buckets: Sequence[int], at_least: int = 0) -> bytes:
    """Pad to the smallest bucket that fits and is not below `at_least`. Raises FormatError when none does."""
    bucket = max(bucket_for(len(plaintext), buckets), at_least)
    if bucket not in buckets:
        raise FormatError("length")
    return plaintext + b"\x80" + bytes(bucket - len(plaintext) - 1)


def unpad(padded: bytes, buckets: Sequence[int]) -> bytes:
    """Remove padding. Raises FormatError when the length is no bucket or the padding is not `0x80 0x00…`.

    Any bucket that holds the plaintext is right: all letters of one report share the largest that one of them needs.
    """
    plaintext = padded.rstrip(b"\x00")
    if len(padded) not in buckets or not plaintext.endswith(b"\x80"):
        raise FormatError("padding")
    return plaintext[:-1]
