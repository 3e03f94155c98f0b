"""What a person who comes back with a receipt code can say."""

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.domain.vocabulary import ORGANISATION_KINDS
from app.forms.consent import ConsentForm
from app.forms.fields import LONG_TEXT, MESSAGE_TEXT, SHORT_TEXT, Line, Words
from app.forms.labels import label_texts
from app.forms.link import LinkForm
from app.forms.organisation_card import OrganisationCard
from app.forms.progress_words import COMMISSION_PAUSED, DELAYED, ITEM_NEWS, STAGES, expected
from app.forms.report import ReportForm

ANY: str = "REFERRAL"  # in the ids of what is copied for each referral


class AboutForm(Form):
    """Who reports, and how old that person is, where both are asked once more on one page."""

    role = ReportForm.role
    age_group = ReportForm.age_group


class FollowUpForm(Form):
    """The receipt code, the message back, what can be added later, and the words for every state.

    Who reports, and how old that person is, is asked again for an organisation that is added, and for words that go
    with an address: nothing keeps it.
    """

    code = Line(_l("Receipt code"), hint=_l("24 digits. Spaces and hyphens do not matter."), limit=60)
    role = ReportForm.role
    age_group = ReportForm.age_group
    message = Words(_l("Your message"), hint=_l("Only this organisation can read it."), limit=MESSAGE_TEXT)
    sentence = Words(
        _l("What is this about, in one sentence?"),
        hint=_l("If you like. Every organisation that you choose here will read it."),
        limit=SHORT_TEXT,
    )
    account_note = Words(
        _l("What should staff know before they start?"),
        hint=_l("If you like. Only those whom you allow to read it get these words."),
        limit=LONG_TEXT,
    )

    @property
    def link(self) -> LinkForm:
        """A blank link, as the report has it."""
        return LinkForm(prefix="link-0")

    @property
    def added(self) -> AboutForm:
        """Who reports, asked where words go with an address that is added."""
        return AboutForm(prefix="added")

    @staticmethod
    def consent_for(card: OrganisationCard) -> ConsentForm:
        """The consent questions of an organisation that is added."""
        return ConsentForm.of(card)

    @property
    def consents(self) -> list[tuple[str, ConsentForm]]:
        """The consent questions of each kind of organisation, to be copied for a referral whose consent changes."""
        return [(kind, ConsentForm.of(OrganisationCard(f"{ANY}-{kind}", kind, ""))) for kind in ORGANISATION_KINDS]

    @property
    def labels(self) -> dict[str, dict[str, str]]:
        """The words of every enum of a letter and for states, in the page's language."""
        return ReportForm().labels | label_texts("referral_states", "item_states")

    @property
    def stages(self) -> dict[str, str]:
        """Where an organisation's work stands."""
        return {stage: str(words) for stage, words in STAGES.items()}

    @property
    def item_news(self) -> dict[str, str]:
        """Where an address stands."""
        return {state: str(words) for state, words in ITEM_NEWS.items()}

    @property
    def commission_paused(self) -> str:
        """Say since when the review commission keeps no usual times, with `{on}` for the day."""
        return str(COMMISSION_PAUSED)

    @property
    def delayed(self) -> str:
        """That it takes longer than usual."""
        return str(DELAYED)

    @staticmethod
    def expected(language: str) -> dict[str, dict[str, dict[str, str]]]:
        """What usually comes next, and within how many days."""
        return expected(language)
