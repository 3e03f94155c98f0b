"""What a lead's browser sends while it seals letters to newer keys: the bodies, parsed strictly."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import wire
from app.domain.sealed_length import ENVELOPE_LENGTHS, RECORD_LENGTHS, SUMMARY_LENGTHS
from app.errors import FormatError

HANDED_MOST: Final = 16
RECORDS_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """A work record made anew over `version`, the one that was handed out. `record_id` 16 bytes."""

    record_id: bytes
    version: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Resealing:
    """One letter with all that is written beside it, made anew under `to_kid` over what was handed out.

    `sealed` is None where the letter is under `to_kid` already. `summary_version` is that of the summary that was
    handed out, 0 for none; `summary` is None where there was none, or none that opened.
    """

    from_kid: bytes
    from_hash: bytes
    to_kid: bytes
    sealed: bytes | None
    summary_version: int
    summary: bytes | None
    records: tuple[Record, ...]


_ID: Final = wire.b64u_bytes(16)
_VERSION: Final = wire.integer(1, wire.MAX_INTEGER)
_HANDING: Final[dict[str, wire.Checker[Any]]] = {
    "referrals": wire.list_of(_ID, most=HANDED_MOST, least=1, unique_by=lambda referral_id: referral_id)
}
_RESEALING: Final[dict[str, wire.Checker[Any]]] = {
    "from_kid": _ID,
    "from_hash": wire.b64u_bytes(32),
    "to_kid": _ID,
    "sealed": wire.nullable(wire.b64u_bytes(*ENVELOPE_LENGTHS)),
    "summary_version": wire.integer(0, wire.MAX_INTEGER),
    "summary": wire.nullable(wire.b64u_bytes(*SUMMARY_LENGTHS)),
    "records": wire.list_of(
        wire.record(record_id=_ID, version=_VERSION, sealed=wire.b64u_bytes(*RECORD_LENGTHS)),
        most=RECORDS_MOST,
        unique_by=lambda record: record["record_id"],
    ),
}


def parse_handing(body: bytes) -> tuple[bytes, ...]:
    """Parse `{referrals}`: the ids of letters to be handed out for sealing. Raises FormatError(path)."""
    return tuple(wire.fields(wire.parse_request(body), _HANDING, "")["referrals"])


def parse_resealing(body: bytes) -> Resealing:
    """Parse one letter made anew. Raises FormatError(path), also where of key and bytes only one changes."""
    checked = wire.fields(wire.parse_request(body), _RESEALING, "")
    if (checked["sealed"] is None) != (checked["from_kid"] == checked["to_kid"]):
        raise FormatError("sealed")
    return Resealing(**checked | {"records": tuple(Record(**one) for one in checked["records"])})
