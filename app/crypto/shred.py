"""What a row's sealed bytes lie under here, so that deleting 32 bytes destroys them wherever copies of the row are.

A layer of the server's own around what it cannot open: symmetric, and with no twin in the browser, which never sees it.
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.encoding import context, text
from app.errors import FormatError

KEY_LENGTH: Final = 32
NONCE_LENGTH: Final = 12
OVERHEAD: Final = NONCE_LENGTH + 16  # bytes by which stored bytes are longer than what was put under


def shred_aad(table: str, *row_id: bytes) -> bytes:
    """Bind bytes to their row: the table's name and the parts of the row's id."""
    return context(text("shred"), text(table), *row_id)


def put_under(key: bytes, aad: bytes, content: bytes, nonce: bytes | None = None) -> bytes:
    """Put bytes under a 32-byte key: `nonce (12) ‖ AES-256-GCM`. `nonce` is random; only vectors ever set it."""
    nonce = secrets.token_bytes(NONCE_LENGTH) if nonce is None else nonce
    return nonce + AESGCM(key).encrypt(nonce, content, aad)


def take_out(key: bytes, aad: bytes, stored: bytes) -> bytes:
    """Give back what was put under. Raises FormatError for another key, another row, or bytes that were changed."""
    if len(stored) < OVERHEAD:
        raise FormatError("shred")
    try:
        return AESGCM(key).decrypt(stored[:NONCE_LENGTH], stored[NONCE_LENGTH:], aad)
    except InvalidTag as error:
        raise FormatError("shred") from error
