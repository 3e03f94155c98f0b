"""How errors are answered: a page for readers, an RFC 9457 problem for scripts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app import db, errors, i18n, telemetry
from app.access import SAFE_METHODS, asked_endpoint
from app.forms.error_answers import ANSWERS, FAULT, HTTP_ANSWERS, Answer
from app.page import same_for_everybody
from app.writers import Refused

PROBLEM_TYPE: Final = "application/problem+json"
DATABASE_WAIT: Final = 5  # seconds
WAITING: Final = frozenset({errors.Busy.code, errors.Delayed.code})


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
    if isinstance(error, errors.SecondFactorRefused):
        # Codes that change with the time are wrong where a clock is: the page says what this one shows.
        return {"portal_time": datetime.now(UTC).isoformat(timespec="seconds")}
    if isinstance(error, errors.FormatError):
        return {"field": error.field}
    if isinstance(error, errors.ProofRequired):
        return {"retry_after": error.retry_after, "challenge": error.challenge}
    if isinstance(error, errors.Delayed):
        return {"retry_after": error.retry_after}
    if isinstance(error, errors.NotReceiving):
        return {"organisations": list(error.organisations)}
    if isinstance(error, errors.RingChanged):
        return {"version": error.version}
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
        # The page of a fault repeats nothing of what was asked.
        again = {} if answer.status < 500 else {"other_language_url": i18n.other_language_url(query=False)}
        response = make_response(render_template("error/error.html", **words, **again))
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
