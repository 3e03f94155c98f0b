"""Plain words for every enum of `app.domain.vocabulary`: English here, Korean in the catalogue.

Neutral and in the third person, so that one word serves the reporter's review page and the caseworker's screen.
What a form says to a person answering it ("I would rather not say") belongs to that form.
"""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.domain import vocabulary
from app.forms.place_labels import HELP_LANGUAGES, REGIONS
from app.forms.record_labels import RECORDS

NOT_STATED: Final = _l("Not stated")

REPORTER: Final[Mapping[str, Mapping[str, LazyString]]] = {
    "reporter_roles": {
        "victim": _l("The person it happened to"),
        "spouse": _l("Husband, wife or partner"),
        "lineal_relative": _l("Parent, grandparent or child"),
        "sibling": _l("Brother or sister"),
        "legal_guardian": _l("Legal guardian"),
        "agent": _l("Someone asked to act for the person"),
        "organisation": _l("An organisation"),
        "third_party": _l("Someone who came across it"),
    },
    "age_groups": {
        "under_14": _l("Under 14"),
        "14_to_18": _l("14 to 18"),
        "19_or_over": _l("19 or over"),
    },
    "yes_no": {"yes": _l("Yes"), "no": _l("No")},
    "relations": {
        "intimate": _l("Partner or former partner"),
        "social": _l("Someone from school, work or daily life"),
        "casual": _l("Someone met once or online"),
        "family": _l("Family"),
        "stranger": _l("A stranger"),
        "unknown": _l("It is not known who"),
    },
    "help_languages": HELP_LANGUAGES,
    "disability_support": {
        "sign_language": _l("Sign language"),
        "easy_korean": _l("Easy words"),
        "other": _l("Other support"),
    },
    "regions": REGIONS,
    "contact_channels": {
        "phone": _l("Phone call"),
        "text_message": _l("Text message"),
        "email": _l("E-mail"),
        "messenger": _l("Messenger"),
        "other": _l("Another way"),
        "none": _l("No contact wanted"),
    },
    "languages": {"ko": _l("Korean"), "en": _l("English")},
}

HARM: Final[Mapping[str, Mapping[str, LazyString]]] = {
    "link_kinds": {
        "page": _l("Web page"),
        "adult_site": _l("Adult site"),
        "post": _l("Social media post"),
        "account": _l("Social media account"),
        "room": _l("Chat room or invite link"),
        "file_share": _l("File-sharing site"),
        "p2p": _l("Peer-to-peer sharing"),
        "cloud": _l("Cloud storage"),
        "forum": _l("Forum or community"),
        "search_result": _l("Search result"),
        "live_stream": _l("Live stream"),
        "none": _l("No address"),
    },
    "commercial": {
        "paid": _l("People pay to see it"),
        "ad": _l("There are advertisements"),
        "crypto": _l("Cryptocurrency is asked for"),
        "no": _l("No money is involved"),
        "unknown": _l("It is not known whether money is involved"),
    },
    "spread": {
        "not_yet": _l("Not shared yet"),
        "spreading": _l("Being shared now"),
        "again": _l("Shared again after removal"),
        "unknown": _l("It is not known whether it is shared"),
    },
    "materials": {
        "illegally_filmed": _l("Filmed without consent"),
        "shared_without_consent": _l("Shared without consent"),
        "deepfake": _l("Made or altered to look real (deepfake)"),
        "under_19_exploitation": _l("Sexual exploitation of someone under 19"),
        "sexualised_portrait": _l("Ordinary picture used in a sexual way"),
        "identity_exposure": _l("Personal details exposed"),
    },
    "harms": {
        "filming": _l("Secret or forced filming"),
        "distribution": _l("Sharing or posting"),
        "reupload": _l("Posting again"),
        "threat": _l("Threats to share"),
        "fear": _l("Fear that it may be shared"),
        "synthesis": _l("Synthesis or editing"),
        "harassment": _l("Online harassment"),
        "grooming": _l("Online grooming"),
        "sextortion": _l("Blackmail after a video call"),
    },
    "threat_kinds": {
        "none": _l("No threats"),
        "share": _l("Threat to share it"),
        "money": _l("Demand for money"),
        "sexual": _l("Sexual demand"),
        "meeting": _l("Demand to meet"),
    },
    "identity_leaks": {
        "name": _l("Name"),
        "phone": _l("Phone number"),
        "address": _l("Home address"),
        "school": _l("School"),
        "workplace": _l("Workplace"),
        "social_account": _l("Social media account name"),
    },
    "prior_kinds": {
        "platform_report": _l("Reported to the site or app"),
        "police_report": _l("Reported to the police"),
        "commission_request": _l("Asked the commission"),
        "counselling": _l("Talked to a counselling centre"),
    },
    "wishes": {
        "delete": _l("Have it deleted"),
        "block": _l("Have access blocked"),
        "investigate": _l("Have it investigated"),
        "counsel": _l("Talk to a counsellor"),
        "record_only": _l("Only put it on record"),
    },
}

WORK: Final[Mapping[str, Mapping[str, LazyString]]] = {
    "purposes": {
        "counselling": _l("Counselling"),
        "deletion": _l("Deletion support"),
        "review": _l("Request for review"),
        "police": _l("Referral to the police"),
        "legal_medical": _l("Legal and medical help"),
    },
    "organisation_kinds": {
        "support_centre": _l("Support centre"),
        "commission": _l("Review commission"),
        "regulator": _l("Regulator"),
        "police": _l("Police"),
        "monitor": _l("Monitoring group"),
    },
    "compartments": {
        "account": _l("Account in own words"),
        "offender": _l("About the offender"),
        "contact": _l("Contact details"),
    },
    "referral_states": {
        "received": _l("Received"),
        "assigned": _l("Being reviewed"),
        "needs_info": _l("More information needed"),
        "referred": _l("Referred"),
        "in_support": _l("In support"),
        "closed": _l("Closed"),
        "withdrawn": _l("Withdrawn"),
        "destroyed": _l("Destroyed"),
    },
    "item_states": {
        "reported": _l("Reported"),
        "checked": _l("Checked"),
        "requested_operator": _l("Deletion requested from the operator"),
        "requested_commission": _l("Blocking review requested"),
        "requested_police": _l("Sent to the police"),
        "removed": _l("Confirmed deleted"),
        "blocked": _l("Confirmed blocked"),
        "refused": _l("Request refused"),
        "unreachable": _l("Page not reachable"),
        "monitoring": _l("Watching for re-uploads"),
        "reappeared": _l("Found again"),
        "correction_requested": _l("Correction request decided"),
        "site_closed": _l("Site closed"),
    },
    "roles": {
        "lead": _l("Lead"),
        "caseworker": _l("Caseworker"),
        "viewer": _l("Viewer"),
        "auditor": _l("Auditor"),
    },
    "message_kinds": {
        "text": _l("Message"),
        "state": _l("News on progress"),
        "items": _l("More links"),
        "withdrawal": _l("Withdrawal"),
        "consent": _l("Change of consent"),
    },
    "directions": {"to_organisation": _l("To the organisation"), "to_reporter": _l("To the reporter")},
    "withdrawal_times": {"72h": _l("After 72 hours"), "now": _l("At once")},
    "sealed_by": {
        "browser": _l("Sealed in the reporter's browser"),
        "client": _l("Sealed by a command-line client"),
        "server": _l("Sealed by the portal"),
        "caseworker": _l("Taken down by a caseworker"),
        "organisation": _l("Passed on by an organisation"),
    },
    **RECORDS,
}


def _with_undisclosed(name: str, labels: Mapping[str, LazyString]) -> Mapping[str, LazyString]:
    values: tuple[str, ...] = getattr(vocabulary, name.upper())
    if vocabulary.UNDISCLOSED in values:
        return {**labels, vocabulary.UNDISCLOSED: NOT_STATED}
    return labels


LABELS: Final[Mapping[str, Mapping[str, LazyString]]] = {
    name: _with_undisclosed(name, labels) for name, labels in {**REPORTER, **HARM, **WORK}.items()
}


def label_texts(*names: str) -> dict[str, dict[str, str]]:
    """Give the labels of the named enums (without names: of all) as plain strings in the language of the request."""
    return {name: {value: str(label) for value, label in LABELS[name].items()} for name in names or LABELS}
