"""What a lead chooses for the own organisation: who is told when, and what reporters read of hours and absences.

Sent and checked on the server like any other form of the web: nothing here is sealed, and no script is needed.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.form import BaseForm
from wtforms.validators import Optional, ValidationError

from app.domain.image_text import contains_image
from app.domain.notice import Duty
from app.domain.vocabulary import DISABILITY_SUPPORT, HELP_LANGUAGES, UNDISCLOSED
from app.forms.labels import LABELS
from app.services.offer import Offer
from app.services.rota import Rota, Words

ROWS_MOST: Final = 20
ROWS_LEAST: Final = 3
ADDRESS_MOST: Final = 254
HOURS_MOST: Final = 200
AWAY_MOST: Final = 500
LANGUAGES: Final = tuple(word for word in HELP_LANGUAGES if word not in {"ko", UNDISCLOSED})
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
DAYS: Final = (_l("Mon"), _l("Tue"), _l("Wed"), _l("Thu"), _l("Fri"), _l("Sat"), _l("Sun"))


def plain(text: str | None) -> str:
    """Lines as one line feed, nothing that cannot be seen, no space around."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter == "\n" or letter.isprintable()).strip()


def _hour(hour: int) -> SelectChoice:
    return SelectChoice(str(hour), f"{hour:02}:00")


class Short:
    """No longer than `most` characters, and no picture written as text."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: StringField) -> None:
        """Raise ValidationError with what to do about it."""
        text = field.data or ""
        if len(text) > self.most:
            raise ValidationError(
                _l("This has %(length)s characters; it may have %(most)s.", length=len(text), most=self.most)
            )
        if contains_image(text):
            raise ValidationError(_l("This holds a picture written as text. Please delete that part."))


class Hour(SelectField):
    """An hour of the day; what is no hour was not sent by this page."""

    def pre_validate(self, form: BaseForm) -> None:
        """Say so in the page's own words."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_l("Please choose one of the hours.")) from None


class Weekdays(SelectMultipleField):
    """Days of the week."""

    def pre_validate(self, form: BaseForm) -> None:
        """Say in the page's own words what is no day."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_l("Please choose from these days.")) from None


class Offered(Weekdays):
    """Words of a list of ours."""

    def pre_validate(self, form: BaseForm) -> None:
        """Say in the page's own words what is none of them."""
        try:
            SelectMultipleField.pre_validate(self, form)
        except ValidationError:
            raise ValidationError(_l("Please choose from this list.")) from None


class Day(DateField):
    """A day, or none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Say in the page's own words what is no day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Please write the day as 2026-11-22.")) from None


class DutyForm(Form):
    """One line of the rota. Without an address the line is none."""

    address = StringField(_l("E-mail address"), filters=[plain])
    days = Weekdays(
        _l("Days of the week"),
        choices=[SelectChoice(str(number), name) for number, name in enumerate(DAYS)],
        description=_l("No day ticked means every day."),
    )
    from_hour = Hour(_l("From which hour"), choices=[_hour(hour) for hour in range(24)], default="0")
    until_hour = Hour(
        _l("Until which hour"),
        choices=[_hour(hour) for hour in range(1, 25)],
        default="24",
        description=_l("In Korean time. An earlier hour than the first means the next morning."),
    )

    def validate_address(self, field: StringField) -> None:
        """Raise ValidationError for what is no address."""
        text = field.data or ""
        if text and (len(text) > ADDRESS_MOST or not _ADDRESS.fullmatch(text)):
            raise ValidationError(_l("This does not look like an e-mail address. An example: duty@centre.kr"))

    def validate_until_hour(self, field: SelectField) -> None:
        """Raise ValidationError where a duty would have no hours."""
        if self.address.data and field.data == self.from_hour.data:
            raise ValidationError(_l("The two hours are the same. For the whole day choose 00:00 to 24:00."))


class OrganisationForm(Form):
    """All of it, saved together."""

    duties = FieldList(FormField(DutyForm), max_entries=ROWS_MOST)
    digest = BooleanField(
        _l("Also write once a day when there is something new that is not urgent"),
        description=_l("At a time between 9 and 18 o'clock that changes every day and says nothing about any report."),
    )
    hours_ko = StringField(_l("Opening hours, in Korean"), [Short(HOURS_MOST)], filters=[plain])
    hours_en = StringField(_l("Opening hours, in English"), [Short(HOURS_MOST)], filters=[plain])
    languages = Offered(
        _l("Languages that you can counsel in"),
        choices=[SelectChoice(word, LABELS["help_languages"][word]) for word in LANGUAGES],
        description=_l("Besides Korean. Whoever asks for one of these sees you first."),
    )
    disability = Offered(
        _l("Support that you can give"),
        choices=[SelectChoice(word, LABELS["disability_support"][word]) for word in DISABILITY_SUPPORT],
    )
    away_ko = TextAreaField(_l("What people read, in Korean"), [Short(AWAY_MOST)], filters=[plain])
    away_en = TextAreaField(_l("What people read, in English"), [Short(AWAY_MOST)], filters=[plain])
    away_from = Day(_l("First day"), [Optional()], description=_l("Empty: from now on."))
    away_until = Day(_l("Last day"), [Optional()], description=_l("Empty: until the text is deleted."))

    @classmethod
    def of(cls, rota: Rota) -> "OrganisationForm":
        """Give the form with what was chosen, and room for more."""
        form = cls(data=_shown(rota))
        for _row in range(max(1, ROWS_LEAST - len(rota.duties))):
            if len(form.duties.entries) < ROWS_MOST:
                form.duties.append_entry()
        return form

    def validate_away_until(self, field: DateField) -> None:
        """Raise ValidationError for an absence that ends before it begins."""
        if field.data and self.away_from.data and field.data < self.away_from.data:
            raise ValidationError(_l("The last day is before the first."))

    def rota(self) -> Rota:
        """Give what was chosen, from a form that was found to be in order."""
        return Rota(
            duties=tuple(_duty(row.form) for row in self.duties.entries if row.form.address.data),
            digest=self.digest.data,
            hours=Words(self.hours_ko.data or "", self.hours_en.data or ""),
            away=Words(self.away_ko.data or "", self.away_en.data or ""),
            away_from=self.away_from.data,
            away_until=self.away_until.data,
            offer=Offer(tuple(self.languages.data or ()), tuple(self.disability.data or ())),
        )

    def faults(self) -> list[tuple[str, str]]:
        """Give what is wrong, in the order of the page, as (id of the field, what to do)."""
        fields = [field for row in self.duties.entries for field in row.form] + [
            field for field in self if field is not self.duties
        ]
        return [(field.id, str(error)) for field in fields for error in field.errors]


def _duty(row: DutyForm) -> Duty:
    days = frozenset(int(day) for day in row.days.data or ())
    return Duty(row.address.data or "", days, int(row.from_hour.data), int(row.until_hour.data))


def _shown(rota: Rota) -> Mapping[str, Any]:
    return {
        "duties": [
            {
                "address": duty.address,
                "days": [str(day) for day in sorted(duty.days)],
                "from_hour": str(duty.from_hour),
                "until_hour": str(duty.until_hour),
            }
            for duty in rota.duties
        ],
        "digest": rota.digest,
        "hours_ko": rota.hours.ko,
        "hours_en": rota.hours.en,
        "away_ko": rota.away.ko,
        "away_en": rota.away.en,
        "away_from": rota.away_from,
        "away_until": rota.away_until,
        "languages": list(rota.offer.languages),
        "disability": list(rota.offer.disability),
    }
