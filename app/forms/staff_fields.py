"""Fields of the forms that staff fill in: sent in the clear, checked on the server."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectField, SelectMultipleField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from app.domain.image_text import contains_image


def plain(text: str | None) -> str:
    """Lines as one line feed, nothing that cannot be seen, no space around."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter == "\n" or letter.isprintable()).strip()


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


class Offered(SelectMultipleField):
    """Words of a list of ours."""

    def pre_validate(self, form: BaseForm) -> None:
        """Say in the page's own words what is none of them."""
        try:
            super().pre_validate(form)
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
