"""What the browser of somebody who holds the recovery words sends, parsed strictly."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import wire
from app.domain.sealed_length import KEYRING_LENGTHS, WRAPPED_SEED

PUBLIC_KEY: Final = 1216


@dataclass(frozen=True, slots=True)
class Proof:
    """The answer to a challenge that only the recovery key opens; `pending` and `proof` 32 bytes."""

    pending: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class NewLead:
    """The account of whoever recovers: `sign_in` (32 bytes) and `wrapped_seed` (60) come of a new passphrase."""

    login: str
    public_key: bytes
    parameter_set: int
    sign_in: bytes
    wrapped_seed: bytes


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The next epoch, signed by the key before, and the next ring: for the new lead, and for new recovery words."""

    public_key: bytes
    signing_key: bytes
    signature: bytes
    seq: int
    copy_kid: bytes
    copy: bytes
    recovery_kid: bytes
    recovery_key: bytes
    recovery_copy: bytes


@dataclass(frozen=True, slots=True)
class Ending:
    """All that a recovery changes, in one request."""

    proof: Proof
    lead: NewLead
    keys: NewKeys


_KID: Final = wire.b64u_bytes(16)
_COPY: Final = wire.b64u_bytes(*KEYRING_LENGTHS)
_SLUG: Final[dict[str, wire.Checker[Any]]] = {"slug": wire.slug}
_PROOF: Final[dict[str, wire.Checker[Any]]] = {"pending": wire.b64u_bytes(32), "proof": wire.b64u_bytes(32)}
_LEAD: Final[dict[str, wire.Checker[Any]]] = {
    "login": wire.login,
    "public_key": wire.b64u_bytes(PUBLIC_KEY),
    "parameter_set": wire.integer(1, 255),
    "sign_in": wire.b64u_bytes(32),
    "wrapped_seed": wire.b64u_bytes(WRAPPED_SEED),
}
_ENDING: Final[dict[str, wire.Checker[Any]]] = {
    **_PROOF,
    **_LEAD,
    "epoch": wire.record(
        public_key=wire.b64u_bytes(PUBLIC_KEY), signing_key=wire.b64u_bytes(32), signature=wire.b64u_bytes(64)
    ),
    "ring": wire.record(
        seq=wire.integer(2, wire.MAX_INTEGER),
        copies=wire.list_of(wire.record(kid=_KID, sealed=_COPY), most=1, least=1),
        recovery=wire.record(kid=_KID, public_key=wire.b64u_bytes(PUBLIC_KEY), sealed=_COPY),
    ),
}


def _checked(body: bytes, schema: dict[str, wire.Checker[Any]]) -> dict[str, Any]:
    return wire.fields(wire.parse_request(body), schema, "")


def parse_beginning(body: bytes) -> str:
    """Parse `{slug}`: whose recovery words somebody holds. Raises FormatError(path)."""
    slug: str = _checked(body, _SLUG)["slug"]
    return slug


def parse_proof(body: bytes) -> Proof:
    """Parse `{pending, proof}`, upon which the recovery copy is handed out. Raises FormatError(path)."""
    return Proof(**_checked(body, _PROOF))


def parse_ending(body: bytes) -> Ending:
    """Parse the new lead, the new epoch and the new ring. Raises FormatError(path)."""
    checked = _checked(body, _ENDING)
    copy, recovery = checked["ring"]["copies"][0], checked["ring"]["recovery"]
    keys = NewKeys(
        **checked["epoch"],
        seq=checked["ring"]["seq"],
        copy_kid=copy["kid"],
        copy=copy["sealed"],
        recovery_kid=recovery["kid"],
        recovery_key=recovery["public_key"],
        recovery_copy=recovery["sealed"],
    )
    proof = Proof(checked["pending"], checked["proof"])
    return Ending(proof, NewLead(**{name: checked[name] for name in _LEAD}), keys)
