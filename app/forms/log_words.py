"""Words of the access log: what each entry says was done, and the words that stand beside it."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.forms.labels import LABELS

ACTIONS: Final[Mapping[str, LazyString]] = {
    "signed_in": _l("Signed in"),
    "signed_out": _l("Signed out"),
    "sign_in_failed": _l("A sign-in failed"),
    "session_ended": _l("Ended a session"),
    "passphrase_changed": _l("Changed the passphrase"),
    "passkey_added": _l("Added a passkey"),
    "passkey_removed": _l("Removed a passkey"),
    "totp_set": _l("Set up an authenticator"),
    "codes_made": _l("Made one-time codes"),
    "factors_cleared": _l("Cleared second factors"),
    "opened": _l("Opened a letter"),
    "claimed": _l("Took a referral on"),
    "released": _l("Gave a referral back"),
    "state_changed": _l("Changed the state"),
    "items_changed": _l("Changed the state of links"),
    "items_undone": _l("Took back a change of links"),
    "message_sent": _l("Wrote to the reporter"),
    "summary_saved": _l("Saved a summary"),
    "record_saved": _l("Kept a record"),
    "record_removed": _l("Took a record away"),
    "records_read": _l("Read records"),
    "junk_marked": _l("Marked as junk"),
    "junk_undone": _l("Took back from the junk"),
    "junk_destroyed": _l("Destroyed as junk"),
    "assigned": _l("Handed a referral on"),
    "deadline_changed": _l("Changed a due day"),
    "change_undone": _l("Took back a change of several"),
    "passed_on": _l("Passed a letter on"),
    "onward_accepted": _l("Accepted a letter that was passed on"),
    "onward_refused": _l("Did not accept a letter that was passed on"),
    "evidence_made": _l("Made an evidence package"),
    "links_listed": _l("Put links into a list file"),
    "list_made": _l("Made a list of the organisation's own as a file"),
    "invited": _l("Invited somebody"),
    "invitation_withdrawn": _l("Withdrew an invitation"),
    "joined": _l("Joined the organisation"),
    "let_in": _l("Let somebody in"),
    "left": _l("Ended somebody's access"),
    "role_changed": _l("Changed a role"),
    "keys_changed": _l("Changed the organisation's keys"),
    "resealing": _l("Began to seal letters anew"),
    "resealed": _l("Sealed a letter or a record anew"),
    "recovered": _l("Recovered the organisation from its kit"),
    "recovery_seen": _l("Took note of the recovery"),
    "invited_anew": _l("Invited a first lead, who makes all keys anew"),
    "founded_anew": _l("Made all keys anew; older letters no longer open"),
    "log_exported": _l("Took the log along as a file"),
    "log_reviewed": _l("Reviewed a month of the log"),
    "figures_exported": _l("Took figures along as a file"),
    "figures_published": _l("Made months of figures public"),
    "figures_taken_back": _l("Took public figures back"),
    "hold_set": _l("Set a legal hold"),
    "hold_lifted": _l("Ended a legal hold"),
    "organisation_changed": _l("Changed what the organisation says of itself"),
    "rota_changed": _l("Changed who is told and when"),
    "test_mail_asked": _l("Asked for a test mail"),
    "notice_posted": _l("Posted a public notice"),
    "notice_ended": _l("Took a public notice down"),
}
KINDS: Final[Mapping[str, LazyString]] = {
    "letters": _l("Letters and referrals"),
    "signing_in": _l("Signing in"),
    "people": _l("People and roles"),
    "keys": _l("Keys"),
    "log": _l("The log itself"),
    "organisation": _l("The organisation"),
}
REASONS: Final[Mapping[str, LazyString]] = {
    "review": _l("Monthly review"),
    "incident": _l("Looking into an incident"),
    "person_asked": _l("Somebody asks who read about them"),
    "authority": _l("An authority asks for it"),
    "other": _l("Another reason"),
}
# Words that stand in entries and are of no vocabulary.
_OTHERS: Final[Mapping[str, LazyString]] = {
    "report": _l("For a report"),
    "planning": _l("For planning"),
    "removed": _l("removed"),
    "raised": _l("stretched more strongly"),
    "turned_away": _l("before being let in"),
    "keeping": _l("how long letters are kept, in days"),
    "epoch": _l("new keys for letters"),
    "kit": _l("new recovery words"),
    "passkey": _l("with a passkey"),
    "totp": _l("with an authenticator"),
    "code": _l("with a one-time code"),
    "passphrase": _l("wrong passphrase"),
    "wrong": _l("not right"),
    "summary": _l("for its summary"),
    "sites": _l("site directory"),
    "effort": _l("effort"),
    "campaign": _l("campaign"),
    "by_link": _l("to work on its links"),
    "telling": _l("to tell its reporter of a change"),
    "used": _l("used before"),
    "copied": _l("the passkey may have been copied"),
    "breach": _l("a leak"),
    "possible_breach": _l("a possible leak"),
    "no_breach": _l("no leak after all"),
    "outage": _l("an outage or maintenance"),
    "general": _l("something else"),
    "all_others": _l("all others"),
    "too_many": _l("the one not used for longest, since a sixth began"),
    "without_prf": _l("the passkey opens no keys"),
}
_VOCABULARY: Final = {
    "state_changed": "referral_states",
    "items_changed": "item_states",
    "record_saved": "record_types",
    "evidence_made": "evidence_reasons",
    "links_listed": "evidence_reasons",
    "record_removed": "record_types",
    "records_read": "record_types",
    "resealed": "record_types",
    "items_undone": "item_states",
    "invited": "roles",
    "invitation_withdrawn": "roles",
    "joined": "roles",
    "let_in": "roles",
    "left": "roles",
    "role_changed": "roles",
}


def action_texts() -> dict[str, str]:
    """Give what was done, by action, in the language of the page."""
    return {action: str(words) for action, words in ACTIONS.items()}


def detail_words(action: str, detail: str) -> str:
    """Give an entry's detail in the language of the page; a word that is in no list as it stands."""
    words = detail.split()
    if words[:1] == ["after_failures"] and len(words) > 1:
        tries = _("after %(count)s failed attempts", count=words[1])
        return ", ".join([tries, *(_word(action, word) for word in words[2:])])
    if action == "record_saved" and len(words) > 1:
        states = LABELS.get(f"{words[0]}_states", {})
        return ", ".join([_word(action, words[0]), *(str(states.get(word, word)) for word in words[1:])])
    return ", ".join(_word(action, word) for word in words)


def _word(action: str, word: str) -> str:
    known = LABELS.get(_VOCABULARY.get(action, ""), {})
    return str(known.get(word) or REASONS.get(word) or _OTHERS.get(word) or word)
