"""The answer to a letter that was passed on, for whoever passed it on. Twin of `onward.js`.

It lies under the key of the new thread, which the referrer can derive and the receiver finds in the letter: so it opens
whatever keys either changes meanwhile. The reporter could derive it too; the portal does not hand it to her.
"""

from app.crypto.encoding import context, hkdf, pae, text
from app.crypto.padding import MESSAGE_BUCKETS, pad
from app.crypto.signing import sign
from app.crypto.small import seal_small


def answer_key(reply_key: bytes) -> bytes:
    """Give the key of the answer, from the reply key of the letter that was passed on."""
    return hkdf(reply_key, b"answer")


def answer_aad(portal_id: bytes, report_id: bytes, origin_kid: bytes, referral_id: bytes, receiver: str) -> bytes:
    """Bind an answer to its portal, report, letter, referral and to the receiver's slug."""
    return context(b"answer", portal_id, report_id, origin_kid, referral_id, text(receiver))


def seal_answer(
    reply_key: bytes,
    portal_id: bytes,
    report_id: bytes,
    origin_kid: bytes,
    referral_id: bytes,
    receiver: str,
    signing_seed: bytes,
    answer: bytes,
    nonce: bytes | None = None,
) -> bytes:
    """Seal an answer, signed by the receiver (Ed25519 seed, 32 bytes) inside. Raises FormatError if too long."""
    aad = answer_aad(portal_id, report_id, origin_kid, referral_id, receiver)
    signed = sign(signing_seed, pae(aad, answer)) + answer
    return seal_small(answer_key(reply_key), aad, pad(signed, MESSAGE_BUCKETS), nonce)
