"""Every opening there is. Only the command-line client may import this: the server cannot open an envelope.

Each function gives the plaintext with its padding removed, or raises FormatError("sealed") where key, context or a
single bit is another: which one it was is not said, because it is not known.
"""

from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.caseworker_key import wrap_aad
from app.crypto.encoding import pae
from app.crypto.envelope import (
    PROOF_LENGTH,
    SUITE,
    keyring_info,
    list_info,
    recovery_info,
    recovery_proof_info,
    referral_info,
    report_info,
    reseal_info,
)
from app.crypto.message import message_aad, message_key
from app.crypto.onward import answer_aad, answer_key
from app.crypto.own import own_aad, own_key
from app.crypto.padding import LETTER_BUCKETS, MESSAGE_BUCKETS, RECORD_BUCKETS, SUMMARY_BUCKETS, unpad
from app.crypto.recipient_key import from_seed, hpke_private_key
from app.crypto.signing import check_signature
from app.crypto.small import NONCE_LENGTH
from app.crypto.summary import summary_aad, summary_cipher_key
from app.crypto.work_record import record_aad, record_key
from app.domain.sealed_length import ENVELOPE_OVERHEAD, SMALL_OVERHEAD
from app.errors import FormatError

_SIGNATURE = 64


def open_padded(seed: bytes, info: bytes, sealed: bytes) -> bytes:
    """Open an envelope of any purpose and give the plaintext with its padding. Raises FormatError("sealed")."""
    if len(sealed) < ENVELOPE_OVERHEAD:
        raise FormatError("sealed")
    try:
        return SUITE.decrypt(sealed, hpke_private_key(seed), info)
    except (InvalidTag, ValueError) as error:
        raise FormatError("sealed") from error


def open_letter(seed: bytes, portal_id: bytes, report_id: bytes, sealed_by: str, sealed: bytes) -> bytes:
    """Open a letter with the seed of the epoch it was sealed to."""
    info = report_info(portal_id, report_id, from_seed(seed).kid, sealed_by)
    return unpad(open_padded(seed, info, sealed), LETTER_BUCKETS)


def open_reseal(seed: bytes, portal_id: bytes, report_id: bytes, origin_kid: bytes, sealed: bytes) -> bytes:
    """Open a letter that was resealed to a newer epoch."""
    info = reseal_info(portal_id, report_id, from_seed(seed).kid, origin_kid)
    return unpad(open_padded(seed, info, sealed), LETTER_BUCKETS)


def open_referral(
    seed: bytes,
    portal_id: bytes,
    report_id: bytes,
    referral_id: bytes,
    referrer: str,
    signing_key: bytes,
    sealed: bytes,
) -> bytes:
    """Open a letter that another organisation passed on, and check the referrer's signature in it."""
    info = referral_info(portal_id, report_id, from_seed(seed).kid, referral_id, referrer)
    return _signed(unpad(open_padded(seed, info, sealed), LETTER_BUCKETS), info, signing_key)


def open_passed_on(
    seed: bytes,
    portal_id: bytes,
    report_id: bytes,
    origin_kid: bytes,
    referral_id: bytes,
    referrer: str,
    signing_keys: Sequence[bytes],
    sealed: bytes,
) -> tuple[bytes, int]:
    """Open a letter that another organisation passed on, also after it moved to a newer epoch of the receiver's.

    Gives the letter, and which of the referrer's keys signed it: -1 where none of them did. The signature is over the
    first info, the one of `origin_kid`.
    """
    kid = from_seed(seed).kid
    first = referral_info(portal_id, report_id, origin_kid, referral_id, referrer)
    info = first if kid == origin_kid else reseal_info(portal_id, report_id, kid, origin_kid)
    return _signed_by(unpad(open_padded(seed, info, sealed), LETTER_BUCKETS), first, signing_keys)


def open_answer(
    reply_key: bytes,
    portal_id: bytes,
    report_id: bytes,
    origin_kid: bytes,
    referral_id: bytes,
    receiver: str,
    signing_keys: Sequence[bytes],
    sealed: bytes,
) -> tuple[bytes, int]:
    """Open what a receiver answered, and say which of its keys signed it: -1 where none of them did."""
    aad = answer_aad(portal_id, report_id, origin_kid, referral_id, receiver)
    return _signed_by(_open_small(answer_key(reply_key), aad, sealed, MESSAGE_BUCKETS), aad, signing_keys)


def open_list(seed: bytes, portal_id: bytes, record_id: bytes, sender: str, signing_key: bytes, sealed: bytes) -> bytes:
    """Open a list that another organisation shares, and check the sender's signature in it."""
    info = list_info(portal_id, from_seed(seed).kid, record_id, sender)
    return _signed(unpad(open_padded(seed, info, sealed), LETTER_BUCKETS), info, signing_key)


def open_keyring(seed: bytes, portal_id: bytes, slug: str, seq: int, sealed: bytes) -> bytes:
    """Open one's copy of the keyring with the caseworker's seed; `keyring.check_ring` says whether to believe it."""
    info = keyring_info(portal_id, slug, from_seed(seed).kid, seq)
    return unpad(open_padded(seed, info, sealed), MESSAGE_BUCKETS)


def open_recovery(seed: bytes, portal_id: bytes, slug: str, seq: int, sealed: bytes) -> bytes:
    """Open the recovery copy of the keyring with the seed from paper."""
    return unpad(open_padded(seed, recovery_info(portal_id, slug, seq), sealed), MESSAGE_BUCKETS)


def open_recovery_proof(seed: bytes, portal_id: bytes, slug: str, seq: int, sealed: bytes) -> bytes:
    """Open what proves that one holds the recovery key: 32 bytes."""
    secret = open_padded(seed, recovery_proof_info(portal_id, slug, seq), sealed)
    if len(secret) != PROOF_LENGTH:
        raise FormatError("sealed")
    return secret


def open_message(
    reply_key: bytes,
    direction: str,
    portal_id: bytes,
    report_id: bytes,
    origin_kid: bytes,
    message_id: bytes,
    sealed: bytes,
) -> bytes:
    """Open a message of one direction: it came from the other holder of the reply key."""
    aad = message_aad(portal_id, report_id, origin_kid, direction, message_id)
    return _open_small(message_key(reply_key, direction), aad, sealed, MESSAGE_BUCKETS)


def open_own(stretched: bytes, portal_id: bytes, report_id: bytes, sealed: bytes) -> bytes:
    """Open the own record of a report."""
    return _open_small(own_key(stretched, "own"), own_aad("own", portal_id, report_id), sealed, LETTER_BUCKETS)


def open_draft(stretched: bytes, portal_id: bytes, draft_id: bytes, sealed: bytes) -> bytes:
    """Open a kept draft."""
    return _open_small(own_key(stretched, "draft"), own_aad("draft", portal_id, draft_id), sealed, LETTER_BUCKETS)


def unwrap_seed(wrap: bytes, portal_id: bytes, slug: str, kid: bytes, wrapped: bytes) -> bytes:
    """Unwrap a caseworker's seed, and check that it is the one of `kid`."""
    seed = _open_aead(wrap, wrap_aad(portal_id, slug, kid), wrapped)
    if from_seed(seed).kid != kid:
        raise FormatError("sealed")
    return seed


def open_summary(
    summary_key: bytes,
    portal_id: bytes,
    slug: str,
    report_id: bytes,
    epoch_kid: bytes,
    sealed_hash: bytes,
    version: int,
    sealed: bytes,
) -> bytes:
    """Open the summary of one letter."""
    aad = summary_aad(portal_id, slug, report_id, epoch_kid, sealed_hash, version)
    return _open_small(summary_cipher_key(summary_key), aad, sealed, SUMMARY_BUCKETS)


def open_record(
    epoch_seed: bytes,
    record_type: str,
    portal_id: bytes,
    slug: str,
    epoch_kid: bytes,
    record_id: bytes,
    version: int,
    sealed: bytes,
) -> bytes:
    """Open one work record."""
    aad = record_aad(record_type, portal_id, slug, epoch_kid, record_id, version)
    return _open_small(record_key(epoch_seed, record_type), aad, sealed, RECORD_BUCKETS)


def _open_small(key: bytes, aad: bytes, sealed: bytes, buckets: Sequence[int]) -> bytes:
    return unpad(_open_aead(key, aad, sealed), buckets)


def _open_aead(key: bytes, aad: bytes, sealed: bytes) -> bytes:
    if len(sealed) < SMALL_OVERHEAD:
        raise FormatError("sealed")
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], aad)
    except (InvalidTag, ValueError) as error:
        raise FormatError("sealed") from error


def _signed(plaintext: bytes, info: bytes, signing_key: bytes) -> bytes:
    signature, content = plaintext[:_SIGNATURE], plaintext[_SIGNATURE:]
    check_signature(signing_key, pae(info, content), signature)
    return content


def _signed_by(plaintext: bytes, info: bytes, signing_keys: Sequence[bytes]) -> tuple[bytes, int]:
    for number, signing_key in reversed(list(enumerate(signing_keys))):
        try:
            return _signed(plaintext, info, signing_key), number
        except FormatError:
            continue
    return plaintext[_SIGNATURE:], -1
