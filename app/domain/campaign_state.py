"""How a monitoring campaign moves. Twin of `static/js/domain/campaign_state.js`; vectors `campaign_state.json`."""

from typing import Final

from app.domain.steps import BY_LEAD, Steps, step

_ENDED: Final = step("reason", role=BY_LEAD)
STEPS: Final = Steps(
    "planned",
    {
        "planned": {"running": step(role=BY_LEAD), "ended": _ENDED},
        "running": {"ended": _ENDED},
        "ended": {},
    },
)
transitions = STEPS.transitions
needs = STEPS.needs
check_transition = STEPS.check_transition
