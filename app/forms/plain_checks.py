"""What must be looked at once more in a report that came without scripts, and where.

Nothing here judges what happened: only what cannot be sent as it is.
"""

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Field, Form
from wtforms.validators import ValidationError

from app.domain.image_text import contains_image
from app.domain.letter import HANDLES_MOST, ITEMS_MOST, SHORT_MOST, URL_MOST, Letter, letter_json
from app.domain.pasted_text import addresses_in, words_beside
from app.domain.private_number import private_number
from app.domain.sealed_length import LETTER_BUCKETS
from app.forms.organisation_card import OrganisationCard
from app.forms.plain_answers import first, lines_of, locates, words_of
from app.forms.rough_date import rough_date

if TYPE_CHECKING:
    from app.forms.plain_report import PlainReport

# What is typed travels three times as long, or nine times in Korean, and has to fit into the body of one request.
LONGEST: Final = 20_000
ADDRESSES_LONGEST: Final = 50_000  # all that stands in one field for addresses
_ACCOUNT_PART: Final = 16_000  # the account's answers share one text with their headings
_REFERENCE: Final = 900
_LINES: Final = {"address", "offender_handles"}
_DATES: Final = {"first_seen", "last_seen", "posted"}
_TOLD: Final = ("sentence", "account_seen", "account_events", "account_worry", "account_note")
_NO_CONTACT: Final = {"", "none", "not_known", "not_said", "undisclosed"}

IMAGE: Final = _l(
    "This holds a picture written as text. Please delete that part: only addresses (URLs) and words are taken."
)
PRIVATE_NUMBERS: Final = {
    "resident_number": _l("This looks like a resident registration number. Please delete it; nobody here needs it."),
    "card_number": _l("This looks like the number of a bank card. Please delete it; nobody here needs it."),
}
TOO_LONG: Final = _l("This is longer than fits. Please shorten it; you can send more later with your receipt code.")
TOO_MANY_LINES: Final = _l("Please keep it to 50 lines. You can send more later with your receipt code.")
TOO_MANY_LINKS: Final = _l("Up to %(most)s addresses fit into one report. You can send more later.", most=ITEMS_MOST)
ROUGH_DATE: Final = _l("Please write it as 2026, 2026-11 or 2026-11-03, or leave it empty.")
NOT_LISTED: Final = _l("Please choose from the answers that are shown.")
LINK_OR_SENTENCE: Final = _l("One address or one sentence is needed. In “No address?” one sentence is enough.")
BOTH: Final = _l("Here are words, and a tick that leaves this open. Please leave only one of them.")
CONTACT_MISSING: Final = _l("Please write a number, address or ID, or choose answers with the receipt code only.")
CHOOSE_ONE: Final = _l("Please choose at least one organisation.")
NOT_SENSITIVE: Final = _l(
    "Without this consent nothing is sent to this organisation. If you do not want to give it, untick the "
    "organisation; 1366 helps without it."
)
UNDER_14: Final = _l("Under 14, please call or chat: 1388, 117 or 1366. They help you at once.")
NOTHING_TO_READ: Final = _l(
    "There would be nothing for this organisation to read. Add an address or a sentence, or let it read your own words."
)
TOO_MUCH: Final = _l("Together this is more than fits into one letter. Please shorten it; you can send more later.")
UNDERSTAND: Final = _l("Please tick that you understand this, or use the usual form.")
AGREE: Final = _l("Please tick that you agree, and press “Send” once more. Nothing has been sent.")
DIGITS_DIFFER: Final = _l("These are not the last four digits of your code. Please look once more.")
GONE: Final = _l("One of the organisations takes no reports any more. Please choose again.")


def check_fields(_form: Form, field: Field) -> None:
    """Check one answer by itself. Raises ValidationError with what to do about it."""
    kind = getattr(field, "ask", "")
    if kind in {"radios", "select", "checkboxes"}:
        _check_listed(field)
    elif field.short_name in _DATES:
        if rough_date(words_of(field)) is None:
            raise ValidationError(ROUGH_DATE)
    elif field.short_name in _LINES:
        _check_lines(field)
    elif kind in {"line", "text"}:
        _refuse(fault_of(words_of(field), _most(field)))
    if getattr(field, "opened", ()) and words_of(field):
        raise ValidationError(BOTH)


def fault_of(text: str, most: int, *, is_address: bool = False) -> LazyString | None:
    """Give what is wrong with one text, if anything."""
    if contains_image(text):
        return IMAGE
    number = private_number(text, is_address)
    if number:
        return PRIVATE_NUMBERS[number]
    return TOO_LONG if len(text) > most else None


def last_digits(typed: str) -> str:
    """Give the last four digits of what was typed, however it was."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign in "0123456789")[-4:]


def check_whole(report: "PlainReport") -> None:
    """Check what is a matter of several answers together; each fault is added where it can be put right."""
    form, heard, place = report.form, report.heard(), report.links[0].address
    if "under_14_help_lines" in report.notes():
        add_fault(form.age_group, UNDER_14)
    ticked = "under_14_links_only" in report.notes() and _ticked(heard)
    if not ticked and not any(name in heard for name in _TOLD) and not any(locates(link) for link in report.links):
        add_fault(place, LINK_OR_SENTENCE)
    asked_for = first(heard, "channel") not in _NO_CONTACT and not form.contact_address.opened
    if asked_for and not first(heard, "contact_address"):
        add_fault(form.contact_address, CONTACT_MISSING)
    if sum(max(1, len(addresses_in(words_of(link.address)))) for link in report.links) >= ITEMS_MOST:
        add_fault(place, TOO_MANY_LINKS)
    for link in report.links:
        if len(words_of(link.place)) + len(words_beside(words_of(link.address))) >= SHORT_MOST:
            add_fault(link.address, TOO_LONG)
    for card in report.chosen:
        consent = report.consents[card.slug]
        if not consent.sensitive.data and "under_14_links_only" not in report.notes():
            add_fault(consent.sensitive, NOT_SENSITIVE)
    if not report.chosen and report.cards:
        add_fault(report.consents[report.cards[0].slug].chosen, CHOOSE_ONE)


def check_letters(report: "PlainReport", letters: Sequence[tuple[OrganisationCard, Letter]]) -> bool:
    """Check the letters that came of it: that each says something, and fits. Gives whether they can be sealed."""
    for card, letter in letters:
        if not _says(letter):
            add_fault(report.consents[card.slug].chosen, NOTHING_TO_READ)
        if len(letter_json(letter)) >= LETTER_BUCKETS[-1]:
            add_fault(report.links[0].address, TOO_MUCH)
            break
    return not report.faults()


def _ticked(heard: dict[str, list[str]]) -> bool:
    """Of a child of whom no words are taken, what was ticked is enough."""
    return bool(heard.get("harm")) or any(kind != "none" for kind in heard.get("threat_kinds", []))


def _says(letter: Letter) -> bool:
    threatened = any(kind != "none" for kind in letter["threat"]["kinds"])
    return bool(letter["items"] or letter["account"] is not None or letter["harm"] or threatened)


def add_fault(field: Field, words: LazyString) -> None:
    """Say at a field what to do about it."""
    field.errors = [*field.errors, words]


def _check_listed(field: Any) -> None:  # noqa: ANN401 - WTForms' own stubs say less
    listed = {choice.value for choice in field.choices}
    given = field.data if isinstance(field.data, list) else [field.data] if field.data else []
    if not set(given) <= listed:
        raise ValidationError(NOT_LISTED)


def _check_lines(field: Field) -> None:
    lines = lines_of(field)
    if field.short_name == "offender_handles" and len(lines) > HANDLES_MOST:
        raise ValidationError(TOO_MANY_LINES)
    is_address = field.short_name == "address"
    if is_address and len(words_of(field)) > ADDRESSES_LONGEST:
        raise ValidationError(TOO_LONG)
    for line in lines:
        _refuse(fault_of(line, URL_MOST if is_address else _most(field), is_address=is_address))


def _most(field: Any) -> int:  # noqa: ANN401 - likewise
    if field.short_name == "prior_reference":
        return _REFERENCE
    if field.short_name.startswith("account_"):
        return _ACCOUNT_PART
    return min(int(field.limit), LONGEST)


def _refuse(fault: LazyString | None) -> None:
    if fault is not None:
        raise ValidationError(fault)
