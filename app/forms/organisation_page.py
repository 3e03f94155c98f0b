"""What a lead decides of the organisation's public page, and what the operator decides of organisations."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from app.domain.vocabulary import ORGANISATION_KINDS, REGIONS, UNDISCLOSED
from app.domain.wire import SLUG
from app.forms.labels import LABELS
from app.forms.staff_fields import Short, plain
from app.services.organisation import Name
from app.services.rota import Words
from app.services.standing import STANDINGS

ABOUT_MOST = 1500
NAME_MOST = 80
NOBODY = _l("Nobody in particular")
SLUG_TAKEN = _l("There is an organisation with this name in addresses already.")
STANDING_WORDS = {
    "open": _l("Takes new reports"),
    "paused": _l("Takes no new reports for now"),
    "closed": _l("Closed: takes no new reports any more"),
}


class Listed(SelectField):
    """One of a list of ours."""

    def pre_validate(self, form: BaseForm) -> None:
        """Say in the page's own words what is none of them."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_l("Please choose from this list.")) from None


class Said:
    """Something was written, of no more than `most` characters."""

    def __call__(self, _form: Form, field: StringField) -> None:
        """Raise ValidationError with what to do about it."""
        if not 1 <= len(field.data or "") <= NAME_MOST:
            raise ValidationError(_l("Please write a name of at most %(most)s characters.", most=NAME_MOST))


def named(choices: Iterable[tuple[str, Name]], language: str) -> list[SelectChoice]:
    """Give organisations as choices, nobody first."""
    known = [SelectChoice(slug, name.ko if language == "ko" else name.en) for slug, name in choices]
    return [SelectChoice("", NOBODY), *known]


class PageForm(Form):
    """Who the organisation is, and whether it takes new reports."""

    about_ko = TextAreaField(_l("In Korean"), filters=[plain], validators=[Short(ABOUT_MOST)])
    about_en = TextAreaField(_l("In English"), filters=[plain], validators=[Short(ABOUT_MOST)])
    paused = BooleanField(
        _l("Take no new reports for now"),
        description=_l("What is here already you go on with: messages, states and withdrawals work as before."),
    )
    successor = Listed(_l("Who takes reports instead"), default="")

    @property
    def about(self) -> Words:
        """What was written."""
        return Words(self.about_ko.data or "", self.about_en.data or "")


class StandingForm(Form):
    """The operator opens, pauses or closes an organisation."""

    standing = Listed(_l("New reports"), choices=[SelectChoice(word, STANDING_WORDS[word]) for word in STANDINGS])
    successor = Listed(_l("Who takes reports instead"), default="")


class AddForm(Form):
    """The operator adds an organisation, whose first lead makes its keys."""

    kind = Listed(
        _l("Kind"), choices=[SelectChoice(kind, LABELS["organisation_kinds"][kind]) for kind in ORGANISATION_KINDS]
    )
    name_ko = StringField(_l("Name in Korean"), filters=[plain], validators=[Said()])
    name_en = StringField(_l("Name in English"), filters=[plain], validators=[Said()])
    slug = StringField(
        _l("Name in addresses"),
        filters=[plain],
        description=_l("Small letters from a to z, digits and hyphens. It never changes, since keys are bound to it."),
    )
    region = Listed(
        _l("Region"),
        choices=[SelectChoice(region, LABELS["regions"][region]) for region in REGIONS],
        default=UNDISCLOSED,
    )

    def validate_slug(self, field: StringField) -> None:
        """Raise ValidationError for what cannot stand in an address."""
        if not SLUG.match(field.data or ""):
            raise ValidationError(_l("Please use 1 to 40 small letters from a to z, digits and hyphens."))


def faults(form: Form) -> list[tuple[str, str]]:
    """Give what is wrong, in the order of the page, as (id of the field, what to do)."""
    return [(field.id, str(error)) for field in form for error in field.errors]
