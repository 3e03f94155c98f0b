"""A notice to everybody, as the operator writes it: plain words in both languages, from a day, until a day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Form, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional, ValidationError

from app.data import breach_notice
from app.domain.public_notice import (
    KINDS,
    LEAST_SHOWN,
    OPEN_BLANK,
    TEXT_MOST,
    TITLE_MOST,
    PublicNotice,
    earliest_end,
)
from app.forms.organisation_page import Listed
from app.forms.staff_fields import Day, plain

KIND_WORDS: Final[Mapping[str, LazyString]] = {
    "breach": _l("Personal information has leaked"),
    "possible_breach": _l("Personal information may have leaked"),
    "no_breach": _l("Nothing leaked after all"),
    "outage": _l("An outage, or maintenance"),
    "policy": _l("The privacy policy changes"),
    "general": _l("Something else"),
}


def _written(most: int) -> Callable[[Form, StringField], None]:
    """Make what raises ValidationError unless there are words, not too many, with every blank filled in."""

    def check(_form: Form, field: StringField) -> None:
        text = field.data or ""
        if not text:
            raise ValidationError(_l("%(field)s: please write both languages.", field=field.label.text))
        if len(text) > most:
            raise ValidationError(
                _l("This has %(length)s characters; it may have %(most)s.", length=len(text), most=most)
            )
        if OPEN_BLANK in text:
            raise ValidationError(
                _l("%(field)s: fill in, or delete, what stands between 〔 and 〕.", field=field.label.text)
            )

    return check


class NoticeForm(Form):
    """What is to stand on every page."""

    kind = Listed(_l("Kind of notice"), choices=[SelectChoice(kind, KIND_WORDS[kind]) for kind in KINDS])
    title_ko = StringField(_l("Title in Korean"), filters=[plain], validators=[_written(TITLE_MOST)])
    text_ko = TextAreaField(_l("Text in Korean"), filters=[plain], validators=[_written(TEXT_MOST)])
    title_en = StringField(_l("Title in English"), filters=[plain], validators=[_written(TITLE_MOST)])
    text_en = TextAreaField(_l("Text in English"), filters=[plain], validators=[_written(TEXT_MOST)])
    from_day = Day(_l("From this day on"))
    until_day = Day(
        _l("Until this day"),
        validators=[Optional()],
        description=_l("Both days count. Empty: until you take it down."),
    )

    def validate_from_day(self, field: Day) -> None:
        """Raise ValidationError where there is no day."""
        if field.data is None:
            raise ValidationError(_l("Please write the day as 2026-11-22."))

    def validate_until_day(self, field: Day) -> None:
        """Raise ValidationError for an end before the beginning, or before the law allows one."""
        if field.data is None or self.from_day.data is None or self.kind.data not in KINDS:
            return
        earliest = earliest_end(self.kind.data, self.from_day.data)
        if field.data < earliest:
            if earliest == self.from_day.data:
                raise ValidationError(_l("The last day must not be before the first."))
            raise ValidationError(
                _l(
                    "The law wants this to stand for at least %(days)s days: until %(day)s or longer.",
                    days=LEAST_SHOWN.days,
                    day=earliest.isoformat(),
                )
            )

    @property
    def notice(self) -> PublicNotice:
        """What was written; the form was found valid."""
        assert self.from_day.data is not None  # noqa: S101 - for the type alone
        return PublicNotice(
            self.kind.data,
            self.title_ko.data or "",
            self.title_en.data or "",
            self.text_ko.data or "",
            self.text_en.data or "",
            self.from_day.data,
            self.until_day.data,
        )


def begun(kind: str, today: date) -> NoticeForm:
    """Give the form of a new notice, with the text that there is for its kind."""
    template = breach_notice()["templates"].get(kind, {"title": {"ko": "", "en": ""}, "text": {"ko": "", "en": ""}})
    return NoticeForm(
        data={
            "kind": kind,
            "from_day": today,
            **{f"{part}_{language}": words for part in ("title", "text") for language, words in template[part].items()},
        }
    )
