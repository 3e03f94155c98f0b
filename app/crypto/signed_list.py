"""The signature of a list that an organisation hands on, and what can be wrong with one. Twin of `signed_list.js`."""

from typing import Any, cast

from app.crypto.encoding import context, text
from app.crypto.epoch_chain import ChainEntry, verify_chain
from app.crypto.recipient_key import fingerprint
from app.crypto.signing import check_signature, sign
from app.domain.signed_list import parse_list
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.errors import FormatError


def list_message(kind: str, portal_id: bytes, slug: str, content: bytes) -> bytes:
    """Give what the organisation signs: the content as JSON, bound to its kind, the portal and the own slug."""
    return context(b"signed-list", text(kind), portal_id, text(slug), content)


def sign_list(signing_seed: bytes, kind: str, content: dict[str, Any]) -> str:
    """Sign a list's content with the organisation's key in force; gives b64u."""
    return b64u_encode(sign(signing_seed, _message_of(kind, content)))


def list_faults(content: bytes) -> list[str]:
    """Give what is wrong with a list, empty where nothing is: `chain`, `signature`.

    Raises FormatError(path) for what is no list at all, or one whose bytes were touched between its values. What it
    cannot say is whose key the chain begins with: people compare the fingerprint with paper, or with the directory.
    """
    found = []
    whole = parse_list(content)
    inside, chain = whole["content"], cast("list[ChainEntry]", whole["chain"])
    try:
        verify_chain(b64u_decode(inside["portal_id"], "portal_id", 16), inside["organisation"], chain)
    except FormatError:
        found.append("chain")
    try:
        signing_key = b64u_decode(chain[-1]["signing_key"], "signing_key", 32)
        signature = b64u_decode(whole["signature"], "signature", 64)
        check_signature(signing_key, _message_of(whole["kind"], inside), signature)
    except FormatError:
        found.append("signature")
    return found


def list_signer(content: bytes) -> str:
    """Give the fingerprint of the organisation that a list says is its maker: that of its first signing key."""
    return fingerprint(b64u_decode(parse_list(content)["chain"][0]["signing_key"], "signing_key", 32))


def _message_of(kind: str, content: dict[str, Any]) -> bytes:
    portal_id = b64u_decode(content["portal_id"], "portal_id", 16)
    return list_message(kind, portal_id, content["organisation"], canonical_json(content, "content"))
