"""Who may call what. An endpoint that declares nothing is refused; a handler for staff is handed its caseworker.

    @blueprint.post("/referral/<referral_id>/claim")
    @access("caseworker", json=True)
    def claim(caseworker: SignedIn, referral_id: str) -> ...

Checked before the body is read: type, length, where the request comes from, the session, the token, the role.
"""

import functools
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Final, Literal
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, Request, current_app, g, request
from flask.globals import request_ctx
from werkzeug.datastructures import MultiDict

from app import db
from app.domain.wire import b64u_encode
from app.errors import FormatError, NotAllowed, NotFound, TooLarge, UnsupportedType
from app.services import session as staff_session
from app.services.arrival import Arrival

Needed = Literal["anyone", "account", "auditor", "viewer", "caseworker", "lead", "operator"]
Handler = Callable[..., Any]

KIB: Final = 1024
SMALL_BODY: Final = 16 * KIB
MESSAGE_BODY: Final = 256 * KIB
REPORT_BODY: Final = 4 * KIB * KIB

COOKIE: Final = "__Host-onestop"
KNOWN_COOKIE: Final = "__Host-onestop-known"
TOKEN_HEADER: Final = "X-CSRF-Token"  # noqa: S105 - its name, no secret
TOKEN_FIELD: Final = "csrf_token"  # noqa: S105 - likewise
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
NO_ORIGIN: Final = "null"
FIELDS: Final = 4000  # of one form; the longest of ours has some hundreds
_JSON_TYPE: Final = "application/json"
_FORM_TYPE: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Access:
    """What an endpoint declared: the least role, whether it speaks JSON or takes a form, the largest body in bytes."""

    role: Needed
    json: bool
    form: bool
    body_limit: int


def access(
    role: Needed, *, json: bool = False, form: bool = False, body_limit: int = SMALL_BODY
) -> Callable[[Handler], Handler]:
    """Declare who may call a handler. For staff roles the handler gets the caseworker as its first argument.

    With `form`, for strangers only, it gets what was sent as its first: read whole or refused, and kept nowhere else.
    """
    declared = Access(role, json, form, body_limit)

    def declare(handler: Handler) -> Handler:
        @functools.wraps(handler)
        def admitted(*args: object, **kwargs: object) -> object:
            if role != "anyone":
                return handler(g.caseworker, *args, **kwargs)
            if form:
                return handler(_sent(keep=False), *args, **kwargs)
            return handler(*args, **kwargs)

        admitted.access = declared  # type: ignore[attr-defined]
        return admitted

    return declare


def declared_by(handler: Handler | None) -> Access | None:
    """Give what a view function declared, or None."""
    found = getattr(handler, "access", None)
    return found if isinstance(found, Access) else None


def asked_endpoint() -> Access | None:
    """Give what the endpoint of this request declared; None where there is no such address."""
    return declared_by(current_app.view_functions.get(request.endpoint or ""))


def admit() -> None:
    """Let the request through, or raise. Runs before every handler."""
    asked = request_ctx.request  # the request itself: each look through Flask's stand-in for it is dear
    if asked.mimetype.startswith("multipart/"):
        raise UnsupportedType
    if asked.routing_exception is not None:
        return  # no such address or method: there is nothing to protect, and Flask answers
    declared = asked_endpoint()
    if declared is None:
        raise NotAllowed
    g.public = declared.role == "anyone" and asked.method in SAFE_METHODS
    _check_address(asked)
    _check_body(asked, declared)
    _check_source(asked, declared)
    if declared.role != "anyone":
        _check_session(declared)


def _check_address(asked: Request) -> None:
    # The one sign that PostgreSQL takes in no text, not even to look for; nothing of ours has it in its name.
    if "\0" in asked.path:
        raise NotFound
    if "%00" in asked.environ.get("QUERY_STRING", ""):
        raise FormatError("address")


def _check_body(asked: Request, declared: Access) -> None:
    asked.max_content_length = declared.body_limit
    if asked.method in SAFE_METHODS:
        return
    taken = {_FORM_TYPE} if declared.form else {_JSON_TYPE} if declared.json else {_JSON_TYPE, _FORM_TYPE}
    if asked.mimetype not in taken:
        raise UnsupportedType
    # Without a length said beforehand a body could only be cut off at the limit, and half a letter is none.
    unsaid = asked.content_length is None and "Transfer-Encoding" in asked.headers
    if unsaid or (asked.content_length or 0) > declared.body_limit:
        raise TooLarge


def _check_source(asked: Request, declared: Access) -> None:
    """Refuse what another site's page sent.

    Pages may be reached from anywhere. A request that changes something, or JSON of a session, must come from the
    portal's own pages. Where a stranger is served there is no session to abuse, so a program that is no browser, and
    names no source at all, is served as well; where there is a session it is not.
    """
    reading = asked.method in SAFE_METHODS
    if reading and (declared.role == "anyone" or not declared.json):
        return
    site, origin = asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin")
    if site is not None:
        allowed = site == "same-origin" or (reading and site == "none")
    elif declared.form and origin == NO_ORIGIN:
        # What a browser from before Sec-Fetch-Site says of a form on a page without a referrer: the form itself tells.
        allowed = hmac.compare_digest(_sent(keep=True).get(TOKEN_FIELD, "").encode(), form_token().encode())
    elif origin is not None:
        allowed = origin in {asked.host_url.rstrip("/"), *current_app.extensions["onestop_settings"].origins}
    else:
        allowed = reading or declared.role == "anyone"
    if not allowed:
        raise NotAllowed


def form_token() -> str:
    """Give what a stranger's form carries, the same for everybody: it stood on a page of this portal.

    There is no session that another site could abuse; this keeps a page elsewhere from sending forms unasked.
    """
    secret = current_app.extensions["onestop_settings"].secret_key.encode()
    return b64u_encode(hmac.digest(secret, b"onestop form", hashlib.sha256))


def _sent(*, keep: bool) -> "MultiDict[str, str]":
    found: MultiDict[str, str] | None = g.pop("sent", None)
    if found is None:
        found = sent_form(request.get_data(cache=False))
    if keep:
        g.sent = found
    return found


def sent_form(body: bytes) -> "MultiDict[str, str]":
    """Read a form. Raises FormatError for what no browser sends.

    Not `request.form`, which would take half a body for a shorter one, and keep it for as long as the request.
    """
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
        return MultiDict(pairs)
    except ValueError:
        raise FormatError("body") from None


def _check_session(declared: Access) -> None:
    signed_in = staff_session.find(db.session(), request.cookies.get(COOKIE, ""), datetime.now(UTC))
    g.caseworker, g.csrf_token = signed_in, b64u_encode(signed_in.csrf)
    if request.method not in SAFE_METHODS:
        sent = request.headers.get(TOKEN_HEADER)
        if sent is None and request.mimetype == _FORM_TYPE:
            sent = request.form.get(TOKEN_FIELD)
        if not hmac.compare_digest((sent or "").encode(), g.csrf_token.encode()):
            raise NotAllowed
    signed_in.must(declared.role)


def arrived() -> Arrival:
    """Give where this request reached the portal, for signing in: a passkey is bound to the host name in the address.

    An address that is a number has no name to bind one to. What browser it is, is told as coarsely as can be.
    """
    settings = current_app.extensions["onestop_settings"]
    host = urlsplit(request.host_url).hostname or ""
    origins = {request.host_url.rstrip("/"), *(one for one in settings.origins if urlsplit(one).hostname == host)}
    try:
        ip_address(host)
        host = ""
    except ValueError:
        pass
    said = request.headers.get("User-Agent", "")
    phone = any(word in said for word in ("Mobi", "Android", "iPhone", "iPad"))
    device = "tor" if host.endswith(".onion") else "phone" if phone else "computer"
    known = request.cookies.get(KNOWN_COOKIE, "")
    cookie = request.cookies.get(COOKIE, "")
    return Arrival(host, tuple(sorted(origins)), device, settings.secret_key.encode(), known, cookie)


class WholeRequest(Request):
    """A request whose body is all that was announced, or none: a line that broke leaves no shorter letter behind."""

    def get_data(self, cache: bool = True, as_text: bool = False, parse_form_data: bool = False) -> Any:  # noqa: ANN401, FBT002 - as the parent has it
        """Give the body. Raises FormatError for half of one."""
        body = super().get_data(cache, as_text, parse_form_data)  # type: ignore[call-overload]
        if not as_text and self.content_length is not None and len(body) < self.content_length:
            raise FormatError("body")
        return body


def init_app(app: Flask) -> None:
    """Put `admit` before every handler."""
    app.request_class = WholeRequest
    app.before_request(admit)
