"""What a person who comes back with a receipt code can say."""

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.forms.fields import MESSAGE_TEXT, Line, Words
from app.forms.labels import label_texts


class FollowUpForm(Form):
    """The receipt code, the message back, and the words for every state."""

    code = Line(_l("Receipt code"), hint=_l("24 digits. Spaces and hyphens do not matter."), limit=60)
    message = Words(_l("Your message"), hint=_l("Only this organisation can read it."), limit=MESSAGE_TEXT)

    @property
    def labels(self) -> dict[str, dict[str, str]]:
        """The words for states, in the page's language."""
        return label_texts("referral_states", "item_states", "organisation_kinds", "purposes", "link_kinds")
