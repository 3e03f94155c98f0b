"""How a request to an operator moves. Twin of `static/js/domain/request_state.js`; vectors `request_state.json`.

drafted → sent → acknowledged → removed, refused or no_reply → closed. An objection or a reminder is sent once more.
"""

from typing import Final

from app.domain.steps import Steps, step

_SENT: Final = step("sent_on", "channel")
_CLOSED: Final = step("reason")
_ANSWERS: Final = {
    "removed": step("seen_on"),
    "refused": step("answered_on", "reason"),
    "no_reply": step("checked_on"),
}
STEPS: Final = Steps(
    "drafted",
    {
        "drafted": {"sent": _SENT, "closed": _CLOSED},
        "sent": {"acknowledged": step("answered_on"), **_ANSWERS, "closed": _CLOSED},
        "acknowledged": {**_ANSWERS, "closed": _CLOSED},
        "removed": {"sent": _SENT, "closed": _CLOSED},
        "refused": {"sent": _SENT, "removed": _ANSWERS["removed"], "closed": _CLOSED},
        "no_reply": {
            "sent": _SENT,
            "acknowledged": step("answered_on"),
            "removed": _ANSWERS["removed"],
            "refused": _ANSWERS["refused"],
            "closed": _CLOSED,
        },
        "closed": {},
    },
)
transitions = STEPS.transitions
needs = STEPS.needs
check_transition = STEPS.check_transition
