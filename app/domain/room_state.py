"""How the record of a chat room moves. Twin of `static/js/domain/room_state.js`; vectors `room_state.json`.

observed → warning_recommended → evidence_noted → closure_requested → legal_action → closed (KOREA.md section 1, D).
The portal recommends and records; it writes to no room.
"""

from typing import Final

from app.domain.steps import BY_LEAD, Steps, step

_EVIDENCE: Final = step("seen_at", "evidence")
_CLOSURE: Final = step("sent_on", "channel", "reason")
_LEGAL: Final = step("sent_on", "channel", "reason", role=BY_LEAD)
_CLOSED: Final = step("outcome", "reason")
STEPS: Final = Steps(
    "observed",
    {
        "observed": {"warning_recommended": step("reason"), "evidence_noted": _EVIDENCE, "closed": _CLOSED},
        "warning_recommended": {"evidence_noted": _EVIDENCE, "closure_requested": _CLOSURE, "closed": _CLOSED},
        "evidence_noted": {
            "warning_recommended": step("reason"),
            "closure_requested": _CLOSURE,
            "legal_action": _LEGAL,
            "closed": _CLOSED,
        },
        "closure_requested": {"evidence_noted": _EVIDENCE, "legal_action": _LEGAL, "closed": _CLOSED},
        "legal_action": {"closure_requested": _CLOSURE, "closed": step("outcome", "reason", role=BY_LEAD)},
        "closed": {},
    },
)
transitions = STEPS.transitions
needs = STEPS.needs
check_transition = STEPS.check_transition
