"""Small ciphertexts under a shared key: `nonce (12) ‖ AES-256-GCM`. Twin of `small.js`. Seals only; see `opening`."""

import secrets
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_LENGTH: Final = 12


def seal_small(key: bytes, aad: bytes, padded: bytes, nonce: bytes | None = None) -> bytes:
    """Seal padded bytes under a 32-byte key. `nonce` is random; only vectors ever set it."""
    nonce = secrets.token_bytes(NONCE_LENGTH) if nonce is None else nonce
    return nonce + AESGCM(key).encrypt(nonce, padded, aad)
