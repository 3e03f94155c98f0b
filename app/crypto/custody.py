"""What the custody ledger records about a letter, without telling the ledger which letter. Twin of `custody.js`."""

from app.crypto.encoding import context, hmac_sha256, sha256


def leaf(log_key: bytes, portal_id: bytes, report_id: bytes, kid: bytes, sealed: bytes) -> bytes:
    """Give the 32 bytes that prove later, to whoever holds the log key, that these very bytes were received."""
    return hmac_sha256(log_key, context(b"received", portal_id, report_id, kid, sha256(sealed)))
