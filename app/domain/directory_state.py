"""How an entry of the site directory moves. Twin of `static/js/domain/directory_state.js`; `directory_state.json`.

draft → reviewed → active → retired; what turns out to be wrong goes back to be looked at again.
"""

from typing import Final

from app.domain.steps import BY_LEAD, Steps, step

_RETIRED: Final = step("reason")
STEPS: Final = Steps(
    "draft",
    {
        "draft": {"reviewed": step("checked_on"), "retired": _RETIRED},
        "reviewed": {"draft": step("reason"), "active": step(role=BY_LEAD), "retired": _RETIRED},
        "active": {"reviewed": step("reason"), "retired": step("reason", role=BY_LEAD)},
        "retired": {},
    },
)
transitions = STEPS.transitions
needs = STEPS.needs
check_transition = STEPS.check_transition
