"""What the browser of somebody who holds the recovery words sends, parsed strictly."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import new_keys, wire
from app.domain.new_keys import Account, NewKeys


@dataclass(frozen=True, slots=True)
class Proof:
    """The answer to a challenge that only the recovery key opens; `pending` and `proof` 32 bytes."""

    pending: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class Ending:
    """All that a recovery changes: a lead's account, the epoch signed by the key before, a ring for new words."""

    proof: Proof
    lead: Account
    keys: NewKeys


_SLUG: Final[dict[str, wire.Checker[Any]]] = {"slug": wire.slug}
_PROOF: Final[dict[str, wire.Checker[Any]]] = {"pending": wire.b64u_bytes(32), "proof": wire.b64u_bytes(32)}
_ENDING: Final = {**_PROOF, **new_keys.members(wire.integer(2, wire.MAX_INTEGER))}


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
    proof = Proof(checked["pending"], checked["proof"])
    return Ending(proof, new_keys.account(checked), new_keys.new_keys(checked))
