"""What can go wrong in casework, by name; `app.errors` has what can go wrong everywhere."""

from app.errors import PortalError


class ReasonNeeded(PortalError):
    """This step needs a reason, written down for colleagues, and none came with it."""

    code = "reason_needed"


class MessageNeeded(PortalError):
    """This step is told to the reporter, and no message for her came with it."""

    code = "message_needed"


class UndoOver(PortalError):
    """A change can be taken back for some minutes, by whoever made it, as long as nothing else came after it."""

    code = "undo_over"


class AlreadyPassedOn(PortalError):
    """This organisation passed the letter on to that one already, or to as many as it can."""

    code = "already_passed_on"
