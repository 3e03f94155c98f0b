"""Every enum of the letter and of the work, in ASCII. Terms: the field's own (SPEC has them in Korean and English).

Twin of `static/js/domain/vocabulary.js`; both replay `tests/vectors/vocabulary.json`.
An answer that was not given is `undisclosed` (one choice) or an empty list (several).
"""

from typing import Final

# fmt: off
UNDISCLOSED: Final = "undisclosed"

REPORTER_ROLES: Final = (
    "victim", "spouse", "lineal_relative", "sibling", "legal_guardian", "agent", "organisation", "third_party",
    UNDISCLOSED,
)
AGE_GROUPS: Final = ("under_14", "14_to_18", "19_or_over", UNDISCLOSED)
YES_NO: Final = ("yes", "no", UNDISCLOSED)
RELATIONS: Final = ("intimate", "social", "casual", "family", "stranger", "unknown", UNDISCLOSED)
LINK_KINDS: Final = (
    "page", "adult_site", "post", "account", "room", "file_share", "p2p", "cloud", "forum", "search_result",
    "live_stream", "none", UNDISCLOSED,
)
COMMERCIAL: Final = ("paid", "ad", "crypto", "no", "unknown", UNDISCLOSED)
SPREAD: Final = ("not_yet", "spreading", "again", "unknown", UNDISCLOSED)
MATERIALS: Final = (
    "illegally_filmed", "shared_without_consent", "deepfake", "under_19_exploitation", "sexualised_portrait",
    "identity_exposure",
)
HARMS: Final = (
    "filming", "distribution", "reupload", "threat", "fear", "synthesis", "harassment", "grooming", "sextortion",
)
THREAT_KINDS: Final = ("none", "share", "money", "sexual", "meeting")
IDENTITY_LEAKS: Final = ("name", "phone", "address", "school", "workplace", "social_account")
PRIOR_KINDS: Final = ("platform_report", "police_report", "commission_request", "counselling")
HELP_LANGUAGES: Final = (
    "ko", "en", "zh", "vi", "th", "tl", "ja", "ru", "mn", "km", "uz", "ne", "id", "my", "other", UNDISCLOSED,
)
DISABILITY_SUPPORT: Final = ("sign_language", "easy_korean", "other")
REGIONS: Final = (
    "seoul", "busan", "daegu", "incheon", "gwangju", "daejeon", "ulsan", "sejong", "gyeonggi", "gangwon", "chungbuk",
    "chungnam", "jeonbuk", "jeonnam", "gyeongbuk", "gyeongnam", "jeju", "abroad", UNDISCLOSED,
)
WISHES: Final = ("delete", "block", "investigate", "counsel", "record_only")
PURPOSES: Final = ("counselling", "deletion", "review", "police", "legal_medical")
ORGANISATION_KINDS: Final = ("support_centre", "commission", "regulator", "police", "monitor")
CONTACT_CHANNELS: Final = ("phone", "text_message", "email", "messenger", "other", "none")

REFERRAL_STATES: Final = (
    "received", "assigned", "needs_info", "referred", "in_support", "closed", "withdrawn", "destroyed",
)
ITEM_STATES: Final = (
    "reported", "checked", "requested_operator", "requested_commission", "requested_police", "removed", "blocked",
    "refused", "unreachable", "monitoring", "reappeared", "correction_requested", "site_closed",
)
ROLES: Final = ("lead", "caseworker", "viewer", "auditor")
MESSAGE_KINDS: Final = ("text", "state", "items", "withdrawal", "consent")
DIRECTIONS: Final = ("to_organisation", "to_reporter")
WITHDRAWAL_TIMES: Final = ("72h", "now")
SEALED_BY: Final = ("browser", "client", "server", "caseworker", "organisation")
STRANGER_SEALED_BY: Final = ("browser", "client")
RECORD_TYPES: Final = (
    "note", "request", "room", "effort", "directory", "list", "campaign", "view", "match", "recheck", "batch",
)
REQUEST_STATES: Final = ("drafted", "sent", "acknowledged", "removed", "refused", "no_reply", "closed")
ROOM_STATES: Final = (
    "observed", "warning_recommended", "evidence_noted", "closure_requested", "legal_action", "closed",
)
DIRECTORY_STATES: Final = ("draft", "reviewed", "active", "retired")
CAMPAIGN_STATES: Final = ("planned", "running", "ended")
SITE_KINDS: Final = (
    "adult_site", "file_share", "p2p", "forum", "social", "messenger", "search", "cloud", "live_stream", "hosting",
    "other", "unknown",
)
REGISTRATIONS: Final = ("registered", "unregistered", "unknown")
EFFORT_KINDS: Final = (
    "counselling", "link_check", "operator_request", "commission_request", "police_request", "follow_up", "recheck",
    "evidence", "other",
)
RECHECK_ANSWERS: Final = ("there", "gone", "unsure")
ONWARD_STATES: Final = ("offered", "accepted", "refused")
EVIDENCE_REASONS: Final = ("court", "police", "commission", "person_asked", "authority", "other")
LANGUAGES: Final = ("ko", "en")
COMPARTMENTS: Final = ("account", "offender", "contact")
