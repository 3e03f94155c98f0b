"""What can go wrong, by name. Knows no HTTP and no wording: `app.routes.error_pages` turns these into answers."""

from datetime import datetime
from typing import Any


class PortalError(Exception):
    """The root of everything that the portal raises on purpose. `code` is what machines read."""

    code = "portal_error"


class FormatError(PortalError):
    """Bytes from outside that are not exactly what FORMAT says. `field`: a path of our own names, no value."""

    code = "format_error"

    def __init__(self, field: str = "") -> None:
        super().__init__(field)
        self.field = field


class UnsupportedType(PortalError):
    """A body of a type that this address does not take; `multipart` is never taken."""

    code = "unsupported_type"


class TooLarge(PortalError):
    """A body over the limit of its address."""

    code = "too_large"


class NotFound(PortalError):
    """Unknown, expired and foreign things: one answer for all."""

    code = "not_found"


class NotAllowed(PortalError):
    """The role does not allow this, the address declares no access, or the request came from another site."""

    code = "not_allowed"


class SessionEnded(PortalError):
    """There is no living session: sign in again. Nothing that was typed needs to be lost."""

    code = "session_ended"


class AccessEnded(PortalError):
    """Somebody's access was ended while a session of theirs ran: only whoever holds that session learns it."""

    code = "access_ended"


class OperatorEnded(AccessEnded):
    """The same for an account of whoever runs the portal: no lead of an organisation could say more."""

    code = "operator_ended"


class NotConfirmed(PortalError):
    """What is asked for needs proof, no older than ten minutes, that the person signed in still sits there."""

    code = "confirm_first"


class SecondFactorRefused(PortalError):
    """The passphrase was right, the second factor was not: wrong, used before, or of another address."""

    code = "second_factor_refused"


class StepOver(PortalError):
    """The first step of two is too long ago, was used up, or never was: begin again. Nothing typed needs to be lost."""

    code = "step_over"


class PasskeyRefused(PortalError):
    """What a browser sent to add a passkey does not hold, or this passkey is here already."""

    code = "passkey_refused"


class SignInRefused(PortalError):
    """Unknown login or wrong passphrase: one answer for both."""

    code = "sign_in_refused"


class Delayed(PortalError):
    """Asked too soon or too often. `retry_after` in whole seconds."""

    code = "delayed"

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class SignInDelayed(Delayed):
    """Too many failures for this login: a growing delay."""

    code = "sign_in_delayed"


class Busy(Delayed):
    """The portal's budget is spent for the moment: wait and send the same bytes again."""

    code = "busy"


class ProofRequired(Delayed):
    """The budget for requests without a proof of work is spent. `challenge` as ALTCHA has it, for one more try."""

    code = "proof_required"  # `app.proof` reads it on the other side

    def __init__(self, retry_after: int, challenge: dict[str, Any]) -> None:
        super().__init__(retry_after)
        self.challenge = challenge


class ReportExists(PortalError):
    """The report_id was used with another body."""

    code = "report_exists"


class CodeUsed(PortalError):
    """The lookup belongs to another report: the browser makes a new code."""

    code = "code_used"


class KeyRetired(PortalError):
    """An envelope is sealed to a key that is unknown or retired: fetch the directory, verify, seal again."""

    code = "key_retired"


class ReportDestroyed(PortalError):
    """The report was destroyed; its id stays as a hash so that it cannot come back."""

    code = "report_destroyed"


class NotAdded(PortalError):
    """The organisation has a letter of this report already, or the report went to as many as it can."""

    code = "not_added"


class MessageExists(PortalError):
    """The message_id (or record_id) was used with other bytes."""

    code = "message_exists"


class VersionConflict(PortalError):
    """Somebody else changed this first. Carries who and when, and the version now in force."""

    code = "version_conflict"

    def __init__(self, version: int, changed_by: str, changed_at: datetime | None) -> None:
        super().__init__(version)
        self.version = version
        self.changed_by = changed_by
        self.changed_at = changed_at


class TransitionRefused(PortalError):
    """The state cannot change this way (see `domain.referral_state`, `domain.item_state`)."""

    code = "transition_refused"


class Withdrawn(PortalError):
    """The reporter withdrew: work has stopped and nothing more is taken on this referral."""

    code = "withdrawn"


class RingChanged(PortalError):
    """Another ring has come first, of number `version`: fetch it, verify it, and make the change on top of that one."""

    code = "ring_changed"

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class MembersChanged(PortalError):
    """The ring leaves somebody out who belongs to the organisation, or names somebody who does not (any more)."""

    code = "members_changed"


class KeysNeeded(PortalError):
    """Somebody who could open the ring before is out, or may open less: the next ring needs keys that are new."""

    code = "keys_needed"


class KitNeeded(PortalError):
    """Somebody who was a lead is one no more: the next ring needs recovery words that they have never seen."""

    code = "kit_needed"


class LastLead(PortalError):
    """The only lead of an organisation cannot leave, nor become something else: nobody could let anybody in again."""

    code = "last_lead"


class LoginTaken(PortalError):
    """Somebody signs in with this name already: whoever was invited chooses another."""

    code = "login_taken"


class NotReceiving(PortalError):
    """The chosen `organisations` (slugs) take no new letters for now, or any more: the reporter chooses anew."""

    code = "not_receiving"

    def __init__(self, organisations: tuple[str, ...]) -> None:
        super().__init__(organisations)
        self.organisations = organisations


class ClockDoubted(PortalError):
    """The machine's clock jumped, so nothing is destroyed by it. `why`: words for whoever runs the portal."""

    code = "clock_doubted"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SetUpRefused(PortalError):
    """A command that would harm what exists (a demo among real organisations, a second set-up)."""

    code = "set_up_refused"
