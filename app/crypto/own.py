"""What the receipt code alone gives back to the reporter: the own record and a kept draft. Twin of `own.js`."""

from app.crypto.encoding import context, hkdf, text
from app.crypto.padding import LETTER_BUCKETS, pad
from app.crypto.small import seal_small
from app.errors import FormatError

LABELS = ("own", "draft")


def own_key(stretched: bytes, label: str) -> bytes:
    """Give the key of `own` or `draft`. Raises FormatError for another label."""
    if label not in LABELS:
        raise FormatError("label")
    return hkdf(stretched, text(label))


def own_aad(label: str, portal_id: bytes, record_id: bytes) -> bytes:
    """Bind an own record to its report_id, a draft to its draft_id."""
    return context(text(label), portal_id, record_id)


def seal_own(stretched: bytes, portal_id: bytes, report_id: bytes, content: bytes, nonce: bytes | None = None) -> bytes:
    """Seal the own record of a report; `content` is what `own_record.own_json` gives."""
    padded = pad(content, LETTER_BUCKETS)
    return seal_small(own_key(stretched, "own"), own_aad("own", portal_id, report_id), padded, nonce)


def seal_draft(
    stretched: bytes, portal_id: bytes, draft_id: bytes, content: bytes, nonce: bytes | None = None
) -> bytes:
    """Seal a draft that is kept for 72 hours."""
    padded = pad(content, LETTER_BUCKETS)
    return seal_small(own_key(stretched, "draft"), own_aad("draft", portal_id, draft_id), padded, nonce)
