"""How pieces become one string of bytes, and keys become other keys. Twin of `static/js/crypto/encoding.js`."""

import hashlib
import hmac
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import FormatError

LABEL: Final = b"onestop/v1"


def le64(number: int) -> bytes:
    """Give eight bytes, little endian, top bit clear. Raises FormatError outside of 0 to 2⁶³-1."""
    if not 0 <= number < 2**63:
        raise FormatError("number")
    return number.to_bytes(8, "little")


def pae(*pieces: bytes) -> bytes:
    """Join pieces so that no two lists of pieces give the same bytes (pre-authentication encoding, as in PASETO)."""
    return le64(len(pieces)) + b"".join(le64(len(piece)) + piece for piece in pieces)


def context(*pieces: bytes) -> bytes:
    """Give `PAE("onestop/v1", pieces…)`: what every key, envelope and signature of this version is bound to."""
    return pae(LABEL, *pieces)


def hkdf(key: bytes, *pieces: bytes) -> bytes:
    """Derive 32 bytes: HKDF-SHA256 (RFC 5869), empty salt, info `PAE("onestop/v1", pieces…)`."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=context(*pieces)).derive(key)


def sha256(*pieces: bytes) -> bytes:
    """Hash the pieces, joined as they are, to 32 bytes."""
    return hashlib.sha256(b"".join(pieces)).digest()


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """Authenticate a message with 32 bytes."""
    return hmac.digest(key, message, "sha256")


def text(word: str) -> bytes:
    """Give the UTF-8 bytes of a label, an enum, a slug or a login. Raises FormatError for lone surrogates."""
    try:
        return word.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FormatError("text") from error
