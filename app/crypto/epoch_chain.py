"""From a fingerprint on paper to the key in force: the chain that the directory serves. Twin of `epoch_chain.js`."""

from typing import Any, Final, TypedDict, cast

from app.crypto.encoding import context, le64, text
from app.crypto.recipient_key import PUBLIC_LENGTH, fingerprint, kid_of
from app.crypto.signing import check_signature, sign, signing_key_of
from app.domain import vocabulary, wire
from app.domain.letter import day
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError

CHAIN_MOST: Final = 1000
EARLIER_MOST: Final = 100


class ChainEntry(TypedDict):
    """One epoch in the chain: its signing key, the kid of its encryption key, signed by the entry before."""

    signing_key: str
    kid: str
    signature: str


_CHAIN: Final = wire.list_of(
    wire.record(signing_key=wire.b64u_text(32), kid=wire.b64u_text(16), signature=wire.b64u_text(64)),
    most=CHAIN_MOST,
    least=1,
)
_ORGANISATION: Final = wire.record(
    slug=wire.slug,
    kind=wire.one_of(vocabulary.ORGANISATION_KINDS),
    name=wire.record(ko=wire.text(200, least=1), en=wire.text(200, least=1)),
    region=wire.one_of(vocabulary.REGIONS),
    kid=wire.b64u_text(16),
    public_key=wire.b64u_text(PUBLIC_LENGTH),
    signing_key=wire.b64u_text(32),
    fingerprint=wire.text(35, least=35),
    chain=_CHAIN,
    earlier=wire.list_of(
        wire.record(fingerprint=wire.text(35, least=35), ended_on=day, chain=_CHAIN),
        most=EARLIER_MOST,
        unique_by=lambda broken: broken["fingerprint"],
    ),
)
_DIRECTORY: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "portal_id": wire.b64u_text(16),
    "organisations": wire.list_of(_ORGANISATION, most=1000, unique_by=lambda organisation: organisation["slug"]),
}


def entry_message(portal_id: bytes, slug: str, index: int, signing_key: bytes, kid: bytes) -> bytes:
    """Give what the signature of the entry at `index` (from 0) is over."""
    return context(b"epoch", portal_id, text(slug), le64(index), signing_key, kid)


def sign_entry(
    portal_id: bytes, slug: str, index: int, signing_key: bytes, kid: bytes, signer_seed: bytes
) -> ChainEntry:
    """Make the entry at `index`, signed by the key of the entry before (the first by its own)."""
    if index == 0 and signing_key_of(signer_seed) != signing_key:
        raise FormatError("signing_key")
    signature = sign(signer_seed, entry_message(portal_id, slug, index, signing_key, kid))
    return {
        "signing_key": b64u_encode(signing_key),
        "kid": b64u_encode(kid),
        "signature": b64u_encode(signature),
    }


def verify_chain(portal_id: bytes, slug: str, chain: list[ChainEntry]) -> ChainEntry:
    """Check every signature from the first entry on and give the last entry, which is in force. Raises FormatError."""
    if not chain:
        raise FormatError("chain")
    signer = b64u_decode(chain[0]["signing_key"], "chain.0.signing_key", 32)
    for index, entry in enumerate(chain):
        where = f"chain.{index}"
        signing_key = b64u_decode(entry["signing_key"], f"{where}.signing_key", 32)
        message = entry_message(portal_id, slug, index, signing_key, b64u_decode(entry["kid"], f"{where}.kid", 16))
        check_signature(signer, message, b64u_decode(entry["signature"], f"{where}.signature", 64))
        signer = signing_key
    return chain[-1]


def verify_directory(directory: object) -> dict[str, Any]:
    """Check a whole directory: its schema and, for each organisation, chain, kid, signing key and fingerprint.

    Chains that broke before are checked likewise, and nothing of them is in force. What it cannot say is whether a
    fingerprint is the true one: people compare that with paper. Raises FormatError.
    """
    checked = wire.fields(directory, _DIRECTORY, "directory")
    portal_id = b64u_decode(checked["portal_id"], "directory.portal_id", 16)
    for number, organisation in enumerate(checked["organisations"]):
        where = f"directory.organisations.{number}"
        in_force = verify_chain(portal_id, organisation["slug"], cast("list[ChainEntry]", organisation["chain"]))
        kid = b64u_encode(kid_of(b64u_decode(organisation["public_key"], where)))
        if not kid == organisation["kid"] == in_force["kid"]:
            raise FormatError(f"{where}.kid")
        if organisation["signing_key"] != in_force["signing_key"]:
            raise FormatError(f"{where}.signing_key")
        if organisation["fingerprint"] != _fingerprint_of(organisation["chain"]):
            raise FormatError(f"{where}.fingerprint")
        _check_earlier(portal_id, organisation, f"{where}.earlier")
    return checked


def ended_on(organisation: dict[str, Any], name: str) -> str | None:
    """Give the day on which the chain broke that a kid (b64u) or a fingerprint belongs to.

    `organisation` is one of a directory that was checked. None for what is in force, and for what is in no chain.
    """
    for broken in organisation["earlier"]:
        if name == broken["fingerprint"] or any(name == entry["kid"] for entry in broken["chain"]):
            return str(broken["ended_on"])
    return None


def _check_earlier(portal_id: bytes, organisation: dict[str, Any], where: str) -> None:
    """Each broken chain holds by itself, and shares no key with another."""
    known = _names(organisation["chain"])
    for number, broken in enumerate(organisation["earlier"]):
        chain = broken["chain"]
        verify_chain(portal_id, organisation["slug"], cast("list[ChainEntry]", chain))
        if broken["fingerprint"] != _fingerprint_of(chain):
            raise FormatError(f"{where}.{number}.fingerprint")
        if known & _names(chain):
            raise FormatError(f"{where}.{number}.chain")
        known |= _names(chain)


def _names(chain: list[dict[str, str]]) -> set[str]:
    return {name for entry in chain for name in (entry["kid"], entry["signing_key"])}


def _fingerprint_of(chain: list[dict[str, str]]) -> str:
    return fingerprint(b64u_decode(chain[0]["signing_key"], "signing_key", 32))
