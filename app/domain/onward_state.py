"""How a letter that was passed on is answered. Twin of `static/js/domain/onward_state.js`; vectors `onward_state.json`.

offered → accepted or refused. A refusal can be taken back; what was accepted is closed like any other referral.
"""

from typing import Final

from app.domain.steps import Steps, step

STEPS: Final = Steps(
    "offered",
    {
        "offered": {"accepted": step(), "refused": step("reason")},
        "accepted": {},
        "refused": {"accepted": step()},
    },
)
transitions = STEPS.transitions
needs = STEPS.needs
check_transition = STEPS.check_transition
