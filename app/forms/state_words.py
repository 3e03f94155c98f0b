"""What a reporter is told when something moves, as a caseworker finds it ready to edit.

In the language of the letter, which need not be that of the caseworker's page: so each sentence is given in both.
"""

from collections.abc import Mapping
from typing import Final

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.domain.vocabulary import LANGUAGES

REFERRAL_WORDS: Final[Mapping[str, LazyString]] = {
    "needs_info": _l("We have a question, so that we can go on. Please answer here whenever you are ready."),
    "referred": _l("We have passed this on, as far as you agreed to it. We will tell you here what they answer."),
    "in_support": _l("We have started to help. We will tell you here what happens next."),
    "closed": _l("We have finished our part for now. If anything else comes up, please write to us here at any time."),
}
ITEM_WORDS: Final[Mapping[str, LazyString]] = {
    "checked": _l("We have looked at {links}."),
    "requested_operator": _l("We have asked the operator to delete {links}."),
    "requested_commission": _l("We have asked for a review so that access to {links} is blocked."),
    "requested_police": _l("We have passed {links} on to the police."),
    "removed": _l("We have confirmed that {links} was deleted."),
    "blocked": _l("We have confirmed that access to {links} is blocked."),
    "refused": _l("Our request about {links} was refused. We are looking for another way."),
    "unreachable": _l("{links} could not be reached when we looked."),
    "monitoring": _l("We are watching whether {links} appears again."),
    "reappeared": _l("{links} was found again. We are making a new request."),
    "correction_requested": _l("The review commission has decided that {links} is to be deleted or blocked."),
    "site_closed": _l("The site that {links} was on has been closed."),
}
OWN_ITEM_WORDS: Final[Mapping[str, Mapping[str, LazyString]]] = {
    "commission": {
        "requested_commission": _l("{links} is under our review, so that access can be blocked."),
        "refused": _l(
            "We could not decide that {links} is to be deleted or blocked. "
            "It is not your fault, and there may be another way to help."
        ),
        "correction_requested": _l("We have decided that {links} is to be deleted or blocked."),
    },
    "police": {"requested_police": _l("We have received {links} and look into it.")},
}
ONWARD_WORDS: Final[Mapping[str, LazyString]] = {
    "passed_on": _l(
        "As you agreed, we have passed your report on to {name}. You can read here what they say, and write to them."
    ),
    "accepted": _l("Your report was passed on to us, and we have taken it on. We will write to you here."),
    "refused": _l(
        "Your report was passed on to us, but we cannot take it on. "
        "Whoever passed it on knows, and looks for another way with you."
    ),
}
LINK_WORDS: Final = _l("link {numbers}")
CORRECTED_WORDS: Final = _l("What we just told you about {links} was a mistake. Nothing has changed there yet.")
STATE_CORRECTED_WORDS: Final = _l("What we just told you about where your report stands was a mistake. We are sorry.")
DELAYED_WORDS: Final = _l(
    "It is taking longer than it usually does, for reasons on our side. "
    "We have not forgotten you, and write here again."
)

HOLD_WORDS: Final[Mapping[str, LazyString]] = {
    "hold_put": _l(
        "We may not destroy your report for now, because a law or a procedure asks us to keep it. You need do nothing. "
        "You can ask us here why, and we look at it again on the day that is shown above."
    ),
    "hold_review": _l("We looked again at why we keep your report. We still have to; the next day is shown above."),
    "hold_lift": _l("We no longer have to keep your report. From now on it goes on the day that is shown above."),
}


def state_words(kind: str) -> dict[str, dict[str, dict[str, str]]]:
    """Give, for each language, the sentences for a referral's states, for an item's, and how links are named.

    `kind`: of the organisation that says them (ORGANISATION_KINDS); who decides something has not asked for it.
    """
    items = {**ITEM_WORDS, **OWN_ITEM_WORDS.get(kind, {})}
    return {language: _in(language, items) for language in LANGUAGES}


def _in(language: str, items: Mapping[str, LazyString]) -> dict[str, dict[str, str]]:
    with force_locale(language):
        return {
            "referral": {state: str(words) for state, words in REFERRAL_WORDS.items()},
            "item": {state: str(words) for state, words in items.items()},
            "onward": {answer: str(words) for answer, words in ONWARD_WORDS.items()},
            "link": {"named": str(LINK_WORDS)},
            "message": {
                "delayed": str(DELAYED_WORDS),
                "corrected": str(CORRECTED_WORDS),
                **{name: str(words) for name, words in HOLD_WORDS.items()},
                "state_corrected": str(STATE_CORRECTED_WORDS),
            },
        }
