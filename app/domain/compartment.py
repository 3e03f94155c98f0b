"""What each kind of organisation has a need to read. Twin of `static/js/domain/compartment.js`.

Fields that a kind has no need of are empty in its letter; `account`, `offender` and `contact` are there only where the
reporter allowed them.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final, cast

from app.domain.empty_letter import empty_letter
from app.domain.letter import Consent, Letter, check_letter
from app.domain.vocabulary import COMPARTMENTS
from app.errors import FormatError

_EVERYTHING: Final = (
    "reporter.role", "reporter.age_group", "reporter.proxy", "reporter.relation", "items", "harm", "material", "threat",
    "identity_leak", "incident_place", "prior", "help", "wishes", "consent",
)  # fmt: skip
_REVIEW: Final = ("reporter.role", "reporter.age_group", "items", "material", "wishes", "consent")
_NEEDS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "support_centre": (_EVERYTHING, COMPARTMENTS),
    "police": (_EVERYTHING, COMPARTMENTS),
    "commission": (_REVIEW, ()),
    "regulator": (_REVIEW, ()),
    "monitor": (("items", "material", "consent"), ()),
}
# What every letter has as it is; all else is empty where an organisation has no need of it.
_KEPT: Final = frozenset({"v", "report_id", "lang", "consent", "reply_key", "log_key"})
_EMPTY: Final[dict[str, Any]] = {
    name: nothing for name, nothing in empty_letter(bytes(16)).items() if name not in _KEPT
}


def compartments_of(kind: str) -> list[str]:
    """Give the compartments that a kind of organisation may be allowed to read at all. Raises FormatError("kind")."""
    return list(_needs_of(kind)[1])


def sees(kind: str, allowed_compartments: Sequence[str] = ()) -> list[str]:
    """Give the parts of a letter that a kind of organisation gets, as dotted names, compartments last."""
    parts, compartments = _needs_of(kind)
    return [*parts, *(name for name in compartments if name in allowed_compartments)]


def letter_for(kind: str, letter: Letter, consent: Consent, allowed_compartments: Sequence[str]) -> Letter:
    """Give the letter for one organisation: what its kind needs, its own consent, and the compartments allowed to it.

    Keys and ids are the letter's; each envelope's keys are put in by whoever seals. Raises FormatError for an unknown
    kind or compartment, and where what comes of it is no letter.
    """
    if not set(allowed_compartments) <= set(COMPARTMENTS):
        raise FormatError("compartments")
    given = set(sees(kind, allowed_compartments))
    cut = {name: letter[name] if name in given else empty for name, empty in _EMPTY.items()}  # type: ignore[literal-required]
    reporter = cast("dict[str, str]", letter["reporter"])
    cut["reporter"] = {
        name: reporter[name] if f"reporter.{name}" in given else empty for name, empty in _EMPTY["reporter"].items()
    }
    return check_letter(deepcopy({**letter, **cut, "consent": consent}))


def _needs_of(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if kind not in _NEEDS:
        raise FormatError("kind")
    return _NEEDS[kind]
