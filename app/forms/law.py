"""What only the operator knows, as the pages of law show it: what the settings say, or that nothing was said yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext as _l

from app.forms.reach import Said, said
from app.services.rota import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel.speaklater import LazyString

    from config import Settings

# What the law wants said, and each setting's name without its language. The first of several that says something.
FACTS: "Final[Mapping[str, tuple[str, ...]]]" = {
    "operator": ("operator",),
    "privacy_officer": ("privacy_officer",),
    "hosting": ("hosting",),
    "processors": ("processors",),
    "accessibility_contact": ("accessibility_contact", "operator"),
}
TITLES: "Final[Mapping[str, LazyString]]" = {
    "operator": _l("Who runs this portal"),
    "privacy_officer": _l("Privacy officer and contact"),
    "hosting": _l("Where the server stands, and who looks after it"),
    "processors": _l("Who works with the data on the operator's behalf"),
    "accessibility_contact": _l("Whom to tell"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is asked, and what the operator said; None where nothing was."""

    title: "LazyString"
    answer: Said | None


def facts(settings: "Settings", language: str) -> "dict[str, Fact]":
    """Give every fact for a page in `language`; where it was written in the other language only, in that one."""
    return {name: Fact(TITLES[name], _answer(settings, names, language)) for name, names in FACTS.items()}


def unsaid(settings: "Settings") -> tuple[str, ...]:
    """Give the names of the settings that the privacy policy needs and that are empty in either language."""
    needed = ("operator", "privacy_officer", "hosting", "processors")
    names = [f"{name}_{language}" for name in needed for language in ("ko", "en")]
    return tuple(name for name in (*names, "policy_from") if not getattr(settings, name))


def _answer(settings: "Settings", names: tuple[str, ...], language: str) -> Said | None:
    for name in names:
        found = said(Words(getattr(settings, f"{name}_ko"), getattr(settings, f"{name}_en")), language)
        if found is not None:
            return found
    return None
