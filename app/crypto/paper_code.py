"""How a code on paper is kept: stretched with a salt, so that whoever has the table guesses slowly."""

from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.crypto.encoding import context, sha256

SALT_LENGTH: Final = 16
# The least that ASVS 5.0 (appendix C) has for Argon2id: the codes are random, and this is for stolen tables.
MEMORY: Final = 12 * 1024  # KiB
PASSES: Final = 3


def plain_hash(caseworker_id: bytes, code: str) -> bytes:
    """Give the 32 bytes that are stretched; an earlier release kept them as they are."""
    return sha256(context(b"one-time-code", caseworker_id, code.encode("utf-8")))


def stretched(plain: bytes, salt: bytes) -> bytes:
    """Give the 32 bytes that are kept, of the plain hash and 16 random bytes that the codes of one paper share.

    Of the plain hash, not of the code, so that codes from before could be stretched too. One salt for one paper: a
    sign-in stretches once.
    """
    return Argon2id(salt=salt, length=32, iterations=PASSES, lanes=1, memory_cost=MEMORY).derive(plain)
