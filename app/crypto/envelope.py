"""Sealing to a public key: one HPKE message, everything that it is bound to in `info`. Twin of `envelope.js`.

Nothing here opens; the functions named `…_info` are shared with `opening`.
"""

from typing import Final

from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.crypto.encoding import context, le64, pae, text
from app.crypto.padding import LETTER_BUCKETS, MESSAGE_BUCKETS, pad
from app.crypto.recipient_key import hpke_public_key, kid_of
from app.crypto.signing import sign
from app.domain.vocabulary import SEALED_BY
from app.errors import FormatError

PROOF_LENGTH: Final = 32
SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def report_info(portal_id: bytes, report_id: bytes, kid: bytes, sealed_by: str) -> bytes:
    """Bind a letter to its portal, report, key and kind of sealer. Raises FormatError for an unknown `sealed_by`."""
    if sealed_by not in SEALED_BY:
        raise FormatError("sealed_by")
    return context(b"report", portal_id, report_id, kid, text(sealed_by))


def reseal_info(portal_id: bytes, report_id: bytes, kid: bytes, origin_kid: bytes) -> bytes:
    """Bind a resealed letter to its new key and to the key it was first sealed to."""
    return context(b"reseal", portal_id, report_id, kid, origin_kid)


def referral_info(portal_id: bytes, report_id: bytes, kid: bytes, referral_id: bytes, referrer: str) -> bytes:
    """Bind a letter that one organisation passes on to the referral and to the referrer's slug."""
    return context(b"referral", portal_id, report_id, kid, referral_id, text(referrer))


def keyring_info(portal_id: bytes, slug: str, kid: bytes, seq: int) -> bytes:
    """Bind one caseworker's copy of a keyring to organisation, caseworker and number."""
    return context(b"keyring", portal_id, text(slug), kid, le64(seq))


def recovery_info(portal_id: bytes, slug: str, seq: int) -> bytes:
    """Bind the copy of a keyring that only the printed recovery key opens."""
    return context(b"recovery", portal_id, text(slug), le64(seq))


def recovery_proof_info(portal_id: bytes, slug: str, seq: int) -> bytes:
    """Bind what only the holder of the recovery key can answer, before a recovery copy is handed out."""
    return context(b"recovery-proof", portal_id, text(slug), le64(seq))


def list_info(portal_id: bytes, kid: bytes, record_id: bytes, sender: str) -> bytes:
    """Bind a list that one organisation shares with another."""
    return context(b"list", portal_id, kid, record_id, text(sender))


def seal(public_key: bytes, info: bytes, plaintext: bytes) -> bytes:
    """Seal to a public key: `enc (1120) ‖ ciphertext ‖ tag (16)` (RFC 9180, base mode, single shot).

    Raises FormatError where the key is no key, also one whose X25519 half has no secret to share (RFC 7748, 6.1).
    """
    key = hpke_public_key(public_key)
    try:
        return SUITE.encrypt(plaintext, key, info)
    except ValueError as error:
        raise FormatError("public_key") from error


def seal_letter(
    public_key: bytes,
    portal_id: bytes,
    report_id: bytes,
    kid: bytes,
    sealed_by: str,
    letter: bytes,
    bucket: int = 0,
) -> bytes:
    """Seal one letter to one organisation, padded to `bucket` (the largest that a letter of this report needs).

    Raises FormatError where `kid` is not the key's, the letter does not fit, or `sealed_by` is unknown.
    """
    info = report_info(portal_id, report_id, _own_kid(public_key, kid), sealed_by)
    return seal(public_key, info, pad(letter, LETTER_BUCKETS, bucket))


def seal_reseal(
    public_key: bytes, portal_id: bytes, report_id: bytes, kid: bytes, origin_kid: bytes, plaintext: bytes
) -> bytes:
    """Seal a letter again, to a newer key of the same organisation: the old plaintext with its padding, unchanged."""
    if len(plaintext) not in LETTER_BUCKETS:
        raise FormatError("length")
    return seal(public_key, reseal_info(portal_id, report_id, _own_kid(public_key, kid), origin_kid), plaintext)


def seal_referral(
    public_key: bytes,
    portal_id: bytes,
    report_id: bytes,
    kid: bytes,
    referral_id: bytes,
    referrer: str,
    signing_seed: bytes,
    letter: bytes,
    bucket: int = 0,
) -> bytes:
    """Seal a letter that one organisation passes on, signed by the referrer (Ed25519 seed, 32 bytes) inside.

    Padded to `bucket` at least, the one of the letter that it comes out of: its size says nothing of what was left out.
    """
    info = referral_info(portal_id, report_id, _own_kid(public_key, kid), referral_id, referrer)
    return seal(public_key, info, pad(sign(signing_seed, pae(info, letter)) + letter, LETTER_BUCKETS, bucket))


def seal_keyring(public_key: bytes, portal_id: bytes, slug: str, kid: bytes, seq: int, keyring: bytes) -> bytes:
    """Seal one caseworker's copy of the keyring to the caseworker's key."""
    info = keyring_info(portal_id, slug, _own_kid(public_key, kid), seq)
    return seal(public_key, info, pad(keyring, MESSAGE_BUCKETS))


def seal_recovery(public_key: bytes, portal_id: bytes, slug: str, seq: int, keyring: bytes) -> bytes:
    """Seal the copy of the keyring for the organisation's recovery key."""
    return seal(public_key, recovery_info(portal_id, slug, seq), pad(keyring, MESSAGE_BUCKETS))


def seal_recovery_proof(public_key: bytes, portal_id: bytes, slug: str, seq: int, secret: bytes) -> bytes:
    """Seal 32 random bytes to the recovery key: who gives them back holds it. Raises FormatError for other lengths."""
    if len(secret) != PROOF_LENGTH:
        raise FormatError("secret")
    return seal(public_key, recovery_proof_info(portal_id, slug, seq), secret)


def seal_list(
    public_key: bytes,
    portal_id: bytes,
    kid: bytes,
    record_id: bytes,
    sender: str,
    signing_seed: bytes,
    shared_list: bytes,
) -> bytes:
    """Seal a list that one organisation shares with another, signed by the sender inside."""
    info = list_info(portal_id, _own_kid(public_key, kid), record_id, sender)
    return seal(public_key, info, pad(sign(signing_seed, pae(info, shared_list)) + shared_list, LETTER_BUCKETS))


def _own_kid(public_key: bytes, kid: bytes) -> bytes:
    if kid_of(public_key) != kid:
        raise FormatError("kid")
    return kid
