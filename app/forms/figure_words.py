"""Words of figures: what each total and each division of it is called, and each of its parts."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.domain.figures import BY_WEEK
from app.forms.labels import LABELS

Words = Mapping[str, LazyString]

TOTALS: Final[Words] = {
    "received": _l("Letters that came in"),
    "closed": _l("Referrals that were closed"),
    "down": _l("Links that were deleted or blocked"),
    "open": _l("Referrals that are open now"),
    "links": _l("Links, by how far they have come"),
    "passed_on": _l("Letters passed on to others"),
}
PUBLIC_TOTALS: Final[Words] = {
    "received": _l("Letters that came in"),
    "closed": _l("Referrals that were closed"),
    "links": _l("Links with an outcome in this month"),
}
DIVISIONS: Final[Words] = {
    BY_WEEK: _l("By week"),
    "urgency": _l("By urgency"),
    "size": _l("By size of the letter"),
    "opened": _l("Until a letter was first opened"),
    "lasted": _l("From arrival to closing"),
    "due": _l("Until they are due"),
    "down": _l("From a letter's arrival until its link was gone"),
    "outcome": _l("By outcome"),
}
_LASTING: Final[Words] = {
    "week": _l("Up to 7 days"),
    "month": _l("8 to 30 days"),
    "quarter": _l("31 to 91 days"),
    "half": _l("92 to 182 days"),
    "later": _l("More than 182 days"),
}
PARTS: Final[Mapping[str, Words]] = {
    "urgency": {"urgent": _l("Marked urgent"), "ordinary": _l("Not marked urgent")},
    "size": {"1": _l("Short"), "2": _l("Medium"), "3": _l("Long"), "4": _l("Very long")},
    "opened": {
        "day_0": _l("On the same day"),
        "day_1": _l("On the next day"),
        "days_3": _l("After 2 to 3 days"),
        "days_7": _l("After 4 to 7 days"),
        "days_14": _l("After 8 to 14 days"),
        "later": _l("Later than that"),
        "unopened": _l("Not opened yet"),
    },
    "lasted": _LASTING,
    "age": _LASTING,
    "down": _LASTING,
    "due": {
        "overdue": _l("Overdue"),
        "hours_4": _l("Less than 4 hours left"),
        "hours_24": _l("Less than 24 hours left"),
        "days_3": _l("In 1 to 3 days"),
        "days_7": _l("In 4 to 7 days"),
        "later": _l("Later than that"),
    },
    "state": LABELS["referral_states"],
    "items": LABELS["item_states"],
    "answer": LABELS["onward_states"],
    "outcome": LABELS["item_states"],
}
# In a stage, and in it or farther: what is drawn as a funnel.
STAGES: Final[Mapping[str, tuple[LazyString, LazyString]]] = {
    "waiting": (_l("Not looked at yet"), _l("Reported")),
    "seen": (_l("Looked at, nothing asked yet"), _l("Looked at, or farther")),
    "asked": (_l("Asked for, not gone"), _l("Asked for, or farther")),
    "gone": (_l("Deleted, blocked, or watched after that"), _l("Deleted or blocked, or farther")),
    "back": (_l("Found again"), _l("Found again")),
}
CROSSED: Final[Words] = {
    "open": _l("By state, and since they came in"),
    "passed_on": _l("By organisation, and its answer"),
}
LATER_OR_NOT_YET: Final = _l("Later, or not yet")
REASONS: Final[Words] = {
    "report": _l("For a report"),
    "planning": _l("For planning"),
    "authority": _l("An authority asks for it"),
    "other": _l("Another reason"),
}
HIDDEN: Final = _l("not shown")


def part_name(figure: str, word: str, *, public: bool = False) -> str:
    """Give the name of a part; a week by its first day. Months that are public join what may still change."""
    if figure == BY_WEEK:
        return word
    if public and figure == "opened" and word == "later":
        return str(LATER_OR_NOT_YET)
    return str(PARTS[figure][word])
