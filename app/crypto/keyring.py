"""Making and checking an organisation's keyring: signed, numbered, chained. Twin of `keyring.js`.

`core` is what is signed: the ring without its signature and with every seed null, so that one signature holds for every
copy and a ring that somebody invented, cut or swapped is detected.
"""

import secrets
from datetime import date
from itertools import pairwise
from typing import Final, TypedDict, cast

from app.crypto.encoding import context, sha256, text
from app.crypto.epoch_chain import ChainEntry
from app.crypto.recipient_key import from_seed
from app.crypto.signing import check_signature, sign, signing_key_of
from app.domain.keyring_content import OPENING_ROLES, Epoch, Keyring, Member, check_keyring, without_seeds
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.errors import FormatError

_NO_SIGNATURE: Final = b64u_encode(bytes(64))


class Seen(TypedDict):
    """What is remembered of a ring, none of it secret: its number, SHA-256 of its core, the kid in force."""

    seq: int
    core: str
    kid: str


def new_epoch(seed: bytes | None = None, signing_seed: bytes | None = None, summary_key: bytes | None = None) -> Epoch:
    """Make the keys of a new epoch, all fresh; only vectors ever set them."""
    seed = seed or secrets.token_bytes(32)
    signing_seed = signing_seed or secrets.token_bytes(32)
    return {
        "kid": b64u_encode(from_seed(seed).kid),
        "seed": b64u_encode(seed),
        "summary_key": b64u_encode(summary_key or secrets.token_bytes(32)),
        "signing_key": b64u_encode(signing_key_of(signing_seed)),
        "signing_seed": b64u_encode(signing_seed),
        "retired_on": None,
    }


def core(ring: Keyring) -> bytes:
    """Give the bytes that the signature of a ring is over."""
    bare = cast("dict[str, object]", without_seeds(check_keyring(ring)))
    return canonical_json({name: value for name, value in bare.items() if name != "signature"})


def signed_message(ring: Keyring, portal_id: bytes) -> bytes:
    """Give the message that the signature is made over: the core, bound to portal and organisation."""
    return context(b"keyring", portal_id, text(ring["organisation"]), core(ring))


def first_ring(portal_id: bytes, slug: str, recovery_kid: bytes, members: list[Member], epoch: Epoch) -> Keyring:
    """Make and sign an organisation's first ring; its own newest signing key signs it."""
    ring: Keyring = {
        "v": 1,
        "organisation": slug,
        "seq": 1,
        "prev": None,
        "recovery_kid": b64u_encode(recovery_kid),
        "members": members,
        "epochs": [epoch],
        "signature": _NO_SIGNATURE,
    }
    return _signed(ring, portal_id, epoch)


def next_ring(
    portal_id: bytes,
    ring: Keyring,
    *,
    members: list[Member] | None = None,
    recovery_kid: bytes | None = None,
    epoch: Epoch | None = None,
    retired_on: date | None = None,
    dropped: frozenset[str] = frozenset(),
) -> Keyring:
    """Make and sign the ring after `ring`: `seq` one higher, `prev` its hash, signed by its own newest signing key.

    A new `epoch` retires the old one on `retired_on`; the directory's chain says that its key may follow. `dropped`
    names epochs (kid as b64u) without living letters.
    Raises FormatError where `ring` is a copy without seeds or what would come of it is no ring.
    """
    epochs = [kept for kept in ring["epochs"] if kept["kid"] not in dropped]
    if epoch is not None:
        day = None if retired_on is None else retired_on.isoformat()
        ended = [cast("Epoch", {**kept, "retired_on": kept["retired_on"] or day}) for kept in epochs]
        epochs = [*ended, epoch]
    following: Keyring = {
        "v": 1,
        "organisation": ring["organisation"],
        "seq": ring["seq"] + 1,
        "prev": b64u_encode(sha256(core(ring))),
        "recovery_kid": ring["recovery_kid"] if recovery_kid is None else b64u_encode(recovery_kid),
        "members": ring["members"] if members is None else members,
        "epochs": epochs,
        "signature": _NO_SIGNATURE,
    }
    return _signed(following, portal_id, epochs[-1])


def check_ring(ring: Keyring, portal_id: bytes, slug: str, signing_key: bytes) -> None:
    """Pass when the ring is this organisation's, signed by its own newest key, and its seeds yield what it names.

    `signing_key` is the key in force: take it from the verified chain of the directory, where the key before it vouches
    for it. So nobody who holds only earlier keys makes a ring that passes. Raises FormatError.
    """
    if ring["organisation"] != slug:
        raise FormatError("keyring.organisation")
    if ring["epochs"][-1]["signing_key"] != b64u_encode(signing_key):
        raise FormatError("keyring.epochs")
    check_signature(signing_key, signed_message(ring, portal_id), b64u_decode(ring["signature"], "signature", 64))
    for epoch in ring["epochs"]:
        _check_seeds(epoch)


def check_following(ring: Keyring, before: Keyring, portal_id: bytes, chain: list[ChainEntry]) -> None:
    """Pass when `ring` comes right after `before`: number, hash of its core, epochs, signature. Raises FormatError.

    It has the epochs of the ring before, unchanged or left, and at most one more: the next of the verified `chain`.
    """
    if ring["seq"] != before["seq"] + 1 or ring["prev"] != b64u_encode(sha256(core(before))):
        raise FormatError("keyring.prev")
    newest, known = ring["epochs"][-1], {epoch["kid"]: _names(epoch) for epoch in before["epochs"]}
    if any(known.get(epoch["kid"]) != _names(epoch) for epoch in ring["epochs"][:-1]):
        raise FormatError("keyring.epochs")
    if newest["kid"] in known:
        vouched = _names(newest) == _names(before["epochs"][-1])
    else:
        vouched = (_link(before["epochs"][-1]), _link(newest)) in pairwise(_link(entry) for entry in chain)
    if not vouched:
        raise FormatError("keyring.epochs")
    check_ring(ring, portal_id, before["organisation"], b64u_decode(newest["signing_key"], "signing_key", 32))


def seen(ring: Keyring) -> Seen:
    """Give what to remember of a ring that was believed, so that an older or another one is not believed later."""
    return {"seq": ring["seq"], "core": b64u_encode(sha256(core(ring))), "kid": ring["epochs"][-1]["kid"]}


def check_against_chain(
    ring: Keyring,
    portal_id: bytes,
    slug: str,
    chain: list[ChainEntry],
    caseworker_kid: bytes,
    before: Seen | None,
) -> None:
    """Pass when a ring, with no other beside it, agrees with the verified chain and with what was seen before.

    Its epochs stand in the chain in that order, and end where it ends; its number has room for them; it names this
    caseworker, with seeds where the role opens letters, else without; the key in force signed it. What was seen before
    (None: nothing) has not gone back or taken another way. Raises FormatError, whose field says which of these it is.
    """
    places = {_link(entry): place for place, entry in enumerate(chain)}
    found = [places.get(_link(epoch), -1) for epoch in ring["epochs"]]
    if found[-1] != len(chain) - 1 or found[0] < 0 or any(one >= two for one, two in pairwise(found)):
        raise FormatError("keyring.epochs")
    if ring["seq"] < len(chain):
        raise FormatError("keyring.seq")
    if before is not None:
        _check_seen(ring, chain, before)
    roles = {member["kid"]: member["role"] for member in ring["members"]}
    role = roles.get(b64u_encode(caseworker_kid))
    if role is None or (ring["epochs"][-1]["seed"] is not None) != (role in OPENING_ROLES):
        raise FormatError("keyring.members")
    check_ring(ring, portal_id, slug, b64u_decode(chain[-1]["signing_key"], "signing_key", 32))


def _check_seen(ring: Keyring, chain: list[ChainEntry], before: Seen) -> None:
    if all(entry["kid"] != before["kid"] for entry in chain):
        raise FormatError("keyring.chain")
    if ring["seq"] < before["seq"]:
        raise FormatError("keyring.seq")
    same = ring["seq"] == before["seq"]
    if same and b64u_encode(sha256(core(ring))) != before["core"]:
        raise FormatError("keyring.prev")
    if ring["seq"] == before["seq"] + 1 and ring["prev"] != before["core"]:
        raise FormatError("keyring.prev")


def _link(entry: Epoch | ChainEntry) -> tuple[str, str]:
    return entry["kid"], entry["signing_key"]


def _names(epoch: Epoch) -> tuple[str, str, str]:
    return epoch["kid"], epoch["signing_key"], epoch["summary_key"]


def _check_seeds(epoch: Epoch) -> None:
    if epoch["seed"] is None or epoch["signing_seed"] is None:
        return
    if b64u_encode(from_seed(b64u_decode(epoch["seed"], "seed", 32)).kid) != epoch["kid"]:
        raise FormatError("keyring.epochs.seed")
    if b64u_encode(signing_key_of(b64u_decode(epoch["signing_seed"], "signing_seed", 32))) != epoch["signing_key"]:
        raise FormatError("keyring.epochs.signing_seed")


def _signed(ring: Keyring, portal_id: bytes, signer: Epoch) -> Keyring:
    if signer["signing_seed"] is None:
        raise FormatError("signing_seed")
    seed = b64u_decode(signer["signing_seed"], "signing_seed", 32)
    return cast("Keyring", {**ring, "signature": b64u_encode(sign(seed, signed_message(ring, portal_id)))})
