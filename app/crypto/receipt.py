"""What a receipt code yields: one slow stretch, then keys and tokens by HKDF. Twin of `receipt.js`."""

from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from app.crypto.encoding import context, hkdf, sha256
from app.domain import receipt_code

ROUNDS: Final = 600_000


def stretch(code: str, portal_id: bytes) -> bytes:
    """Stretch a receipt code to 32 bytes: PBKDF2-HMAC-SHA256, 600 000 rounds, salted by the portal.

    Takes the code however it was typed. Raises FormatError where `receipt_code.normalise` does.
    """
    digits = receipt_code.normalise(code).encode("ascii")
    salt = context(b"receipt", portal_id)
    return PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=salt, iterations=ROUNDS).derive(digits)


def token(stretched: bytes) -> bytes:
    """Give the 32 bytes with which the reporter's browser comes back."""
    return hkdf(stretched, b"lookup")


def lookup_of(presented: bytes) -> bytes:
    """Give what the server stores in the place of a token."""
    return sha256(presented)


def reply_key(stretched: bytes, origin_kid: bytes) -> bytes:
    """Give the key of the thread with the organisation whose letter was first sealed to `origin_kid`."""
    return hkdf(stretched, b"reply", origin_kid)


def log_key(stretched: bytes, origin_kid: bytes) -> bytes:
    """Give the key under which the custody ledger names that letter."""
    return hkdf(stretched, b"log", origin_kid)


def onward_key(key: bytes, referral_id: bytes, kid: bytes) -> bytes:
    """Give the reply key or log key of a referral onward, from the referrer's own."""
    return hkdf(key, b"onward", referral_id, kid)


def draft_token(stretched: bytes) -> bytes:
    """Give the token of a kept draft; it says nothing about the report's."""
    return hkdf(stretched, b"draft-lookup")
