"""Messages between a reporter and one organisation, under their reply key. Twin of `message.js`."""

from app.crypto.encoding import context, hkdf, text
from app.crypto.padding import MESSAGE_BUCKETS, pad
from app.crypto.small import seal_small
from app.domain.vocabulary import DIRECTIONS
from app.errors import FormatError


def message_key(reply_key: bytes, direction: str) -> bytes:
    """Give the key of one direction, so that a message cannot be thrown back at its sender."""
    if direction not in DIRECTIONS:
        raise FormatError("direction")
    return hkdf(reply_key, b"message", text(direction))


def message_aad(portal_id: bytes, report_id: bytes, origin_kid: bytes, direction: str, message_id: bytes) -> bytes:
    """Bind a message to its portal, report, thread, direction and id."""
    return context(b"message", portal_id, report_id, origin_kid, text(direction), message_id)


def seal_message(
    reply_key: bytes,
    direction: str,
    portal_id: bytes,
    report_id: bytes,
    origin_kid: bytes,
    message_id: bytes,
    content: bytes,
    nonce: bytes | None = None,
) -> bytes:
    """Seal one message; `content` is what `message_content.message_json` gives. Raises FormatError if too long."""
    key = message_key(reply_key, direction)
    aad = message_aad(portal_id, report_id, origin_kid, direction, message_id)
    return seal_small(key, aad, pad(content, MESSAGE_BUCKETS), nonce)
