"""An evidence package of one referral: parts in JSON, and the signed list of their hashes.

Twin of `static/js/domain/evidence.js`; both replay `tests/vectors/evidence.json` through the module of the same name in
`app/crypto`. What is in the parts is the maker's matter; here stands what everybody can check.
"""

import re
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.letter import day
from app.errors import FormatError

PARTS: Final = ("letter", "links", "messages", "records", "actions")
CHAIN_MOST: Final = 1000
_SHA256: Final = wire.matching(re.compile(r"[0-9a-f]{64}\Z", re.ASCII))
_MOMENT: Final = wire.matching(re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z", re.ASCII))
_NAME: Final = wire.text(200, least=1)


def _object(value: object, where: str) -> object:
    if not isinstance(value, dict):
        raise FormatError(where)
    return value


def _list(value: object, where: str) -> object:
    if not isinstance(value, list):
        raise FormatError(where)
    return value


_MANIFEST: Final = wire.record(
    v=wire.version_one,
    portal_id=wire.b64u_text(16),
    organisation=wire.slug,
    name=wire.record(ko=_NAME, en=_NAME),
    made_at=_MOMENT,
    reason=wire.one_of(vocabulary.EVIDENCE_REASONS),
    referral_id=wire.b64u_text(16),
    report_id=wire.b64u_text(16),
    letter=wire.record(
        sealed_sha256=_SHA256,
        opened_sha256=_SHA256,
        leaf=wire.b64u_text(32),
        received_on=day,
        kid=wire.b64u_text(16),
        origin_kid=wire.b64u_text(16),
        sealed_by=wire.one_of(vocabulary.SEALED_BY),
        referrer=wire.nullable(wire.slug),
    ),
    parts=wire.list_of(
        wire.record(name=wire.one_of(PARTS), sha256=_SHA256, length=wire.integer(2, wire.MAX_INTEGER)),
        most=len(PARTS),
        least=len(PARTS),
        unique_by=lambda part: part["name"],
    ),
)
_PACKAGE: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "kind": wire.one_of(("evidence",)),
    "manifest": _MANIFEST,
    "signature": wire.b64u_text(64),
    "chain": wire.list_of(
        wire.record(signing_key=wire.b64u_text(32), kid=wire.b64u_text(16), signature=wire.b64u_text(64)),
        most=CHAIN_MOST,
        least=1,
    ),
    "parts": wire.record(letter=_object, **dict.fromkeys(PARTS[1:], _list)),
}


def check_package(value: object) -> dict[str, Any]:
    """Check a package's form, and give it with its fields in order. Whether it is true is `app.crypto.evidence`'s.

    Raises FormatError(path).
    """
    return wire.fields(value, _PACKAGE, "package")


def package_json(value: object) -> bytes:
    """Serialise a package in the one way that `parse_package` accepts. Raises FormatError(path)."""
    return wire.canonical_json(check_package(value), "package")


def parse_package(content: bytes) -> dict[str, Any]:
    """Parse a package; line breaks around it are none of it. Raises FormatError for any other byte that is not its."""
    written = content.strip(b"\r\n")
    package = check_package(wire.parse_canonical(written, "package"))
    if wire.canonical_json(package) != written:
        raise FormatError("package")
    return package
