"""A list that an organisation hands on, signed: its site directory, its statement of effort, or reports of an account.

Twin of `static/js/domain/signed_list.js`; both replay `tests/vectors/signed_list.json` through the module of the same
name in `app/crypto`. A statement has days, kinds of work, roles, minutes and counts; what was reported of an account,
for the police, in letters whose consent covers them, has links, and nothing that says whose they are.
"""

import re
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.letter import ITEM, ITEMS_MOST, day
from app.errors import FormatError

KINDS: Final = ("sites", "effort", "account")
SITES_MOST: Final = 5000
EFFORTS_MOST: Final = 20_000
MINUTES_MOST: Final = 24 * 60
LINKS_MOST: Final = 300
LETTERS_MOST: Final = 1000
_CHAIN_MOST: Final = 1000
_MOMENT: Final = wire.matching(re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z", re.ASCII))
_NAME: Final = wire.text(200, least=1)
# A host as `canonical_url` writes it: small letters, two labels or more, or an IPv6 address.
DOMAIN: Final = wire.matching(
    re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?\Z", re.ASCII)
)
SITE: Final[dict[str, wire.Checker[Any]]] = {
    "domain": DOMAIN,
    "service": wire.one_of(vocabulary.SITE_KINDS),
    "operator": wire.text(200),
    "abuse": wire.text(400),
    "jurisdiction": wire.text(100),
    "hosting": wire.text(100),
    "registration": wire.one_of(vocabulary.REGISTRATIONS),
    "breaches": wire.text(2000),
    "last_answer": wire.text(1000),
    "last_answer_on": wire.nullable(day),
}
_EFFORT: Final[dict[str, wire.Checker[Any]]] = {
    "on": day,
    "what": wire.one_of(vocabulary.EFFORT_KINDS),
    "role": wire.one_of(vocabulary.ROLES),
    "minutes": wire.integer(1, MINUTES_MOST),
    "links": wire.integer(0, LINKS_MOST),
}
_HEAD: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "portal_id": wire.b64u_text(16),
    "organisation": wire.slug,
    "name": wire.record(ko=_NAME, en=_NAME),
    "made_at": _MOMENT,
}
_SHA256: Final = wire.matching(re.compile(r"[0-9a-f]{64}\Z", re.ASCII))
_COUNT: Final = wire.integer(0, 1_000_000)
_LETTER: Final[dict[str, wire.Checker[Any]]] = {
    "referral_id": wire.b64u_text(16),
    "report_id": wire.b64u_text(16),
    "received_on": day,
    "leaf": wire.b64u_text(32),
    "sealed_sha256": _SHA256,
    "opened_sha256": _SHA256,
    "links": wire.list_of(
        wire.record(item=ITEM, state=wire.one_of(vocabulary.ITEM_STATES), state_on=day),
        most=ITEMS_MOST,
        least=1,
        unique_by=lambda link: link["item"]["id"],
    ),
}
_ACCOUNT: Final[dict[str, wire.Checker[Any]]] = _HEAD | {
    "reason": wire.one_of(vocabulary.EVIDENCE_REASONS),
    "account": wire.text(2000, least=3),
    "reported_in": _COUNT,
    "no_consent": _COUNT,
    "unopened": _COUNT,
    "rows": wire.list_of(
        wire.record(**_LETTER), most=LETTERS_MOST, least=1, unique_by=lambda letter: letter["referral_id"]
    ),
}
_CONTENTS: Final[dict[str, dict[str, wire.Checker[Any]]]] = {
    "sites": _HEAD
    | {"rows": wire.list_of(wire.record(**SITE), most=SITES_MOST, unique_by=lambda site: site["domain"])},
    "effort": _HEAD | {"from": day, "until": day, "rows": wire.list_of(wire.record(**_EFFORT), most=EFFORTS_MOST)},
    "account": _ACCOUNT,
}


def _content(value: object, _where: str) -> object:
    return value


_LIST: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "kind": wire.one_of(KINDS),
    "content": _content,
    "signature": wire.b64u_text(64),
    "chain": wire.list_of(
        wire.record(signing_key=wire.b64u_text(32), kid=wire.b64u_text(16), signature=wire.b64u_text(64)),
        most=_CHAIN_MOST,
        least=1,
    ),
}


def check_list(value: object) -> dict[str, Any]:
    """Check a list's form, and give it with its fields in order. Whether it is true is `app.crypto.signed_list`'s.

    Raises FormatError(path), also for a statement with work outside its period, and for reports of an account that do
    not say how many were left out.
    """
    checked = wire.fields(value, _LIST, "list")
    content = wire.fields(checked["content"], _CONTENTS[checked["kind"]], "list.content")
    if checked["kind"] == "effort":
        for number, row in enumerate(content["rows"]):
            if not content["from"] <= row["on"] <= content["until"]:
                field = f"list.content.rows.{number}.on"
                raise FormatError(field)
    if checked["kind"] == "account":
        named = len(content["rows"]) + content["no_consent"] + content["unopened"]
        if content["reported_in"] != named:
            field = "list.content.reported_in"
            raise FormatError(field)
    return {**checked, "content": content}


def list_json(value: object) -> bytes:
    """Serialise a list in the one way that `parse_list` accepts. Raises FormatError(path)."""
    return wire.canonical_json(check_list(value), "list")


def parse_list(content: bytes) -> dict[str, Any]:
    """Parse a list; line breaks around it are none of it. Raises FormatError for any other byte that is not its."""
    written = content.strip(b"\r\n")
    checked = check_list(wire.parse_canonical(written, "list"))
    if wire.canonical_json(checked, "list") != written:
        field = "list"
        raise FormatError(field)
    return checked
