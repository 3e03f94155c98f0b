"""What the receipt code alone gives back to the reporter: item ids and addresses, chosen organisations, own consents.

Never account, offender or contact. Twin of `static/js/domain/own_record.js`.
"""

from collections.abc import Sequence
from typing import Any, Final, TypedDict, cast

from app.domain import wire
from app.domain.letter import CONSENT, ITEMS_MOST, URL_MOST, Consent, Item
from app.domain.sealed_length import LETTER_BUCKETS
from app.errors import FormatError


class OwnItem(TypedDict):
    """One link of the report, as typed."""

    id: str
    url: str | None


class OwnOrganisation(TypedDict):
    """One organisation that was chosen, and what was allowed to it."""

    slug: str
    consent: Consent


class OwnRecord(TypedDict):
    """The own record of a report: as many links as fit."""

    v: int
    items: list[OwnItem]
    organisations: list[OwnOrganisation]


_OWN: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "items": wire.list_of(
        wire.record(id=wire.b64u_text(16), url=wire.nullable(wire.text(URL_MOST, least=1))),
        most=ITEMS_MOST,
        unique_by=lambda item: item["id"],
    ),
    "organisations": wire.list_of(
        wire.record(slug=wire.slug, consent=CONSENT),
        most=64,
        unique_by=lambda organisation: organisation["slug"],
    ),
}


def check_own(value: object) -> OwnRecord:
    """Check an own record that is already an object. Raises FormatError(path)."""
    return cast("OwnRecord", wire.fields(value, _OWN, "own"))


def own_json(own: OwnRecord) -> bytes:
    """Serialise an own record in the one way that `parse_own` accepts. Raises FormatError where it is not one."""
    return wire.canonical_json(check_own(own), "own")


def parse_own(plaintext: bytes) -> OwnRecord:
    """Parse an own record after padding was removed. Raises FormatError for any byte that `own_json` would not give."""
    own = check_own(wire.parse_canonical(plaintext, "own"))
    if wire.canonical_json(own) != plaintext:
        raise FormatError("own")
    return own


def own_record_for(items: Sequence[Item], organisations: Sequence[tuple[str, Consent]]) -> OwnRecord:
    """Give the own record of a report: as many links, from the first on, as fit the largest size."""
    own: OwnRecord = {
        "v": 1,
        "items": [],
        "organisations": [{"slug": slug, "consent": consent} for slug, consent in organisations],
    }
    length = len(own_json(own))
    for item in items:
        kept: OwnItem = {"id": item["id"], "url": item["url"]}
        length += len(wire.canonical_json(kept)) + 1
        if length >= LETTER_BUCKETS[-1]:
            break
        own["items"].append(kept)
    return own
