"""What a passphrase yields, and how the seed of a caseworker's key is wrapped. Twin of `caseworker_key.js`.

The passphrase and `wrap` never leave the browser; the server gets `sign_in` and stores its hash.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.crypto.encoding import context, hkdf, sha256, text
from app.crypto.recipient_key import SEED_LENGTH
from app.crypto.small import seal_small
from app.errors import FormatError


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """How slow Argon2id is: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


PRF_LENGTH: Final = 32
# Numbered, so that a stronger set can follow; a number that is not here is refused, so no weaker one can be asked for.
PARAMETER_SETS: Final = {1: ParameterSet(memory=64 * 1024, passes=3, lanes=1)}


def root(passphrase: str, portal_id: bytes, login: str, parameter_set: int = 1) -> bytes:
    """Stretch a passphrase (in NFC) to 32 bytes with Argon2id. Raises FormatError for an unknown parameter set."""
    parameters = PARAMETER_SETS.get(parameter_set)
    if parameters is None:
        raise FormatError("parameter_set")
    argon2 = Argon2id(
        salt=sha256(context(b"passphrase", portal_id, text(login)))[:16],
        length=32,
        iterations=parameters.passes,
        lanes=parameters.lanes,
        memory_cost=parameters.memory,
    )
    return argon2.derive(text(unicodedata.normalize("NFC", passphrase)))


def sign_in_key(root_key: bytes) -> bytes:
    """Give the 32 bytes that the browser sends to sign in."""
    return hkdf(root_key, b"sign-in")


def sign_in_hash(sign_in: bytes) -> bytes:
    """Give what the server stores of them. A plain hash is enough: guessing still costs one Argon2id a guess."""
    return sha256(sign_in)


def wrap_key(root_key: bytes) -> bytes:
    """Give the key that wraps the caseworker's seed."""
    return hkdf(root_key, b"wrap")


def prf_input(portal_id: bytes) -> bytes:
    """Give the 32 bytes that a passkey's PRF is asked for: the same for every passkey of a portal."""
    return sha256(context(b"prf", portal_id))


def prf_wrap(prf_output: bytes) -> bytes:
    """Give the key that wraps the seed for one passkey: used like that of a passphrase, and never instead of one."""
    if len(prf_output) != PRF_LENGTH:
        raise FormatError("prf_output")
    return hkdf(prf_output, b"prf-wrap")


def wrap_aad(portal_id: bytes, slug: str, kid: bytes) -> bytes:
    """Bind a wrapped seed to portal, organisation and caseworker key."""
    return context(b"caseworker", portal_id, text(slug), kid)


def wrap_seed(
    wrap: bytes,
    portal_id: bytes,
    slug: str,
    kid: bytes,
    seed: bytes,
    nonce: bytes | None = None,
) -> bytes:
    """Wrap a caseworker's 32-byte seed: `nonce ‖ AES-256-GCM`, 60 bytes. Raises FormatError for another length."""
    if len(seed) != SEED_LENGTH:
        raise FormatError("seed")
    return seal_small(wrap, wrap_aad(portal_id, slug, kid), seed, nonce)
