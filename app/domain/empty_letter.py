"""A letter that says nothing yet; `emptyLetter` of `static/js/domain/letter.js` gives the same."""

from app.domain.letter import Letter
from app.domain.vocabulary import UNDISCLOSED
from app.domain.wire import b64u_encode


def empty_letter(report_id: bytes, lang: str = "ko") -> Letter:
    """Give a letter of that report (16 bytes) with every field empty or undisclosed; its keys are zeros."""
    unset = b64u_encode(bytes(32))
    return {
        "v": 1,
        "report_id": b64u_encode(report_id),
        "lang": lang,
        "reporter": {"role": UNDISCLOSED, "age_group": UNDISCLOSED, "proxy": UNDISCLOSED, "relation": UNDISCLOSED},
        "items": [],
        "harm": [],
        "material": [],
        "threat": {"kinds": [], "ongoing": UNDISCLOSED, "deadline": ""},
        "identity_leak": [],
        "incident_place": "",
        "prior": [],
        "help": {"language": UNDISCLOSED, "disability": [], "danger": UNDISCLOSED, "region": UNDISCLOSED},
        "wishes": [],
        "consent": {"purposes": [], "pass_on": []},
        "account": None,
        "offender": None,
        "contact": None,
        "reply_key": unset,
        "log_key": unset,
    }
