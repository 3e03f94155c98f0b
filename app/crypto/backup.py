"""Sealing a backup to the operator's key, piece by piece: memory stays flat, whatever the length. SPEC.md, section 14.

A fresh file key is sealed as a letter is (HPKE, X-Wing). Under it go chunks of AES-256-GCM in the STREAM construction
(Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO
2015), with the nonce of age (C2SP age.md): counter and last-chunk flag. So no chunk can be dropped, moved or added.
"""

import secrets
from collections.abc import Callable
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.encoding import context, le64
from app.crypto.envelope import seal
from app.crypto.recipient_key import kid_of
from app.domain.sealed_length import ENVELOPE_OVERHEAD

MAGIC: Final = b"onestop/v1 backup\n"
FORMAT: Final = 1
KEY_LENGTH: Final = 32
CHUNK: Final = 64 * 1024
TAG: Final = 16
HEADER: Final = len(MAGIC) + 16 + 16 + KEY_LENGTH + ENVELOPE_OVERHEAD


def backup_info(portal_id: bytes, kid: bytes) -> bytes:
    """Bind the file key to portal, key and version of the format."""
    return context(b"backup", portal_id, kid, le64(FORMAT))


def header(public_key: bytes, portal_id: bytes, file_key: bytes) -> bytes:
    """Give what stands before the chunks: magic, portal_id, kid, sealed file key. Raises FormatError for no key."""
    kid = kid_of(public_key)
    return MAGIC + portal_id + kid + seal(public_key, backup_info(portal_id, kid), file_key)


def chunk_nonce(number: int, *, last: bool) -> bytes:
    """Give the 12 bytes of chunk `number` (from 0): eleven bytes big endian, then 1 for the last chunk, else 0."""
    return number.to_bytes(11, "big") + bytes([last])


def seal_chunk(file_key: bytes, number: int, last: bool, piece: bytes) -> bytes:
    """Seal one chunk of at most 64 KiB: `ciphertext ‖ tag (16)`. Every chunk but the last is full."""
    return AESGCM(file_key).encrypt(chunk_nonce(number, last=last), piece, None)


class SealedBackup:
    """What is written to it goes sealed to `sink`; `close` seals the last chunk, without which nothing opens whole."""

    def __init__(self, sink: Callable[[bytes], object], public_key: bytes, portal_id: bytes) -> None:
        self._sink, self._file_key = sink, secrets.token_bytes(KEY_LENGTH)
        self._number, self._pending = 0, bytearray()
        sink(header(public_key, portal_id, self._file_key))

    def write(self, piece: bytes) -> None:
        """Take a piece of any length. A full chunk waits until more comes: only then is it known not to be the last."""
        self._pending += piece
        while len(self._pending) > CHUNK:
            self._seal(bytes(self._pending[:CHUNK]), last=False)
            del self._pending[:CHUNK]

    def close(self) -> None:
        """Seal what is left as the last chunk."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._sink(seal_chunk(self._file_key, self._number, last, piece))
        self._number += 1
