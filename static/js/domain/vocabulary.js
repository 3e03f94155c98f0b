/**
 * Every enum of the letter and of the work, in ASCII. Twin of `app/domain/vocabulary.py`; both replay
 * `tests/vectors/vocabulary.json`. An answer that was not given is `undisclosed` (one choice) or an empty list (several).
 */

export const UNDISCLOSED = "undisclosed";
export const REPORTER_ROLES = Object.freeze([
  "victim",
  "spouse",
  "lineal_relative",
  "sibling",
  "legal_guardian",
  "agent",
  "organisation",
  "third_party",
  UNDISCLOSED,
]);
export const AGE_GROUPS = Object.freeze(["under_14", "14_to_18", "19_or_over", UNDISCLOSED]);
export const YES_NO = Object.freeze(["yes", "no", UNDISCLOSED]);
export const RELATIONS = Object.freeze(["intimate", "social", "casual", "family", "stranger", "unknown", UNDISCLOSED]);
export const LINK_KINDS = Object.freeze([
  "page",
  "adult_site",
  "post",
  "account",
  "room",
  "file_share",
  "p2p",
  "cloud",
  "forum",
  "search_result",
  "live_stream",
  "none",
  UNDISCLOSED,
]);
export const COMMERCIAL = Object.freeze(["paid", "ad", "crypto", "no", "unknown", UNDISCLOSED]);
export const SPREAD = Object.freeze(["not_yet", "spreading", "again", "unknown", UNDISCLOSED]);
export const MATERIALS = Object.freeze([
  "illegally_filmed",
  "shared_without_consent",
  "deepfake",
  "under_19_exploitation",
  "sexualised_portrait",
  "identity_exposure",
]);
export const HARMS = Object.freeze([
  "filming",
  "distribution",
  "reupload",
  "threat",
  "fear",
  "synthesis",
  "harassment",
  "grooming",
  "sextortion",
]);
export const THREAT_KINDS = Object.freeze(["none", "share", "money", "sexual", "meeting"]);
export const IDENTITY_LEAKS = Object.freeze(["name", "phone", "address", "school", "workplace", "social_account"]);
export const PRIOR_KINDS = Object.freeze(["platform_report", "police_report", "commission_request", "counselling"]);
export const HELP_LANGUAGES = Object.freeze([
  "ko",
  "en",
  "zh",
  "vi",
  "th",
  "tl",
  "ja",
  "ru",
  "mn",
  "km",
  "uz",
  "ne",
  "id",
  "my",
  "other",
  UNDISCLOSED,
]);
export const DISABILITY_SUPPORT = Object.freeze(["sign_language", "easy_korean", "other"]);
export const REGIONS = Object.freeze([
  "seoul",
  "busan",
  "daegu",
  "incheon",
  "gwangju",
  "daejeon",
  "ulsan",
  "sejong",
  "gyeonggi",
  "gangwon",
  "chungbuk",
  "chungnam",
  "jeonbuk",
  "jeonnam",
  "gyeongbuk",
  "gyeongnam",
  "jeju",
  "abroad",
  UNDISCLOSED,
]);
export const WISHES = Object.freeze(["delete", "block", "investigate", "counsel", "record_only"]);
export const PURPOSES = Object.freeze(["counselling", "deletion", "review", "police", "legal_medical"]);
export const ORGANISATION_KINDS = Object.freeze(["support_centre", "commission", "regulator", "police", "monitor"]);
export const CONTACT_CHANNELS = Object.freeze(["phone", "text_message", "email", "messenger", "other", "none"]);
export const REFERRAL_STATES = Object.freeze([
  "received",
  "assigned",
  "needs_info",
  "referred",
  "in_support",
  "closed",
  "withdrawn",
  "destroyed",
]);
export const ITEM_STATES = Object.freeze([
  "reported",
  "checked",
  "requested_operator",
  "requested_commission",
  "requested_police",
  "removed",
  "blocked",
  "refused",
  "unreachable",
  "monitoring",
  "reappeared",
  "correction_requested",
  "site_closed",
]);
export const ROLES = Object.freeze(["lead", "caseworker", "viewer", "auditor"]);
export const MESSAGE_KINDS = Object.freeze(["text", "state", "items", "withdrawal", "consent"]);
export const DIRECTIONS = Object.freeze(["to_organisation", "to_reporter"]);
export const WITHDRAWAL_TIMES = Object.freeze(["72h", "now"]);
export const SEALED_BY = Object.freeze(["browser", "client", "server", "caseworker", "organisation"]);
export const STRANGER_SEALED_BY = Object.freeze(["browser", "client"]);
export const RECORD_TYPES = Object.freeze([
  "note",
  "request",
  "room",
  "effort",
  "directory",
  "list",
  "campaign",
  "view",
  "match",
  "recheck",
  "batch",
]);
export const REQUEST_STATES = Object.freeze([
  "drafted",
  "sent",
  "acknowledged",
  "removed",
  "refused",
  "no_reply",
  "closed",
]);
export const ROOM_STATES = Object.freeze([
  "observed",
  "warning_recommended",
  "evidence_noted",
  "closure_requested",
  "legal_action",
  "closed",
]);
export const DIRECTORY_STATES = Object.freeze(["draft", "reviewed", "active", "retired"]);
export const CAMPAIGN_STATES = Object.freeze(["planned", "running", "ended"]);
export const SITE_KINDS = Object.freeze([
  "adult_site",
  "file_share",
  "p2p",
  "forum",
  "social",
  "messenger",
  "search",
  "cloud",
  "live_stream",
  "hosting",
  "other",
  "unknown",
]);
export const REGISTRATIONS = Object.freeze(["registered", "unregistered", "unknown"]);
export const EFFORT_KINDS = Object.freeze([
  "counselling",
  "link_check",
  "operator_request",
  "commission_request",
  "police_request",
  "follow_up",
  "recheck",
  "evidence",
  "other",
]);
export const RECHECK_ANSWERS = Object.freeze(["there", "gone", "unsure"]);
export const ONWARD_STATES = Object.freeze(["offered", "accepted", "refused"]);
export const EVIDENCE_REASONS = Object.freeze(["court", "police", "commission", "person_asked", "authority", "other"]);
export const LANGUAGES = Object.freeze(["ko", "en"]);
export const COMPARTMENTS = Object.freeze(["account", "offender", "contact"]);
