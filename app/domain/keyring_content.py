"""What an organisation's people share, as JSON with every field in this order. Twin of `keyring_content.js`.

The signature and what it is over are `app.crypto.keyring`'s.
"""

from typing import Any, Final, TypedDict, cast

from app.domain import vocabulary, wire
from app.domain.letter import day
from app.errors import FormatError

OPENING_ROLES: Final = ("lead", "caseworker")
MEMBERS_MOST: Final = 200
EPOCHS_MOST: Final = 40


class Member(TypedDict):
    """One person of the organisation, by the name of the person's key."""

    kid: str
    role: str


class Epoch(TypedDict):
    """The keys of one stretch of time. Seeds are null in the copy of a viewer; `retired_on` is null while in force."""

    kid: str
    seed: str | None
    summary_key: str
    signing_key: str
    signing_seed: str | None
    retired_on: str | None


class Keyring(TypedDict):
    """A ring: epochs oldest first, the last one in force. Bytes are b64u text."""

    v: int
    organisation: str
    seq: int
    prev: str | None
    recovery_kid: str
    members: list[Member]
    epochs: list[Epoch]
    signature: str


_KEYRING: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "organisation": wire.slug,
    "seq": wire.integer(1, wire.MAX_INTEGER),
    "prev": wire.nullable(wire.b64u_text(32)),
    "recovery_kid": wire.b64u_text(16),
    "members": wire.list_of(
        wire.record(kid=wire.b64u_text(16), role=wire.one_of(vocabulary.ROLES)),
        most=MEMBERS_MOST,
        least=1,
        unique_by=lambda member: member["kid"],
    ),
    "epochs": wire.list_of(
        wire.record(
            kid=wire.b64u_text(16),
            seed=wire.nullable(wire.b64u_text(32)),
            summary_key=wire.b64u_text(32),
            signing_key=wire.b64u_text(32),
            signing_seed=wire.nullable(wire.b64u_text(32)),
            retired_on=wire.nullable(day),
        ),
        most=EPOCHS_MOST,
        least=1,
        unique_by=lambda epoch: epoch["kid"],
    ),
    "signature": wire.b64u_text(64),
}


def check_keyring(value: object) -> Keyring:
    """Check a ring that is already an object. Raises FormatError(path).

    The first ring and no other has no predecessor; the last epoch and no other is in force; seeds go in pairs, for all
    epochs or for none.
    """
    ring = cast("Keyring", wire.fields(value, _KEYRING, "keyring"))
    if (ring["seq"] == 1) != (ring["prev"] is None):
        raise FormatError("keyring.prev")
    if [epoch["retired_on"] is None for epoch in ring["epochs"]] != [False] * (len(ring["epochs"]) - 1) + [True]:
        raise FormatError("keyring.epochs")
    held = {epoch[name] is not None for epoch in ring["epochs"] for name in ("seed", "signing_seed")}
    if len(held) != 1:
        raise FormatError("keyring.epochs")
    return ring


def keyring_json(ring: Keyring) -> bytes:
    """Serialise a ring in the one way that `parse_keyring` accepts. Raises FormatError where it is not a ring."""
    return wire.canonical_json(check_keyring(ring), "keyring")


def parse_keyring(plaintext: bytes) -> Keyring:
    """Parse a ring after padding was removed. Raises FormatError for any byte that `keyring_json` would not give."""
    ring = check_keyring(wire.parse_canonical(plaintext, "keyring"))
    if wire.canonical_json(ring) != plaintext:
        raise FormatError("keyring")
    return ring


def without_seeds(ring: Keyring) -> Keyring:
    """Give the copy that somebody gets who opens no letters: the same ring, every seed null."""
    epochs = [cast("Epoch", {**epoch, "seed": None, "signing_seed": None}) for epoch in ring["epochs"]]
    return cast("Keyring", {**ring, "epochs": epochs})


def copy_for(ring: Keyring, role: str) -> Keyring | None:
    """Give what somebody with `role` gets of a ring: all of it, the ring without seeds, or nothing.

    Who opens letters gets all; a viewer reads summaries, whose keys are no seeds; an auditor reads the access log, for
    which no key is needed. Raises FormatError for an unknown role.
    """
    if role not in vocabulary.ROLES:
        raise FormatError("keyring.members")
    if role in OPENING_ROLES:
        return ring
    return without_seeds(ring) if role == "viewer" else None
