"""The letter: what one organisation may read of one report, as JSON with every field present, in this order.

Twin of `static/js/domain/letter.js`; both replay `tests/vectors/letter.json`. `app/crypto/SPEC.md` lists the fields.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypedDict, cast

from app.domain import vocabulary, wire
from app.errors import FormatError

URL_MOST: Final = 8192
SHORT_MOST: Final = 1000
LONG_MOST: Final = 50_000
ITEMS_MOST: Final = 500
PRIOR_MOST: Final = 20
HANDLES_MOST: Final = 50


class Reporter(TypedDict):
    """Who reports, for whom, and how they stand to the offender."""

    role: str
    age_group: str
    proxy: str
    relation: str


class Item(TypedDict):
    """One place where the material is, or is said to be. `url` is as typed."""

    id: str
    url: str | None
    kind: str
    place: str
    poster: str
    title_keywords: str
    commercial: str
    first_seen: str
    last_seen: str
    posted: str
    spread: str


class Threat(TypedDict):
    """What is threatened, and by when in the reporter's words."""

    kinds: list[str]
    ongoing: str
    deadline: str


class Prior(TypedDict):
    """What was done before, and its reference number."""

    kind: str
    reference: str


class Help(TypedDict):
    """What kind of help fits."""

    language: str
    disability: list[str]
    danger: str
    region: str


class Consent(TypedDict):
    """What this one organisation may do, and to which kinds of organisation it may pass on."""

    purposes: list[str]
    pass_on: list[str]


class Account(TypedDict):
    """The reporter's own account."""

    text: str


class Offender(TypedDict):
    """What the reporter knows about the offender."""

    name: str
    handles: list[str]
    text: str


class Contact(TypedDict):
    """How, when and with which words the reporter may be reached."""

    channel: str
    address: str
    safe_hours: str
    avoid: str


class Letter(TypedDict):
    """One letter. Ids and keys are b64u text; every enum is in `vocabulary`; free text is as typed."""

    v: int
    report_id: str
    lang: str
    reporter: Reporter
    items: list[Item]
    harm: list[str]
    material: list[str]
    threat: Threat
    identity_leak: list[str]
    incident_place: str
    prior: list[Prior]
    help: Help
    wishes: list[str]
    consent: Consent
    account: Account | None
    offender: Offender | None
    contact: Contact | None
    reply_key: str
    log_key: str


_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR: Final = re.compile(r"(\d{4})", re.ASCII)


def day(value: object, where: str) -> str:
    """Check a real day, YYYY-MM-DD, from year 1 on."""
    if not isinstance(value, str) or not _DAY.fullmatch(value) or not _is_day(value):
        raise FormatError(where)
    return value


def rough_date(value: object, where: str) -> str:
    """Check a date as well as it is remembered: YYYY, YYYY-MM, YYYY-MM-DD, or undisclosed."""
    if value == vocabulary.UNDISCLOSED:
        return vocabulary.UNDISCLOSED
    if isinstance(value, str):
        if _YEAR.fullmatch(value) and _is_day(f"{value}-01-01"):
            return value
        if _MONTH.fullmatch(value) and _is_day(f"{value}-01"):
            return value
    return day(value, where)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_short: Final = wire.text(SHORT_MOST)
_long: Final = wire.text(LONG_MOST)

ITEM: Final = wire.record(
    id=wire.b64u_text(16),
    url=wire.nullable(wire.text(URL_MOST, least=1)),
    kind=wire.one_of(vocabulary.LINK_KINDS),
    place=_short,
    poster=_short,
    title_keywords=_short,
    commercial=wire.one_of(vocabulary.COMMERCIAL),
    first_seen=rough_date,
    last_seen=rough_date,
    posted=rough_date,
    spread=wire.one_of(vocabulary.SPREAD),
)
ITEMS: Final = wire.list_of(ITEM, most=ITEMS_MOST, unique_by=lambda item: item["id"])
CONSENT: Final = wire.record(
    purposes=wire.several_of(vocabulary.PURPOSES), pass_on=wire.several_of(vocabulary.ORGANISATION_KINDS)
)
_LETTER: Final[Mapping[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "report_id": wire.b64u_text(16),
    "lang": wire.one_of(vocabulary.LANGUAGES),
    "reporter": wire.record(
        role=wire.one_of(vocabulary.REPORTER_ROLES),
        age_group=wire.one_of(vocabulary.AGE_GROUPS),
        proxy=wire.one_of(vocabulary.YES_NO),
        relation=wire.one_of(vocabulary.RELATIONS),
    ),
    "items": ITEMS,
    "harm": wire.several_of(vocabulary.HARMS),
    "material": wire.several_of(vocabulary.MATERIALS),
    "threat": wire.record(
        kinds=wire.several_of(vocabulary.THREAT_KINDS), ongoing=wire.one_of(vocabulary.YES_NO), deadline=_short
    ),
    "identity_leak": wire.several_of(vocabulary.IDENTITY_LEAKS),
    "incident_place": _short,
    "prior": wire.list_of(
        wire.record(kind=wire.one_of(vocabulary.PRIOR_KINDS), reference=_short),
        most=PRIOR_MOST,
    ),
    "help": wire.record(
        language=wire.one_of(vocabulary.HELP_LANGUAGES),
        disability=wire.several_of(vocabulary.DISABILITY_SUPPORT),
        danger=wire.one_of(vocabulary.YES_NO),
        region=wire.one_of(vocabulary.REGIONS),
    ),
    "wishes": wire.several_of(vocabulary.WISHES),
    "consent": CONSENT,
    "account": wire.nullable(wire.record(text=_long)),
    "offender": wire.nullable(
        wire.record(name=_short, handles=wire.list_of(wire.text(SHORT_MOST, least=1), most=HANDLES_MOST), text=_long)
    ),
    "contact": wire.nullable(
        wire.record(channel=wire.one_of(vocabulary.CONTACT_CHANNELS), address=_short, safe_hours=_short, avoid=_short)
    ),
    "reply_key": wire.b64u_text(32),
    "log_key": wire.b64u_text(32),
}


def check_letter(value: object) -> Letter:
    """Check a letter that is already an object, and give it with its fields in order. Raises FormatError(path)."""
    return cast("Letter", wire.fields(value, _LETTER, "letter"))


def letter_json(letter: Letter) -> bytes:
    """Serialise a letter in the one way that `parse_letter` accepts. Raises FormatError where it is not a letter."""
    return wire.canonical_json(check_letter(letter), "letter")


def parse_letter(plaintext: bytes) -> Letter:
    """Parse a letter after padding was removed. Raises FormatError for any byte that `letter_json` would not give."""
    letter = check_letter(wire.parse_canonical(plaintext, "letter"))
    if wire.canonical_json(letter) != plaintext:
        raise FormatError("letter")
    return letter
