"""Key pairs that letters are sealed to: X-Wing (ML-KEM-768 with X25519), as 32-byte seeds. Twin of `recipient_key.js`.

The library's hybrid key classes do not serialise, so the parts are joined here as draft-connolly-cfrg-xwing-kem has
them: public key = ML-KEM-768 encapsulation key (1184 bytes) ‖ X25519 (32 bytes).
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from app.crypto.encoding import sha256
from app.errors import FormatError

SEED_LENGTH: Final = 32
MLKEM_PUBLIC: Final = 1184
PUBLIC_LENGTH: Final = MLKEM_PUBLIC + 32


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A recipient's key pair: `seed` 32 bytes (secret), `public_key` 1216 bytes, `kid` 16 bytes."""

    seed: bytes
    public_key: bytes
    kid: bytes

    def __repr__(self) -> str:
        return f"KeyPair(kid={self.kid.hex()})"


def generate() -> KeyPair:
    """Make a fresh key pair from the system's random source."""
    return from_seed(secrets.token_bytes(SEED_LENGTH))


def from_seed(seed: bytes) -> KeyPair:
    """Give the key pair of a 32-byte seed. Raises FormatError for another length."""
    mlkem, x25519 = _parts(seed)
    public_key = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    return KeyPair(seed, public_key, kid_of(public_key))


def kid_of(public_key: bytes) -> bytes:
    """Give the 16-byte name of a public key."""
    return sha256(b"onestop/v1 kid", public_key)[:16]


def fingerprint(public_key: bytes) -> str:
    """Give what people compare: thirty digits in six groups of five, from any public key (100 bits)."""
    number = int.from_bytes(sha256(b"onestop/v1 fingerprint", public_key)[:16], "big") % 10**30
    digits = f"{number:030d}"
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))


def hpke_public_key(public_key: bytes) -> MLKEM768X25519PublicKey:
    """Load 1216 bytes for sealing. Raises FormatError where they are no key."""
    if len(public_key) != PUBLIC_LENGTH:
        raise FormatError("public_key")
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public_key[:MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(public_key[MLKEM_PUBLIC:]),
        )
    except ValueError as error:
        raise FormatError("public_key") from error


def hpke_private_key(seed: bytes) -> MLKEM768X25519PrivateKey:
    """Load a seed for opening. Raises FormatError for another length than 32."""
    return MLKEM768X25519PrivateKey(*_parts(seed))


def _parts(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """Expand a seed as X-Wing does: SHAKE256(seed, 96) = ML-KEM seed (64) ‖ X25519 private key (32)."""
    if len(seed) != SEED_LENGTH:
        raise FormatError("seed")
    expanded = hashlib.shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])
