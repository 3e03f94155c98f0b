"""The one table from an error to a status and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app import casework_errors, errors


@dataclass(frozen=True, slots=True)
class Answer:
    """How one kind of error is answered."""

    status: int
    title: LazyString
    detail: LazyString


_SEND_AGAIN: Final = _l("What you wrote is still on your device. Please wait a moment and send it again.")
_RELOAD: Final = _l(
    "What you wrote is still on your device. Please try once more; if it happens again, reload the page."
)

ANSWERS: Final[Mapping[type[errors.PortalError], Answer]] = {
    errors.FormatError: Answer(400, _l("This could not be read"), _RELOAD),
    errors.UnsupportedType: Answer(
        415,
        _l("Only text can be sent here"),
        _l("Photos, videos and other files are not taken. Send addresses and words."),
    ),
    errors.TooLarge: Answer(
        413,
        _l("This is too long to send"),
        _l("What you wrote is still on your device. Please shorten it, or send the rest as a message later."),
    ),
    errors.NotFound: Answer(
        404, _l("There is nothing here"), _l("The address or the code may be mistyped, or it may no longer exist.")
    ),
    errors.NotAllowed: Answer(
        403,
        _l("This is not open to you"),
        _l("Your role does not allow this, or the request did not come from this portal's own page."),
    ),
    errors.SessionEnded: Answer(
        401,
        _l("Please sign in again"),
        _l("For safety, sessions end after a while. What you typed stays on the page."),
    ),
    errors.AccessEnded: Answer(
        401,
        _l("Your access has ended"),
        _l(
            "A lead of your organisation ended your access to this portal. Signing in again does not help. "
            "If you did not expect this, please ask a lead of your organisation."
        ),
    ),
    errors.OperatorEnded: Answer(
        401,
        _l("Your access has ended"),
        _l(
            "This account for running the portal was ended. Signing in again does not help. "
            "If you did not expect this, please ask whoever else runs the portal."
        ),
    ),
    errors.NotConfirmed: Answer(
        403,
        _l("Please confirm that it is you"),
        _l("This changes keys or takes something out, so your passphrase or your passkey is asked for once more."),
    ),
    errors.SecondFactorRefused: Answer(
        401,
        _l("The second step did not work"),
        _l("Please try again. Each code is good only once, and a passkey only at the address where it was added."),
    ),
    errors.StepOver: Answer(
        409, _l("Please begin once more"), _l("The step before this one is too long ago. Nothing was changed.")
    ),
    errors.PasskeyRefused: Answer(
        409,
        _l("The passkey was not added"),
        _l("It may have been added before, or the device did not answer as it should. Nothing was changed."),
    ),
    errors.SignInRefused: Answer(
        401,
        _l("The sign-in did not work"),
        _l("Please check the login and the passphrase, and try again."),
    ),
    errors.SignInDelayed: Answer(
        429, _l("One moment, please"), _l("There were several failed tries. Please wait a little before the next.")
    ),
    errors.Busy: Answer(429, _l("One moment, please"), _SEND_AGAIN),
    errors.Delayed: Answer(429, _l("One moment, please"), _SEND_AGAIN),
    errors.ProofRequired: Answer(
        429,
        _l("One moment, please"),
        _l("Very many requests are arriving at once. Your browser computes for some seconds, and then it may send."),
    ),
    errors.ReportExists: Answer(
        409,
        _l("This report is already here"),
        _l("It was received earlier with other content. Nothing was changed."),
    ),
    errors.CodeUsed: Answer(
        409, _l("A new receipt code is needed"), _l("Your browser will make another one and send again.")
    ),
    errors.KeyRetired: Answer(
        409,
        _l("An organisation's key has changed"),
        _l("Your browser will fetch the new key, check it and seal again."),
    ),
    errors.NotReceiving: Answer(
        409,
        _l("An organisation takes no new reports now"),
        _l("What you wrote is still on your device. Please choose again who may read it."),
    ),
    errors.RingChanged: Answer(
        409,
        _l("Somebody else changed the keyring first"),
        _l("Nothing was overwritten. Your browser fetches the newest keyring, checks it, and asks you once more."),
    ),
    errors.MembersChanged: Answer(
        409,
        _l("Who belongs to the organisation has just changed"),
        _l("Nothing was changed by you. Load the page again, look at the list, and decide again."),
    ),
    errors.KeysNeeded: Answer(
        409,
        _l("New keys are needed first"),
        _l("Somebody who could open letters has left or opens no more of them. The next keyring needs new keys."),
    ),
    errors.KitNeeded: Answer(
        409,
        _l("New recovery words are needed first"),
        _l("Somebody who may know the old recovery words is no longer a lead."),
    ),
    errors.LastLead: Answer(
        409,
        _l("An organisation needs a lead"),
        _l("The only lead cannot leave or take on another role. Make somebody else a lead first."),
    ),
    errors.LoginTaken: Answer(
        409, _l("This sign-in name is taken"), _l("Please choose another one. Nothing was made yet.")
    ),
    errors.ReportDestroyed: Answer(
        410, _l("This report was destroyed"), _l("It cannot come back. You can make a new report at any time.")
    ),
    errors.NotAdded: Answer(
        409,
        _l("This organisation was not added"),
        _l("It has your report already, or your report went to as many organisations as it can."),
    ),
    errors.MessageExists: Answer(
        409,
        _l("This message is already here"),
        _l("It was received earlier with other content. Nothing was changed."),
    ),
    errors.VersionConflict: Answer(
        409,
        _l("Somebody else changed this first"),
        _l("Nothing was overwritten, and what you typed is still here. Look at the change, then decide again."),
    ),
    errors.TransitionRefused: Answer(
        409,
        _l("This step is not possible now"),
        _l("The state has changed, or this step does not follow from it."),
    ),
    casework_errors.ReasonNeeded: Answer(
        409,
        _l("This step needs a reason"),
        _l("Write down for your colleagues why, and send it again. The reporter does not see it."),
    ),
    casework_errors.MessageNeeded: Answer(
        409,
        _l("The reporter has to be told of this step"),
        _l("No message for the reporter came with it. Open the referral, and change the state there."),
    ),
    casework_errors.AlreadyPassedOn: Answer(
        409,
        _l("This was passed on already"),
        _l("That organisation has it from you, or it went to as many organisations as it can."),
    ),
    casework_errors.UndoOver: Answer(
        409,
        _l("This can no longer be taken back"),
        _l("A change can be taken back for ten minutes, by whoever made it. After that, choose another state instead."),
    ),
    errors.Withdrawn: Answer(
        409,
        _l("The reporter has withdrawn"),
        _l(
            "Not saved: the reporter has withdrawn, and work on this has stopped. What you typed stays in this page "
            "until you leave it, and is kept nowhere else."
        ),
    ),
}

# What Flask and Werkzeug raise by themselves, in the portal's own words.
HTTP_ANSWERS: Final[Mapping[int, tuple[str, Answer]]] = {
    400: ("bad_request", Answer(400, _l("This could not be read"), _RELOAD)),
    403: ("not_allowed", ANSWERS[errors.NotAllowed]),
    404: ("not_found", ANSWERS[errors.NotFound]),
    405: (
        "method_not_allowed",
        Answer(405, _l("This address cannot do that"), _l("Please go back to the page before.")),
    ),
    413: ("too_large", ANSWERS[errors.TooLarge]),
    415: ("unsupported_type", ANSWERS[errors.UnsupportedType]),
}
FAULT: Final = (
    "fault",
    Answer(
        500,
        _l("Something went wrong on our side"),
        _l("It is not your doing. What you wrote is still on your device. Please try again in a moment."),
    ),
)
