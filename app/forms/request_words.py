"""Words for texts that staff send out: in the language of the text, which need not be that of the page."""

from typing import Final

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.domain.vocabulary import LANGUAGES
from app.forms.labels import label_texts

ENUMS: Final = (
    "materials",
    "harms",
    "threat_kinds",
    "commercial",
    "link_kinds",
    "contact_channels",
    "request_states",
    "room_states",
)
NONE: Final = _l("(nothing)")


def words_in_texts() -> dict[str, dict[str, dict[str, str]]]:
    """Give, for each language, the labels of the enums that stand in texts, and the word for nothing."""
    found = {}
    for language in LANGUAGES:
        with force_locale(language):
            found[language] = label_texts(*ENUMS) | {"other": {"none": str(NONE)}}
    return found
