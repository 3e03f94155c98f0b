"""What a lead chooses for the own organisation: who is told when, and what reporters read of hours and absences.

Sent and checked on the server like any other form of the web: nothing here is sealed, and no script is needed.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    Form,
    FormField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional, ValidationError

from app.domain.opening_hours import LINES_MOST, clock, parse, written
from app.domain.vocabulary import DISABILITY_SUPPORT, HELP_LANGUAGES, UNDISCLOSED
from app.forms.labels import LABELS
from app.forms.staff_fields import Day, Offered, Short, plain
from app.forms.weekly import DutyForm, OpeningForm
from app.services.offer import Offer
from app.services.rota import Rota, Words

ROWS_MOST: Final = 20
ROWS_LEAST: Final = 3
HOURS_MOST: Final = 200
AWAY_MOST: Final = 500
LANGUAGES: Final = tuple(word for word in HELP_LANGUAGES if word not in {"ko", UNDISCLOSED})


class OrganisationForm(Form):
    """All of it, saved together."""

    duties = FieldList(FormField(DutyForm), max_entries=ROWS_MOST)
    digest = BooleanField(
        _l("Also write once a day when there is something new that is not urgent"),
        description=_l("At a time between 9 and 18 o'clock that changes every day and says nothing about any report."),
    )
    opening = FieldList(FormField(OpeningForm), max_entries=LINES_MOST)
    hours_ko = StringField(
        _l("More about your hours, in Korean"),
        [Short(HOURS_MOST)],
        filters=[plain],
        description=_l("For example: closed on public holidays, by telephone at any hour."),
    )
    hours_en = StringField(_l("More about your hours, in English"), [Short(HOURS_MOST)], filters=[plain])
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
        for rows in (form.duties, form.opening):
            for _row in range(max(1, ROWS_LEAST - len(rows.entries))):
                if len(rows.entries) < (rows.max_entries or 0):
                    rows.append_entry()
        return form

    def validate_away_until(self, field: DateField) -> None:
        """Raise ValidationError for an absence that ends before it begins."""
        if field.data and self.away_from.data and field.data < self.away_from.data:
            raise ValidationError(_l("The last day is before the first."))

    def rota(self) -> Rota:
        """Give what was chosen, from a form that was found to be in order."""
        return Rota(
            duties=tuple(row.form.duty() for row in self.duties.entries if row.form.address.data),
            digest=self.digest.data,
            opening=written([row.form.opening() for row in self.opening.entries if row.form.days.data]),
            hours=Words(self.hours_ko.data or "", self.hours_en.data or ""),
            away=Words(self.away_ko.data or "", self.away_en.data or ""),
            away_from=self.away_from.data,
            away_until=self.away_until.data,
            offer=Offer(tuple(self.languages.data or ()), tuple(self.disability.data or ())),
        )

    def faults(self) -> list[tuple[str, str]]:
        """Give what is wrong, in the order of the page, as (id of the field, what to do)."""
        fields = [one for field in self for one in _parts(field)]
        return [(field.id, str(error)) for field in fields for error in field.errors]


def _parts(field: Field) -> list[Field]:
    """A field, or those of all lines of a list."""
    return [part for row in field.entries for part in row.form] if isinstance(field, FieldList) else [field]


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
        "opening": [
            {
                "days": [str(day) for day in one.days],
                "from_time": clock(one.from_minute),
                "until_time": clock(one.until_minute),
            }
            for one in parse(rota.opening)
        ],
        "hours_ko": rota.hours.ko,
        "hours_en": rota.hours.en,
        "away_ko": rota.away.ko,
        "away_en": rota.away.en,
        "away_from": rota.away_from,
        "away_until": rota.away_until,
        "languages": list(rota.offer.languages),
        "disability": list(rota.offer.disability),
    }
