"""The report form for browsers without scripts: the same definitions, read and checked here because no script does.

Names of fields are those of the page with scripts, so that one definition serves both. What was sent is kept as it was
typed: a form that is drawn again loses nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Field, Form
from wtforms.fields import SelectField
from wtforms.validators import ValidationError

from app.domain import asking
from app.domain.vocabulary import UNDISCLOSED
from app.forms.consent import ConsentForm
from app.forms.fields import Text, Tick
from app.forms.link import LinkForm
from app.forms.organisation_card import OrganisationCard
from app.forms.plain_answers import answers_of, values_of
from app.forms.plain_checks import UNDERSTAND, check_fields, check_whole
from app.forms.report import ReportForm

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

# Places that can be described one by one; each takes any number of addresses.
PLACES: Final = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. What is `optional`, or `folded` under `fold`, is closed until somebody opens it."""

    name: str
    title: LazyString
    about: LazyString | str = ""
    optional: bool = False
    fold: LazyString | str = ""
    folded: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The questions of this part, in the order of the page."""
        return [question["name"] for question in asking.questions() if question["step"] == self.name]


SECTIONS: Final = (
    Section("danger", _l("Are you safe?")),
    Section("urgent", _l("Is something happening right now?")),
    Section(
        "harm",
        _l("What kind of harm is it?"),
        fold=_l("If personal details were shown as well, or there is a place"),
        folded=("incident_place", "identity_leak"),
    ),
    Section(
        "you",
        _l("About you"),
        fold=_l("Language, region and support, if you need it"),
        folded=("language", "region", "disability"),
    ),
    Section("wishes", _l("What you want")),
    Section(
        "offender",
        _l("About whoever did it"),
        _l("You can skip all of this. You need not look anything up."),
        optional=True,
    ),
    Section(
        "account",
        _l("In your own words"),
        _l("Writing about it can be hard. You can skip this, stop at any point, or tell a counsellor later instead."),
        optional=True,
    ),
    Section(
        "contact",
        _l("How you get answers"),
        _l(
            "After sending you get a receipt code. With it you can see progress and write, whenever it is safe for "
            "you. Nothing else is needed."
        ),
        optional=True,
    ),
)


class ConsentToSeal(Form):
    """What is agreed to before anything is sent here; never ticked beforehand."""

    understood = Tick(_l("I understand that the server can see for a moment what I write."))

    def validate_understood(self, field: Tick) -> None:
        """Raise ValidationError where it is not ticked."""
        if not field.data:
            raise ValidationError(UNDERSTAND)


class PlainReport:
    """All that was sent of one report: the answers, the links, and what is agreed to for each organisation."""

    def __init__(
        self, cards: Sequence[OrganisationCard], sent: "MultiDict[str, str] | None" = None, *, under_14: str
    ) -> None:
        self.cards, self.sent, self.under_14 = tuple(cards), sent, under_14
        self.form = ReportForm(sent)
        self.consent = ConsentToSeal(sent)
        self.links = [LinkForm(sent, prefix=f"link-{number}") for number in range(PLACES)]
        self.consents: Mapping[str, ConsentForm] = {card.slug: ConsentForm.of(card, sent) for card in cards}
        for form in self._forms():
            for field in form:
                if isinstance(field, SelectField):
                    # WTForms would call an open question wrong, and say so in English: `check_fields` looks instead.
                    field.validate_choice = False

    @property
    def chosen(self) -> list[OrganisationCard]:
        """The organisations that are ticked, in the order of the page."""
        return [card for card in self.cards if self.consents[card.slug].chosen.data]

    def heard(self) -> dict[str, list[str]]:
        """The answers that count: without those to questions that are not asked after the others.

        A way to be contacted counts only with an address: whoever leaves that open is answered here.
        """
        heard = asking.only_asked(answers_of(self.form), self.under_14)
        if self.form.contact_address.opened:
            heard.pop("channel", None)
        return heard

    def asked(self) -> list[str]:
        """The names of the questions that are asked after these answers."""
        return asking.asked(answers_of(self.form), self.under_14)

    def notes(self) -> list[str]:
        """The names of what should be said after these answers."""
        return asking.noted(answers_of(self.form), self.under_14)

    def fields_of(self, section: Section) -> list[Field]:
        """The questions of one section, in the order of the page."""
        return [self.form[name] for name in section.names if name in self.form]

    def has_said(self, names: Iterable[str]) -> bool:
        """Whether any of these questions was answered, or needs another look: then they are shown open."""
        fields = [self.form[name] for name in names if name in self.form]
        said = [field for field in fields if set(values_of(field)) - {UNDISCLOSED} or field.errors]
        return bool(said) or any(field.opened for field in fields if isinstance(field, Text))

    def validate(self) -> bool:
        """Check everything; what is wrong then stands at its field, and in `faults`."""
        for form in self._forms():
            form.validate({field.short_name: [check_fields] for field in form})
        check_whole(self)
        return not self.faults()

    def understands(self) -> bool:
        """Whether it is agreed that the server sees what was written; where it is not, that then stands at its tick."""
        return self.consent.validate()

    def faults(self) -> list[tuple[str, str]]:
        """Give what is wrong, in the order of the page, as (id of the field, what to do)."""
        return [(str(field.id), str(error)) for field in self._fields_in_order() for error in field.errors]

    def carried(self) -> list[tuple[str, str]]:
        """Give every answer as it was sent, to be carried by the next page: this server keeps nothing of it."""
        if self.sent is None:
            return []
        fields = [field for form in self._forms() for field in form]
        known = {field.name for field in fields} | {field.open_name for field in fields if isinstance(field, Text)}
        return [(name, text) for name, text in self.sent.items(multi=True) if name in known]

    def _forms(self) -> list[Form]:
        return [self.form, *self.links, self.consent, *self.consents.values()]

    def _fields_in_order(self) -> list[Field]:
        first = [field for section in SECTIONS[:2] for field in self.fields_of(section)]
        links = [field for link in self.links for field in link]
        rest = [field for field in self.form if field not in first]
        consents = [field for consent in (self.consent, *self.consents.values()) for field in consent]
        return first + links + rest + consents
