"""What a reporter agrees to, for one organisation. Nothing is ticked beforehand."""

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.domain.compartment import compartments_of
from app.forms.fields import Several, Tick, choices
from app.forms.organisation_card import PASSES_ON_TO, PURPOSES_OF, OrganisationCard

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


class ConsentForm(Form):
    """One organisation: whether it is chosen, for what, what more it may read, and to whom it may pass this on."""

    chosen = Tick(_l("Send to this organisation"))
    sensitive = Tick(_l("I agree that it reads and uses sensitive content"))
    purposes = Several(
        _l("What may it use your report for?"),
        "purposes",
        why=_l(
            "The law wants each use agreed to by itself. What you leave unticked is refused, and that is an answer."
        ),
        may_stay_open=False,
    )
    compartments = Several(_l("What more may it read?"), "compartments", may_stay_open=False)
    pass_on = Several(
        _l("May it pass your report on, if that helps?"),
        "organisation_kinds",
        why=_l("Some steps belong to another organisation. Without your tick, nothing is passed on."),
        may_stay_open=False,
    )

    @classmethod
    def of(cls, card: OrganisationCard, sent: "MultiDict[str, str] | None" = None) -> "ConsentForm":
        """Make the form of one organisation, with only the choices that its kind has a use for, and what was sent."""
        form = cls(sent, prefix=f"organisation-{card.slug}")
        for field, enum, offered in (
            (form.purposes, "purposes", PURPOSES_OF[card.kind]),
            (form.compartments, "compartments", compartments_of(card.kind)),
            (form.pass_on, "organisation_kinds", PASSES_ON_TO[card.kind]),
        ):
            field.choices = choices(enum, offered) if offered else []
        return form
