"""The one definition of the report form. The browser reads and seals it; a plain form can be drawn from it as well."""

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.forms.consent import ConsentForm
from app.forms.fields import (
    DO_NOT_KNOW,
    LONG_TEXT,
    NOT_KNOWN_OR_SAID,
    RATHER_NOT,
    SHORT_TEXT,
    Line,
    One,
    Pick,
    Several,
    Tick,
    Words,
)
from app.forms.labels import label_texts
from app.forms.link import LinkForm
from app.forms.organisation_card import OrganisationCard


class ReportForm(Form):
    """Everything that can be reported. Every answer is optional; one link or one sentence is the minimum."""

    sentence = Words(
        _l("What is this about, in one sentence?"),
        hint=_l("One sentence is enough. Every organisation that you choose will read it."),
        limit=SHORT_TEXT,
    )

    material = Several(
        _l("What kind of material is it?"),
        "materials",
        why=_l(
            "Different laws and different desks deal with each kind. If you are not sure, leave it; staff will see."
        ),
        none_of=NOT_KNOWN_OR_SAID,
    )
    harm = Several(
        _l("What happened?"),
        "harms",
        hint=_l("Choose all that fit."),
        none_of=NOT_KNOWN_OR_SAID,
        why=_l("So that nobody has to ask you again, and the right person reads this first."),
    )
    threat_kinds = Several(
        _l("Is anyone threatening you?"),
        "threat_kinds",
        none_of=NOT_KNOWN_OR_SAID,
        hint=_l("You need not reply or send money."),
        why=_l("Threats are urgent. Organisations read these reports first."),
    )
    threat_ongoing = One(
        _l("Is the threat still going on?"),
        "yes_no",
        spoken={"undisclosed": NOT_KNOWN_OR_SAID},
        why=_l("If it is, the report is marked urgent. The mark is all that the portal itself can see of it."),
    )
    threat_deadline = Line(
        _l("Was a date or time named?"), hint=_l("In any words, such as “by tomorrow evening”. Leave it empty if not.")
    )
    danger = One(
        _l("Are you in danger where you are?"),
        "yes_no",
        spoken={"undisclosed": NOT_KNOWN_OR_SAID},
        why=_l("So that staff know how careful to be, and what to do first."),
    )
    identity_leak = Several(
        _l("Were any of these shown along with it?"),
        "identity_leaks",
        none_of=NOT_KNOWN_OR_SAID,
        why=_l("Personal details can be deleted on request as well."),
    )

    role = One(
        _l("Who is reporting?"),
        "reporter_roles",
        spoken={"victim": _l("It happened to me"), "undisclosed": RATHER_NOT},
        why=_l("Some requests can only be made by the person it happened to, by family, or by someone asked to."),
    )
    proxy = One(
        _l("Do you have a written authorisation?"),
        "yes_no",
        spoken={"undisclosed": NOT_KNOWN_OR_SAID},
        hint=_l("You need not have one. Nothing is to be uploaded here."),
    )
    age_group = One(
        _l("Age group of the person it happened to"),
        "age_groups",
        spoken={"undisclosed": RATHER_NOT},
        why=_l(
            "Young people are protected by other laws, and deletion can start without a request. "
            "No birth date is asked for."
        ),
    )
    language = Pick(_l("Language you would like to be helped in"), "help_languages")
    region = Pick(
        _l("Region"), "regions", why=_l("So that an organisation near you can help. No address is asked for.")
    )
    disability = Several(_l("Support that would make this easier"), "disability_support")

    wishes = Several(
        _l("What do you want to happen?"),
        "wishes",
        hint=_l("Choose all that fit. You can change your mind later."),
        none_of=NOT_KNOWN_OR_SAID,
        why=_l("Organisations should do what you want, and nothing that you do not want."),
    )
    prior = Several(_l("Has anything been tried already?"), "prior_kinds", hint=_l("So that nothing is done twice."))
    prior_reference = Line(
        _l("Receipt or case number, if you have one"), hint=_l("Not a resident registration number.")
    )

    relation = One(
        _l("Who did it, as far as you know?"),
        "relations",
        spoken={"unknown": DO_NOT_KNOW, "undisclosed": RATHER_NOT},
        why=_l("It helps staff to keep you safe. It is never used to judge you."),
    )
    offender_name = Line(_l("Name or nickname"))
    offender_handles = Words(_l("Accounts, IDs or phone numbers"), hint=_l("One on each line."), limit=SHORT_TEXT)
    offender_text = Words(_l("Anything else about this person"), limit=LONG_TEXT)

    account_events = Words(
        _l("What happened, in your own order?"),
        hint=_l("Write only what you want. A few words are fine."),
        limit=LONG_TEXT,
        rows=5,
    )
    account_worry = Words(_l("What worries you most right now?"), limit=LONG_TEXT)
    account_note = Words(_l("What should staff know before they start?"), limit=LONG_TEXT)
    incident_place = Line(
        _l("Where did it happen, if there is a place?"),
        hint=_l("For example a kind of building. You need not go there or look for anything."),
    )

    channel = One(
        _l("Would you like to be contacted another way as well?"),
        "contact_channels",
        spoken={"none": _l("No, answers with the receipt code are enough")},
        why=_l("Contact can be noticed by somebody else. With the receipt code, you decide when to look."),
    )
    contact_address = Line(_l("Number, address or ID for this"))
    safe_hours = Line(_l("When is it safe?"), hint=_l("For example weekdays 2 to 5 pm."))
    avoid = Line(
        _l("Words to avoid"),
        hint=_l("For example: do not say the name of the organisation."),
    )

    own_declined = Tick(
        _l("Do not keep my list of links"),
        hint=_l(
            "Normally the list is kept sealed, and only your receipt code opens it. "
            "Without it you will see “link 1, link 2” instead of addresses."
        ),
    )

    @property
    def link(self) -> LinkForm:
        """A blank link, to be repeated as often as needed."""
        return LinkForm(prefix="link-0")

    @staticmethod
    def consent_for(card: OrganisationCard) -> ConsentForm:
        """The consent questions of one organisation."""
        return ConsentForm.of(card)

    @property
    def labels(self) -> dict[str, dict[str, str]]:
        """The words of every enum of a letter, in the page's language, for the review page."""
        return label_texts(
            "reporter_roles",
            "age_groups",
            "yes_no",
            "relations",
            "link_kinds",
            "commercial",
            "spread",
            "materials",
            "harms",
            "threat_kinds",
            "identity_leaks",
            "prior_kinds",
            "help_languages",
            "disability_support",
            "regions",
            "wishes",
            "purposes",
            "organisation_kinds",
            "contact_channels",
        )
