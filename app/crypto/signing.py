"""Ed25519 (RFC 8032) with 32-byte seeds and raw public keys. Twin of `signing.js`."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.errors import FormatError


def signing_key_of(signing_seed: bytes) -> bytes:
    """Give the 32-byte public key of a 32-byte seed. Raises FormatError for another length."""
    return _private(signing_seed).public_key().public_bytes_raw()


def sign(signing_seed: bytes, message: bytes) -> bytes:
    """Sign with 64 bytes. Raises FormatError for a seed of another length than 32."""
    return _private(signing_seed).sign(message)


def check_signature(signing_key: bytes, message: bytes, signature: bytes) -> None:
    """Pass when the signature is that key's over that message. Raises FormatError("signature")."""
    try:
        Ed25519PublicKey.from_public_bytes(signing_key).verify(signature, message)
    except (ValueError, InvalidSignature) as error:
        raise FormatError("signature") from error


def _private(signing_seed: bytes) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(signing_seed)
    except ValueError as error:
        raise FormatError("signing_seed") from error
