"""Where the work stands, what usually comes next and by when, in plain words («접수되었습니다», «삭제를 요청했습니다»).

What is usual is data (`app/data/expectations.json`) with a source and a day, and is never said as a promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.data import read
from app.domain.progress import Outlook, outlook, stage_of
from app.services.follow_up import FollowedReferral
from app.services.referral import ItemStanding

STAGES: Final[Mapping[str, LazyString]] = {
    "received": _l("It has arrived. Nobody has opened it yet."),
    "opened": _l("It has arrived, and they have opened it."),
    "assigned": _l("A counsellor is reviewing it."),
    "needs_info": _l("There is something more that they would like to ask."),
    "referred": _l("They passed it on to another organisation."),
    "in_support": _l("Support is under way."),
    "closed": _l("Support has come to an end for now. You can write at any time."),
    "withdrawn": _l("You withdrew it. Work has stopped."),
    "destroyed": _l("It was destroyed."),
}
ITEM_NEWS: Final[Mapping[str, LazyString]] = {
    "reported": _l("It has arrived with them"),
    "checked": _l("They have looked at it"),
    "requested_operator": _l("They asked for deletion"),
    "requested_commission": _l("They asked for access to be blocked"),
    "requested_police": _l("They passed it to the police"),
    "removed": _l("It is deleted: they have checked"),
    "blocked": _l("Access is blocked: they have checked"),
    "refused": _l("The request was refused"),
    "unreachable": _l("It does not open at the moment"),
    "monitoring": _l("They are watching whether it comes back"),
    "reappeared": _l("It was found again, and they ask again"),
    "correction_requested": _l("The commission decided that it is to be deleted or blocked"),
    "site_closed": _l("The site that it was on is closed"),
}
COMMISSION_PAUSED: Final = _l(
    "The review commission does not decide as usual since {on}. Nobody can say when it will, so we promise no day."
)
DELAYED: Final = _l("It is taking longer at the organisation than it usually does.")


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a timeline: the words for a stage and since when, what comes next, and by when it usually does."""

    stage: str
    since: str
    words: str
    next: str
    outlook: Outlook


def expected(language: str) -> dict[str, dict[str, dict[str, str]]]:
    """Give what the scripts of a page need: by kind and stage the next step, its days, and whether times are kept."""
    return {
        kind: {
            stage: {
                "next": usual["next"][language],
                "days": "" if usual["days"] is None else str(usual["days"]),
                "paused": "1" if usual["paused"] else "",
            }
            for stage, usual in read("expectations")[kind].items()
        }
        for kind in ("referral", "item")
    }


def standing_of(referral: FollowedReferral, today: date, language: str) -> Standing:
    """Say where an organisation's work stands, for a page that opens nothing: as the portal has it."""
    opened_on = None if referral.opened_on is None else referral.opened_on.isoformat()
    stage, since = stage_of(referral.state, referral.state_on.isoformat(), opened_on)
    usual = read("expectations")["referral"][stage]
    if stage == "received":  # the portal knows the very day that it hopes for
        seen = outlook(referral.due_on.isoformat(), today.isoformat(), 0, paused=False)
    else:
        seen = _outlook(usual, since, today)
    return Standing(stage, since, str(STAGES[stage]), usual["next"][language], seen)


def item_standing(item: ItemStanding, today: date, language: str, paused_on: date | None = None) -> Standing:
    """Say where one address stands, as the portal has it; `paused_on`: since when the commission is not to be had."""
    usual, since = read("expectations")["item"][item.state], item.state_on.isoformat()
    if paused_on is not None and item.state == "requested_commission":
        words = str(COMMISSION_PAUSED).format(on=format_date(paused_on, "long"))
        return Standing(item.state, since, str(ITEM_NEWS[item.state]), words, {"by": None, "late": True})
    return Standing(
        item.state, since, str(ITEM_NEWS[item.state]), usual["next"][language], _outlook(usual, since, today)
    )


def _outlook(usual: Mapping[str, Any], since: str, today: date) -> Outlook:
    return outlook(since, today.isoformat(), usual["days"], paused=usual["paused"])
