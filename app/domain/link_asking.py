"""What a browser asks that works by link: the bodies, parsed strictly."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import wire
from app.domain.vocabulary import EVIDENCE_REASONS

LISTED_MOST: Final = 1_000
OWN_LISTS: Final = ("sites", "effort", "campaign")
_ID: Final = wire.b64u_bytes(16)
_LIST: Final[dict[str, wire.Checker[Any]]] = {
    "reason": wire.one_of(EVIDENCE_REASONS),
    "referrals": wire.list_of(_ID, most=LISTED_MOST, least=1, unique_by=lambda referral_id: referral_id),
}
_OWN_LIST: Final[dict[str, wire.Checker[Any]]] = {"kind": wire.one_of(OWN_LISTS)}


@dataclass(frozen=True, slots=True)
class LinkList:
    """Referrals, at most 1,000, of which links leave as a file, and what for."""

    reason: str
    referrals: tuple[bytes, ...]


def parse_link_list(body: bytes) -> LinkList:
    """Parse `{reason, referrals}`. Raises FormatError(path)."""
    checked = wire.fields(wire.parse_request(body), _LIST, "")
    return LinkList(checked["reason"], tuple(checked["referrals"]))


def parse_own_list(body: bytes) -> str:
    """Parse `{kind}`: which list of the whole organisation leaves (OWN_LISTS). Raises FormatError(path)."""
    kind: str = wire.fields(wire.parse_request(body), _OWN_LIST, "")["kind"]
    return kind
