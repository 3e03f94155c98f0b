"""The one definition of the report form. The browser reads and seals it; a plain form can be drawn from it as well.

Which question is asked after which answers is in `app.domain.asking`.
"""

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.forms.consent import ConsentForm
from app.forms.fields import LONG_TEXT, SHORT_TEXT, Line, One, Pick, Several, Tick, Words
from app.forms.labels import label_texts
from app.forms.link import LinkForm
from app.forms.organisation_card import OrganisationCard


class ReportForm(Form):
    """Everything that can be reported. Every answer is optional; one link or one sentence is the minimum."""

    danger = One(
        _l("Are you in danger where you are?"),
        "yes_no",
        why=_l("So that staff know how careful to be, and what to do first."),
    )
    spread_now = One(
        _l("Is it being shared right now?"),
        "spread",
        why=_l("What spreads now is worked on first, and you are told here at once what helps."),
    )
    threat_kinds = Several(
        _l("Is anyone threatening you?"),
        "threat_kinds",
        hint=_l("You need not reply or send money."),
        why=_l("Threats are urgent. Organisations read these reports first."),
    )
    threat_ongoing = One(
        _l("Is the threat still going on?"),
        "yes_no",
        why=_l("If it is, the report is marked urgent. The mark is all that the portal itself can see of it."),
    )
    threat_deadline = Line(
        _l("Was a date or time named?"),
        hint=_l("In any words, such as “by tomorrow evening”. Leave it empty if not."),
        why=_l("So that whoever reads this knows how much time there is."),
        may_stay_open=True,
    )

    sentence = Words(
        _l("What is this about, in one sentence?"),
        hint=_l("One sentence is enough. Every organisation that you choose will read it."),
        why=_l("Where there is no address, a few words are what an organisation can begin with."),
        limit=SHORT_TEXT,
        may_stay_open=True,
    )

    harm = Several(
        _l("What happened?"),
        "harms",
        hint=_l("Choose all that fit."),
        why=_l("So that nobody has to ask you again, and the right person reads this first."),
    )
    material = Several(
        _l("What kind of material is it?"),
        "materials",
        why=_l(
            "Different laws and different desks deal with each kind. If you are not sure, leave it; staff will see."
        ),
    )
    incident_place = Line(
        _l("Where did it happen, if there is a place?"),
        hint=_l("For example a kind of building. You need not go there or look for anything."),
        why=_l("Where somebody was filmed in secret, the police can look for the camera."),
        may_stay_open=True,
    )
    identity_leak = Several(
        _l("Were any of these shown along with it?"),
        "identity_leaks",
        why=_l("Personal details can be deleted on request as well."),
    )

    role = One(
        _l("Who is reporting?"),
        "reporter_roles",
        spoken={"victim": _l("It happened to me")},
        why=_l("Some requests can only be made by the person it happened to, by family, or by someone asked to."),
    )
    proxy = One(
        _l("Do you have a written authorisation?"),
        "yes_no",
        hint=_l("You need not have one. Nothing is to be uploaded here."),
        why=_l(
            "A centre asks for it later, before it has something deleted for somebody else. It can wait until then."
        ),
    )
    age_group = One(
        _l("Age group of the person it happened to"),
        "age_groups",
        why=_l(
            "Young people are protected by other laws, and deletion can start without a request. "
            "No birth date is asked for."
        ),
    )
    language = Pick(
        _l("Language you would like to be helped in"),
        "help_languages",
        why=_l("So that somebody who speaks it, or an interpreter, can answer you."),
    )
    region = Pick(
        _l("Region"), "regions", why=_l("So that an organisation near you can help. No address is asked for.")
    )
    disability = Several(
        _l("Support that would make this easier"),
        "disability_support",
        why=_l("So that help comes in a way that works for you."),
    )

    wishes = Several(
        _l("What do you want to happen?"),
        "wishes",
        hint=_l("Choose all that fit. You can change your mind later."),
        why=_l("Organisations should do what you want, and nothing that you do not want."),
    )
    prior = Several(_l("Has anything been tried already?"), "prior_kinds", why=_l("So that nothing is done twice."))
    prior_reference = Line(
        _l("Receipt or case number, if you have one"),
        hint=_l("Not a resident registration number."),
        why=_l("With the number, what was done is found without asking you."),
        may_stay_open=True,
    )

    relation = One(
        _l("Who did it, as far as you know?"),
        "relations",
        why=_l("It helps staff to keep you safe. It is never used to judge you."),
    )
    offender_name = Line(
        _l("Name or nickname"),
        why=_l("The same name may appear in other reports. You need not be sure of it."),
        may_stay_open=True,
    )
    offender_handles = Words(
        _l("Accounts, IDs or phone numbers"),
        hint=_l("One on each line."),
        why=_l("An account or a number is often what leads to a person."),
        limit=SHORT_TEXT,
        may_stay_open=True,
    )
    offender_text = Words(
        _l("Anything else about this person"),
        why=_l("Only what you know already. Nobody asks you to find out more."),
        limit=LONG_TEXT,
        may_stay_open=True,
    )

    account_seen = Words(
        _l("What did you see, and where?"),
        hint=_l("Only what you saw yourself. You need not look again."),
        why=_l("What you saw is enough to begin with. The person it happened to is never asked for here."),
        limit=LONG_TEXT,
        rows=5,
        may_stay_open=True,
    )
    account_events = Words(
        _l("What happened, in your own order?"),
        hint=_l("Write only what you want. A few words are fine."),
        why=_l("So that you need not tell it again to everybody."),
        limit=LONG_TEXT,
        rows=5,
        may_stay_open=True,
    )
    account_worry = Words(
        _l("What worries you most right now?"),
        why=_l("So that staff begin with what weighs most on you."),
        limit=LONG_TEXT,
        may_stay_open=True,
    )
    account_note = Words(
        _l("What should staff know before they start?"),
        hint=_l("For example who must not hear of it, or what helps you."),
        why=_l("So that help does not make anything harder for you."),
        limit=LONG_TEXT,
        may_stay_open=True,
    )

    channel = One(
        _l("Would you like to be contacted another way as well?"),
        "contact_channels",
        spoken={"none": _l("No, answers with the receipt code are enough")},
        why=_l("Contact can be noticed by somebody else. With the receipt code, you decide when to look."),
    )
    contact_address = Line(
        _l("Number, address or ID for this"),
        hint=_l("If you leave it open, nobody contacts you; answers wait here for your receipt code."),
        why=_l("It is used only in the way and at the times that you name."),
        may_stay_open=True,
    )
    safe_hours = Line(
        _l("When is it safe?"),
        hint=_l("For example weekdays 2 to 5 pm."),
        why=_l("So that nobody else notices a call or a message."),
        may_stay_open=True,
    )
    avoid = Line(
        _l("Words to avoid"),
        hint=_l("For example: do not say the name of the organisation."),
        why=_l("So that a message on your screen tells others nothing."),
        may_stay_open=True,
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
        return label_texts(*_ENUMS)


_ENUMS = (
    "reporter_roles", "age_groups", "yes_no", "relations", "link_kinds", "commercial", "spread", "materials", "harms",
    "threat_kinds", "identity_leaks", "prior_kinds", "help_languages", "disability_support", "regions", "wishes",
    "purposes", "organisation_kinds", "contact_channels",
)  # fmt: skip
