"""The signature of an evidence package, and everything that can be wrong with one. Twin of `evidence.js`."""

from typing import Any, cast

from app.crypto.encoding import context, sha256, text
from app.crypto.epoch_chain import ChainEntry, verify_chain
from app.crypto.recipient_key import fingerprint
from app.crypto.signing import check_signature, sign
from app.domain.evidence import PARTS, parse_package
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.errors import FormatError


def evidence_message(portal_id: bytes, slug: str, manifest: bytes) -> bytes:
    """Give what the organisation signs: its manifest as JSON, bound to the portal and to its own slug."""
    return context(b"evidence", portal_id, text(slug), manifest)


def named_parts(parts: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the list of the parts with their hashes (hex) and lengths in bytes, as the manifest has it."""
    written = {name: canonical_json(parts[name], name) for name in PARTS}
    return [
        {"name": name, "sha256": sha256(content).hex(), "length": len(content)} for name, content in written.items()
    ]


def sign_manifest(signing_seed: bytes, manifest: dict[str, Any]) -> str:
    """Sign a manifest with the organisation's key in force; gives b64u."""
    portal_id = b64u_decode(manifest["portal_id"], "portal_id", 16)
    message = evidence_message(portal_id, manifest["organisation"], canonical_json(manifest, "manifest"))
    return b64u_encode(sign(signing_seed, message))


def faults(content: bytes) -> list[str]:
    """Give what is wrong with a package, empty where nothing is: `chain`, `signature`, `parts.<name>`.

    Raises FormatError(path) for what is no package at all, or one whose bytes were touched between its values. What it
    cannot say is whose key the chain begins with: people compare the fingerprint with paper, or with the directory.
    """
    package = parse_package(content)
    manifest, chain = package["manifest"], cast("list[ChainEntry]", package["chain"])
    slug, portal_id = manifest["organisation"], b64u_decode(manifest["portal_id"], "portal_id", 16)
    found = []
    try:
        verify_chain(portal_id, slug, chain)
    except FormatError:
        found.append("chain")
    try:
        message = evidence_message(portal_id, slug, canonical_json(manifest, "manifest"))
        signing_key = b64u_decode(chain[-1]["signing_key"], "signing_key", 32)
        check_signature(signing_key, message, b64u_decode(package["signature"], "signature", 64))
    except FormatError:
        found.append("signature")
    listed = {part["name"]: part for part in manifest["parts"]}
    return found + [f"parts.{part['name']}" for part in named_parts(package["parts"]) if part != listed[part["name"]]]


def signer(content: bytes) -> str:
    """Give the fingerprint of the organisation that a package says is its maker: that of its first signing key."""
    return fingerprint(b64u_decode(parse_package(content)["chain"][0]["signing_key"], "signing_key", 32))
