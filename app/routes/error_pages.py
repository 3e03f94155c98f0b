"""The one table from an error to a status and words: a page for readers, an RFC 9457 problem for scripts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app import db, errors, telemetry
from app.access import SAFE_METHODS, asked_endpoint
from app.page import same_for_everybody
from app.writers import Refused

PROBLEM_TYPE: Final = "application/problem+json"
DATABASE_WAIT: Final = 5  # seconds
WAITING: Final = frozenset({errors.Busy.code, errors.Delayed.code})


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
    errors.Withdrawn: Answer(
        409,
        _l("The reporter has withdrawn"),
        _l("Work on this referral has stopped, and nothing more can be added to it."),
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


def answer_for(error: errors.PortalError) -> Answer:
    """Give the answer of the nearest class in the table."""
    for kind in type(error).__mro__:
        if kind in ANSWERS:
            return ANSWERS[kind]
    return FAULT[1]


def wants_problem() -> bool:
    """Decide between a page and a problem: by what the endpoint declared, else by what was sent or asked for."""
    declared = asked_endpoint()
    if declared is not None:
        return declared.json
    if request.is_json:
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", PROBLEM_TYPE], "text/html")
    return best != "text/html"


def _extra(error: errors.PortalError) -> dict[str, Any]:
    if isinstance(error, errors.FormatError):
        return {"field": error.field}
    if isinstance(error, errors.ProofRequired):
        return {"retry_after": error.retry_after, "challenge": error.challenge}
    if isinstance(error, errors.Delayed):
        return {"retry_after": error.retry_after}
    if isinstance(error, errors.VersionConflict):
        at = error.changed_at.isoformat() if error.changed_at else None
        return {"version": error.version, "changed_by": error.changed_by, "changed_at": at}
    return {}


_WAITS_FOR_A_PAGE: Final = _l(
    "Very many pages are being asked for just now. This one opens by itself in a moment; you need do nothing."
)


def _waiting_page(answer: Answer) -> Response:
    """Give the page of a reader who found a budget spent. Kept ready: refusing must cost less than serving.

    Addresses that anybody can make up get words alone: there are too many to keep a page for each.
    """
    if request.endpoint is None or request.view_args:
        return Response(f"{answer.title}\n{_WAITS_FOR_A_PAGE}\n", mimetype="text/plain")
    words = {"title": answer.title, "detail": _WAITS_FOR_A_PAGE, "code": errors.Busy.code, "retry_after": None}
    return same_for_everybody("error/error.html", lambda: words)


def render(answer: Answer, code: str, extra: Mapping[str, Any]) -> Response:
    """Answer with the page or the problem of one error. A page that only has to wait loads itself again."""
    reads_a_page = request.method in SAFE_METHODS and not wants_problem()
    if reads_a_page and code in WAITING and "public" not in g:
        response = _waiting_page(answer)
    elif wants_problem():
        members = {"type": "about:blank", "title": answer.title, "status": answer.status, "code": code}
        response = jsonify(members | {"detail": answer.detail} | dict(extra))
        response.mimetype = PROBLEM_TYPE
    else:
        words = {"title": answer.title, "detail": answer.detail, "code": code, "retry_after": extra.get("retry_after")}
        response = make_response(render_template("error/error.html", **words))
    response.status_code = answer.status
    if "retry_after" in extra:
        response.headers["Retry-After"] = str(extra["retry_after"])
        if reads_a_page:
            response.headers["Refresh"] = str(extra["retry_after"])
    return response


def portal_error(error: errors.PortalError) -> Response:
    """Answer what the portal raised on purpose."""
    return render(answer_for(error), error.code, _extra(error))


def http_error(error: HTTPException) -> Response:
    """Answer what Flask raised: redirects stay what they are, the rest gets the portal's words."""
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    if error.code >= 500:
        code, answer = FAULT
    else:
        code, answer = HTTP_ANSWERS.get(error.code, HTTP_ANSWERS[400])
    response = render(replace(answer, status=error.code), code, {})
    valid = getattr(error, "valid_methods", None)
    if valid:
        response.headers["Allow"] = ", ".join(sorted(valid))
    return response


def database_error(error: SQLAlchemyError) -> Response:
    """Ask for a moment while the database is locked, full or away; the same bytes may be sent again.

    The fault stands in the log, by its place in the code.
    """
    if not db.is_away(error):
        raise error
    if not isinstance(error, Refused):
        telemetry.log_fault(error)
    answer = replace(ANSWERS[errors.Busy], status=503)
    return render(answer, errors.Busy.code, {"retry_after": DATABASE_WAIT})


def init_app(app: Flask) -> None:
    """Register the table."""
    app.register_error_handler(SQLAlchemyError, database_error)
    app.register_error_handler(errors.PortalError, portal_error)
    app.register_error_handler(HTTPException, http_error)
