"""What a lead's browser sends about the people of an organisation, parsed strictly: the next ring, and who is in it."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.keyring_content import MEMBERS_MOST
from app.domain.new_keys import COPY, EPOCH, KID, RECOVERY


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """The keys that come into force with a ring, and the signature of the key before over their entry in the chain."""

    public_key: bytes
    signing_key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class RecoveryCopy:
    """The ring sealed to the recovery key: kid 16 bytes, public key 1216."""

    kid: bytes
    public_key: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class RingChange:
    """The next ring. `copies` by kid, for every member but auditors; `roles` by kid, of every member."""

    seq: int
    copies: dict[bytes, bytes]
    recovery: RecoveryCopy
    epoch: NewEpoch | None
    roles: dict[bytes, str]


_CHANGE: Final[dict[str, wire.Checker[Any]]] = {
    "seq": wire.integer(2, wire.MAX_INTEGER),
    "copies": wire.list_of(COPY, most=MEMBERS_MOST, least=1, unique_by=lambda copy: copy["kid"]),
    "recovery": RECOVERY,
    "epoch": wire.nullable(EPOCH),
    "roles": wire.list_of(
        wire.record(kid=KID, role=wire.one_of(vocabulary.ROLES)),
        most=MEMBERS_MOST,
        least=1,
        unique_by=lambda member: member["kid"],
    ),
}


def parse_ring_change(body: bytes) -> RingChange:
    """Parse the body of `POST /keyring`. Raises FormatError(path)."""
    checked = wire.fields(wire.parse_request(body), _CHANGE, "")
    return RingChange(
        seq=checked["seq"],
        copies={copy["kid"]: copy["sealed"] for copy in checked["copies"]},
        recovery=RecoveryCopy(**checked["recovery"]),
        epoch=None if checked["epoch"] is None else NewEpoch(**checked["epoch"]),
        roles={member["kid"]: member["role"] for member in checked["roles"]},
    )


def parse_leaving(body: bytes) -> None:
    """Parse the empty object that ends somebody's access. Raises FormatError(path)."""
    wire.fields(wire.parse_request(body), {}, "")
