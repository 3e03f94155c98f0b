"""What a reporter is told about an organisation before choosing it: what it does, what it will see, what it never sees.

Who may see what is `app.domain.compartment`'s table; this puts it into words. A test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.domain.vocabulary import COMPARTMENTS, ORGANISATION_KINDS

_LINKS: Final = _l("The links, and what you wrote about each of them")
_MATERIAL: Final = _l("What kind of material it is")
_WISHES: Final = _l("What you want to happen")
_ABOUT_YOU: Final = _l("Who is reporting, and the age group")
_CASE: Final = _l("What happened, threats, and what you have already tried")
_HELP: Final = _l("The region and the help you need")
_NO_WORDS: Final = _l("Your own words, anything about the offender, and how to contact you")
_NOT_YOU: Final = _l("Anything about you")

ABOUT: Final[Mapping[str, LazyString]] = {
    "support_centre": _l(
        "Counsellors listen, ask sites to delete the material, and find legal and medical help. It costs nothing."
    ),
    "commission": _l(
        "Reviews the material and can have it deleted or blocked. Its decision can take time, "
        "and for its own formal procedure it may ask who you are."
    ),
    "regulator": _l("Watches over the duties of sites and apps, and looks into those that do not keep them."),
    "police": _l(
        "Investigates. This report is a tip-off; for a formal complaint the police will ask who you are, "
        "and you decide about that later."
    ),
    "monitor": _l(
        "Volunteers who tell sites about links and watch whether they come back. They learn nothing about you."
    ),
}

SEES: Final[Mapping[str, tuple[LazyString, ...]]] = {
    "support_centre": (_LINKS, _MATERIAL, _CASE, _ABOUT_YOU, _WISHES, _HELP),
    "police": (_LINKS, _MATERIAL, _CASE, _ABOUT_YOU, _WISHES, _HELP),
    "commission": (_LINKS, _MATERIAL, _WISHES, _ABOUT_YOU),
    "regulator": (_LINKS, _MATERIAL, _WISHES, _ABOUT_YOU),
    "monitor": (_LINKS, _MATERIAL),
}

NEVER_SEES: Final[Mapping[str, tuple[LazyString, ...]]] = {
    "support_centre": (),
    "police": (),
    "commission": (_CASE, _HELP, _NO_WORDS),
    "regulator": (_CASE, _HELP, _NO_WORDS),
    "monitor": (_NOT_YOU, _CASE, _NO_WORDS),
}

COMPARTMENTS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "support_centre": COMPARTMENTS,
    "police": COMPARTMENTS,
    "commission": (),
    "regulator": (),
    "monitor": (),
}

PURPOSES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "support_centre": ("counselling", "deletion", "review", "police", "legal_medical"),
    "commission": ("review",),
    "regulator": ("review",),
    "police": ("police",),
    "monitor": ("deletion",),
}

PASSES_ON_TO: Final[Mapping[str, tuple[str, ...]]] = {
    "support_centre": ("support_centre", "commission", "police"),
    "commission": ("support_centre", "police"),
    "regulator": ("commission", "police"),
    "police": ("support_centre", "commission"),
    "monitor": ("support_centre", "commission"),
}


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """One organisation as the reporter meets it. `name` and `region` are words in the page's language already."""

    slug: str
    kind: str
    name: str
    region: str = ""

    @property
    def rank(self) -> int:
        """Those who help the person herself come first."""
        return ORGANISATION_KINDS.index(self.kind)

    @property
    def about(self) -> LazyString:
        """What this kind of organisation does, in two sentences."""
        return ABOUT[self.kind]

    @property
    def sees(self) -> tuple[LazyString, ...]:
        """What its letter always holds."""
        return SEES[self.kind]

    @property
    def never_sees(self) -> tuple[LazyString, ...]:
        """What its letter never holds, whatever is ticked."""
        return NEVER_SEES[self.kind]
