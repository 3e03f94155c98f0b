"""A letter as lines of plain words: what is shown is read from the letter, and what is empty is left out.

What `static/js/pages/report/letter_rows.js` shows in browsers, for the page without scripts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import gettext as _

from app.domain.letter import Contact, Item, Letter, Offender, Prior
from app.domain.vocabulary import UNDISCLOSED
from app.forms.labels import LABELS

Rows: TypeAlias = list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """What one part of a letter says."""

    heading: str
    lines: tuple[str, ...]


def letter_rows(letter: Letter) -> list[Row]:
    """Give the lines of a letter in the language of the page, under their headings."""
    rows = [(_("Address %(number)s", number=number), _item(item)) for number, item in enumerate(letter["items"], 1)]
    rows += [*_what_happened(letter), *_about_people(letter), *_own_words(letter)]
    written = ((heading, tuple(line for line in lines if line)) for heading, lines in rows)
    return [Row(heading, lines) for heading, lines in written if lines]


def _what_happened(letter: Letter) -> Rows:
    threat = letter["threat"]
    ongoing = {"yes": _("It is still going on"), "no": _("It is not going on now")}.get(threat["ongoing"], "")
    deadline = _said(_("Date or time named: %(words)s"), threat["deadline"])
    return [
        (_("What happened"), _named("harms", letter["harm"])),
        (_("Kind of material"), _named("materials", letter["material"])),
        (_("Threats"), [*_named("threat_kinds", threat["kinds"]), ongoing, deadline]),
        (_("In danger now"), _named("yes_no", [letter["help"]["danger"]])),
        (_("Shown along with it"), _named("identity_leaks", letter["identity_leak"])),
        (_("Where it happened"), [letter["incident_place"]]),
    ]


def _about_people(letter: Letter) -> Rows:
    reporter, helping = letter["reporter"], letter["help"]
    proxy = [_said(_("Written authorisation: %(words)s"), word) for word in _named("yes_no", [reporter["proxy"]])]
    who = _named("reporter_roles", [reporter["role"]]) + _named("age_groups", [reporter["age_group"]]) + proxy
    language = _named("help_languages", [helping["language"]])
    support = _named("regions", [helping["region"]]) + _named("disability_support", helping["disability"])
    return [
        (_("Who is reporting, age group"), who),
        (_("Relation to whoever did it"), _named("relations", [reporter["relation"]])),
        (_("Language, region, support"), language + support),
    ]


def _own_words(letter: Letter) -> Rows:
    return [
        (_("What you want"), _named("wishes", letter["wishes"])),
        (_("Already tried"), [_prior(one) for one in letter["prior"]]),
        (_("In your own words"), [letter["account"]["text"] if letter["account"] else ""]),
        (_("About whoever did it"), _offender(letter["offender"])),
        (_("How to contact you"), _contact(letter["contact"])),
        (_("What it may do"), _named("purposes", letter["consent"]["purposes"])),
        (_("May pass it on to"), _named("organisation_kinds", letter["consent"]["pass_on"])),
    ]


def _named(enum: str, values: Iterable[str]) -> list[str]:
    return [str(LABELS[enum][value]) for value in values if value != UNDISCLOSED]


def _said(words: str, value: str) -> str:
    return "" if value in {"", UNDISCLOSED} else words % {"words": value}


def _item(item: Item) -> list[str]:
    return [
        item["url"] or "",
        *_named("link_kinds", [item["kind"]]),
        item["place"],
        _said(_("Posted by: %(words)s"), item["poster"]),
        _said(_("Title: %(words)s"), item["title_keywords"]),
        *_named("spread", [item["spread"]]),
        _said(_("First seen: %(words)s"), item["first_seen"]),
        _said(_("Last seen: %(words)s"), item["last_seen"]),
        _said(_("Posted: %(words)s"), item["posted"]),
        *_named("commercial", [item["commercial"]]),
    ]


def _prior(one: Prior) -> str:
    kind = str(LABELS["prior_kinds"][one["kind"]])
    return f"{kind} ({one['reference']})" if one["reference"] else kind


def _offender(offender: Offender | None) -> list[str]:
    return [offender["name"], *offender["handles"], offender["text"]] if offender else []


def _contact(contact: Contact | None) -> list[str]:
    if contact is None:
        return []
    return [
        f"{LABELS['contact_channels'][contact['channel']]}: {contact['address']}",
        _said(_("Safe times: %(words)s"), contact["safe_hours"]),
        _said(_("Words to avoid: %(words)s"), contact["avoid"]),
    ]
