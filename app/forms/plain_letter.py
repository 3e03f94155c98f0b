"""From the answers of the form without scripts to the whole letter, before each organisation's own is cut from it.

What `static/js/pages/report/letter_draft.js` does in browsers.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from flask_babel import gettext as _

from app.domain import asking
from app.domain.address_reading import proposed_kind
from app.domain.compartment import letter_for
from app.domain.empty_letter import empty_letter
from app.domain.letter import ITEMS_MOST, Account, Consent, Contact, Item, Letter, Offender, Prior
from app.domain.pasted_text import addresses_in, words_beside
from app.domain.vocabulary import (
    AGE_GROUPS,
    COMMERCIAL,
    COMPARTMENTS,
    CONTACT_CHANNELS,
    HELP_LANGUAGES,
    LINK_KINDS,
    REGIONS,
    RELATIONS,
    REPORTER_ROLES,
    SPREAD,
    UNDISCLOSED,
    YES_NO,
)  # fmt: skip
from app.domain.wire import b64u_encode
from app.forms.labels import LABELS
from app.forms.link import LinkForm
from app.forms.organisation_card import OrganisationCard
from app.forms.plain_answers import answers_of, first, lines_of, locates, several, values_of, words_of
from app.forms.plain_report import PlainReport
from app.forms.rough_date import rough_date

Answers = Mapping[str, list[str]]
_NO_CONTACT: Final = ("none", UNDISCLOSED)


def letter_of(report: PlainReport, report_id: bytes, lang: str) -> Letter:
    """Give the letter that says everything; its items get fresh ids.

    Of a report that was not validated it says what can be read, and may be none that is sent.
    """
    heard, asked = report.heard(), frozenset(report.asked())
    return {
        **empty_letter(report_id, lang),
        "reporter": {
            "role": first(heard, "role", REPORTER_ROLES),
            "age_group": first(heard, "age_group", AGE_GROUPS),
            "proxy": first(heard, "proxy", YES_NO),
            "relation": first(heard, "relation", RELATIONS),
        },
        "items": _items(report, heard, asked),
        "harm": several(heard, "harm"),
        "material": several(heard, "material"),
        "threat": {
            "kinds": several(heard, "threat_kinds"),
            "ongoing": first(heard, "threat_ongoing", YES_NO),
            "deadline": first(heard, "threat_deadline"),
        },
        "identity_leak": several(heard, "identity_leak"),
        "incident_place": first(heard, "incident_place"),
        "prior": _prior(heard),
        "help": {
            "language": first(heard, "language", HELP_LANGUAGES),
            "disability": several(heard, "disability"),
            "danger": first(heard, "danger", YES_NO),
            "region": first(heard, "region", REGIONS),
        },
        "wishes": several(heard, "wishes"),
        "account": _account(heard),
        "offender": _offender(report, heard),
        "contact": _contact(heard),
    }


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole letter, and what each chosen organisation will read of it; keys are put in by whoever seals."""

    whole: Letter
    letters: tuple[tuple[OrganisationCard, Letter], ...]

    @property
    def urgent(self) -> bool:
        """What the portal is told as one bit: read this first."""
        threat = self.whole["threat"]
        return threat["ongoing"] == "yes" or threat["deadline"] != "" or self.whole["help"]["danger"] == "yes"

    def absent_from(self, letter: Letter) -> list[str]:
        """Give the names of the compartments that were filled in and are not in this letter."""
        absent = [name for name in COMPARTMENTS if cast("Any", self.whole)[name] and not cast("Any", letter)[name]]
        return [str(LABELS["compartments"][name]) for name in absent]


def draft_of(report: PlainReport, report_id: bytes, lang: str) -> Draft:
    """Give what came of a report that was validated."""
    whole = letter_of(report, report_id, lang)
    letters = [(card, letter_for(card.kind, whole, *consent_of(report, card))) for card in report.chosen]
    return Draft(whole, tuple(letters))


def consent_of(report: PlainReport, card: OrganisationCard) -> tuple[Consent, tuple[str, ...]]:
    """Give what an organisation may do, and the compartments that it may read."""
    form = report.consents[card.slug]
    consent: Consent = {"purposes": values_of(form.purposes), "pass_on": values_of(form.pass_on)}
    return consent, tuple(values_of(form.compartments))


def left_out(report: PlainReport) -> list[str]:
    """Give the questions that were answered and are not asked after the other answers: these stay out of the letter."""
    asked = report.asked()
    names = {question["name"] for question in asking.questions()} - set(asked)
    fields = [field for form in (report.form, *report.links) for field in form]
    unheard = [field for field in fields if field.short_name in names and set(values_of(field)) - {UNDISCLOSED}]
    return list(dict.fromkeys(str(field.label.text) for field in unheard))


def _items(report: PlainReport, heard: Answers, asked: frozenset[str]) -> list[Item]:
    items = [item for link in report.links if locates(link) for item in _items_of(link, heard, asked)]
    sentence = first(heard, "sentence")
    if sentence:
        items.append({**_item(None, {}, heard), "kind": "none", "place": sentence})
    return items


def _items_of(link: LinkForm, heard: Answers, asked: frozenset[str]) -> list[Item]:
    """Give one item for each address; what is said about the place holds for all that stand together."""
    said = {name: values for name, values in answers_of(link).items() if name in asked}
    place = "\n".join(part for part in (first(said, "place"), words_beside(words_of(link.address))) if part)
    said = said | {"place": [place]} if "place" in asked else said
    addresses = addresses_in(words_of(link.address))[:ITEMS_MOST]  # more were not taken; each costs some reading
    found = [_item(address, said, heard) for address in addresses]
    found = found or [_item(None, said, heard)]
    return [item for item in found if item["url"] or item["place"] or item["poster"] or item["title_keywords"]]


def _item(address: str | None, said: Answers, heard: Answers) -> Item:
    kind = first(said, "kind", LINK_KINDS)
    spread = first(said, "spread", SPREAD)
    return {
        "id": b64u_encode(secrets.token_bytes(16)),
        "url": address,
        "kind": kind if kind != UNDISCLOSED else "none" if address is None else proposed_kind(address),
        "place": first(said, "place"),
        "poster": first(said, "poster"),
        "title_keywords": first(said, "title_keywords"),
        "commercial": first(said, "commercial", COMMERCIAL),
        "first_seen": rough_date(first(said, "first_seen")) or UNDISCLOSED,
        "last_seen": rough_date(first(said, "last_seen")) or UNDISCLOSED,
        "posted": rough_date(first(said, "posted")) or UNDISCLOSED,
        "spread": spread if spread != UNDISCLOSED else first(heard, "spread_now", SPREAD),
    }


def _prior(heard: Answers) -> list[Prior]:
    """One number was asked for: it belongs to the police report if there is one."""
    kinds = several(heard, "prior")
    owner = "police_report" if "police_report" in kinds else kinds[0] if kinds else ""
    return [{"kind": kind, "reference": first(heard, "prior_reference") if kind == owner else ""} for kind in kinds]


def _account(heard: Answers) -> Account | None:
    headings = {
        "account_seen": _("What I saw"),
        "account_events": _("Events"),
        "account_worry": _("Greatest worry"),
        "account_note": _("Good to know before starting"),
    }
    parts = [f"[{heading}]\n{said}" for name, heading in headings.items() if (said := first(heard, name))]
    return {"text": "\n\n".join(parts)} if parts else None


def _offender(report: PlainReport, heard: Answers) -> Offender | None:
    handles = lines_of(report.form.offender_handles) if "offender_handles" in heard else []
    offender: Offender = {
        "name": first(heard, "offender_name"),
        "handles": handles,
        "text": first(heard, "offender_text"),
    }
    return offender if any(offender.values()) else None


def _contact(heard: Answers) -> Contact | None:
    channel = first(heard, "channel", CONTACT_CHANNELS)
    if channel in _NO_CONTACT:
        return None
    return {
        "channel": channel,
        "address": first(heard, "contact_address"),
        "safe_hours": first(heard, "safe_hours"),
        "avoid": first(heard, "avoid"),
    }
