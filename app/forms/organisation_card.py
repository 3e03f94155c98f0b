"""What a reporter is told about an organisation before choosing it: what it does, what it will see, what it never sees.

Who may see what is `app.domain.compartment`'s table; this only puts it into words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.domain.compartment import compartments_of, sees
from app.domain.vocabulary import ORGANISATION_KINDS, UNDISCLOSED
from app.forms.labels import LABELS
from app.forms.reach import SILENT, Reach
from app.services.offer import SAYS_NOTHING, Offer


class _Said(NamedTuple):
    """A part of a letter in plain words, and in easy ones."""

    plain: LazyString
    easy: LazyString


_LINKS: Final = _Said(
    _l("The links, and what you wrote about each of them"),
    _l("the addresses, and what I write beside them"),
)
_MATERIAL: Final = _Said(_l("What kind of material it is"), _l("what kind of picture or video it is"))
_WISHES: Final = _Said(_l("What you want to happen"), _l("what I want"))
_ABOUT_YOU: Final = _Said(_l("Who is reporting, and the age group"), _l("who reports, and about how old I am"))
_CASE: Final = _Said(
    _l("What happened, threats, and what you have already tried"),
    _l("what happened, who frightens me, and what I have tried"),
)
_HELP: Final = _Said(_l("The region and the help you need"), _l("where I live, and what help I need"))
_NO_WORDS: Final = _Said(
    _l("Your own words, anything about the offender, and how to contact you"),
    _l("my own story, who did it, and how to reach me"),
)

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

_WORDS: Final[Mapping[str, _Said]] = {
    "items": _LINKS,
    "material": _MATERIAL,
    "harm": _CASE,
    "threat": _CASE,
    "identity_leak": _CASE,
    "incident_place": _CASE,
    "prior": _CASE,
    "reporter.relation": _CASE,
    "reporter.proxy": _CASE,
    "reporter.role": _ABOUT_YOU,
    "reporter.age_group": _ABOUT_YOU,
    "wishes": _WISHES,
    "help": _HELP,
    "account": _NO_WORDS,
    "offender": _NO_WORDS,
    "contact": _NO_WORDS,
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
    """One organisation as the reporter meets it. `name` and `region` are words in the page's language already.

    `place` is the region's own word, undisclosed for the whole country. `broken_on`: when its keys were made anew with
    nothing old to vouch for them. `closed_days`, `quiet_days`: for how long it keeps letters; 0 where nobody says.
    """

    slug: str
    kind: str
    name: str
    region: str = ""
    reach: Reach = SILENT
    place: str = UNDISCLOSED
    offer: Offer = SAYS_NOTHING
    broken_on: date | None = None
    closed_days: int = 0
    quiet_days: int = 0

    @property
    def rank(self) -> int:
        """Those who help the person herself come first."""
        return ORGANISATION_KINDS.index(self.kind)

    @property
    def about(self) -> LazyString:
        """What this kind of organisation does, in two sentences."""
        return ABOUT[self.kind]

    @property
    def languages(self) -> list[LazyString]:
        """What it speaks besides Korean."""
        return [LABELS["help_languages"][word] for word in self.offer.languages]

    @property
    def disability(self) -> list[LazyString]:
        """The support that it gives."""
        return [LABELS["disability_support"][word] for word in self.offer.disability]

    @property
    def sees(self) -> list[LazyString]:
        """What its letter always holds."""
        return [said.plain for said in self._sees()]

    @property
    def never_sees(self) -> list[LazyString]:
        """What its letter never holds, whatever is ticked."""
        return [said.plain for said in self._never_sees()]

    @property
    def may_see(self) -> list[LazyString]:
        """What its letter holds only where that was allowed."""
        return [said.plain for said in self._may_see()]

    @property
    def easy_sees(self) -> list[LazyString]:
        """What `sees` says, in easy words."""
        return [said.easy for said in self._sees()]

    @property
    def easy_never_sees(self) -> list[LazyString]:
        """What `never_sees` says, in easy words."""
        return [said.easy for said in self._never_sees()]

    @property
    def easy_may_see(self) -> list[LazyString]:
        """What `may_see` says, in easy words."""
        return [said.easy for said in self._may_see()]

    def _sees(self) -> list[_Said]:
        seen = sees(self.kind)
        return _spoken(part for part in _WORDS if part in seen)

    def _never_sees(self) -> list[_Said]:
        possible = sees(self.kind, compartments_of(self.kind))
        return _spoken(part for part in _WORDS if part not in possible)

    def _may_see(self) -> list[_Said]:
        return _spoken(compartments_of(self.kind))


def _spoken(parts: Iterable[str]) -> list[_Said]:
    return list({id(_WORDS[part]): _WORDS[part] for part in parts}.values())
