"""Plain words for the types of work records and for the states that they can be in."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

RECORDS: Final[Mapping[str, Mapping[str, LazyString]]] = {
    "record_types": {
        "note": _l("Internal note"),
        "request": _l("Request to an operator"),
        "room": _l("Chat room record"),
        "effort": _l("Effort record"),
        "directory": _l("Site directory entry"),
        "list": _l("Shared list"),
        "campaign": _l("Monitoring campaign"),
        "view": _l("Saved view"),
        "match": _l("Match group"),
        "recheck": _l("Queue of a campaign"),
        "batch": _l("Links that were sent"),
    },
    "request_states": {
        "drafted": _l("Drafted"),
        "sent": _l("Sent"),
        "acknowledged": _l("Acknowledged"),
        "removed": _l("Deleted"),
        "refused": _l("Refused"),
        "no_reply": _l("No reply"),
        "closed": _l("Closed"),
    },
    "room_states": {
        "observed": _l("Observed"),
        "warning_recommended": _l("Warning recommended"),
        "evidence_noted": _l("Evidence noted"),
        "closure_requested": _l("Closure requested"),
        "legal_action": _l("Legal action"),
        "closed": _l("Closed"),
    },
    "directory_states": {
        "draft": _l("Draft"),
        "reviewed": _l("Reviewed"),
        "active": _l("In use"),
        "retired": _l("Retired"),
    },
    "onward_states": {
        "offered": _l("Waiting for an answer"),
        "accepted": _l("Accepted"),
        "refused": _l("Not accepted"),
    },
    "evidence_reasons": {
        "court": _l("For a court"),
        "police": _l("For the police"),
        "commission": _l("For the review commission"),
        "person_asked": _l("The reporter asked for it"),
        "authority": _l("An authority asks for it"),
        "other": _l("Another reason"),
    },
    "campaign_states": {"planned": _l("Planned"), "running": _l("Running"), "ended": _l("Ended")},
    "site_kinds": {
        "adult_site": _l("Adult site"),
        "file_share": _l("File sharing"),
        "p2p": _l("P2P"),
        "forum": _l("Forum or community"),
        "social": _l("Social network"),
        "messenger": _l("Messenger"),
        "search": _l("Search engine"),
        "cloud": _l("Cloud storage"),
        "live_stream": _l("Live stream"),
        "hosting": _l("Hosting"),
        "other": _l("Other"),
        "unknown": _l("Not known"),
    },
    "registrations": {
        "registered": _l("Registered"),
        "unregistered": _l("Not registered"),
        "unknown": _l("Not known"),
    },
    "effort_kinds": {
        "counselling": _l("Counselling"),
        "link_check": _l("Looking at links"),
        "operator_request": _l("Request to an operator"),
        "commission_request": _l("Request to the commission"),
        "police_request": _l("Request to the police"),
        "follow_up": _l("Following up"),
        "recheck": _l("Looking again after removal"),
        "evidence": _l("Putting papers together"),
        "other": _l("Other"),
    },
    "recheck_answers": {"there": _l("Still there"), "gone": _l("Gone"), "unsure": _l("Could not tell")},
}
