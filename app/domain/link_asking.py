"""What a browser asks that works by link: the bodies, parsed strictly."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import wire
from app.domain.vocabulary import EVIDENCE_REASONS

LISTED_MOST: Final = 1_000
_ID: Final = wire.b64u_bytes(16)
_LIST: Final[dict[str, wire.Checker[Any]]] = {
    "reason": wire.one_of(EVIDENCE_REASONS),
    "referrals": wire.list_of(_ID, most=LISTED_MOST, least=1, unique_by=lambda referral_id: referral_id),
}


@dataclass(frozen=True, slots=True)
class LinkList:
    """Referrals, at most 1,000, of which links leave as a file, and what for."""

    reason: str
    referrals: tuple[bytes, ...]


def parse_link_list(body: bytes) -> LinkList:
    """Parse `{reason, referrals}`. Raises FormatError(path)."""
    checked = wire.fields(wire.parse_request(body), _LIST, "")
    return LinkList(checked["reason"], tuple(checked["referrals"]))
