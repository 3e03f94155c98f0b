"""The portal, except that one layer of it fails where a header says so: with an error that quotes all that it can."""

import functools
import sys
import threading
from io import BytesIO

import jinja2
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app import access, compression, headers, i18n, limits, metrics
from app.domain import strict_json, wire
from app.forms import plain_report as plain_form
from app.routes import follow_up as follow_up_route
from app.routes import plain_report as plain_route
from app.routes import report as report_route
from app.services import follow_up, insertion, plain_follow_up, plain_report, report
from wsgi import application as portal

asked = threading.local()


def raising(owner, name, layer, fault=RuntimeError):
    """Let `owner.name` fail once in a request that asks for it, with everything in its message and its variables."""
    whole = getattr(owner, name)

    @functools.wraps(whole)
    def instead(*arguments, **named):
        if getattr(asked, "layer", None) != layer:
            return whole(*arguments, **named)
        asked.layer = None
        everything = asked.everything
        raise fault(everything, arguments, named)

    setattr(owner, name, instead)


def broken_statement(layer="driver"):
    """What a driver says of words that are no SQL, with all parameters at hand."""
    whole = Connection.exec_driver_sql

    def instead(self, words, parameters=None, options=None):
        if getattr(asked, "layer", None) == layer and "INSERT INTO" in words:
            asked.layer = None
            words = words.replace("INSERT INTO", "INSERT INTU")
        return whole(self, words, parameters, options)

    Connection.exec_driver_sql = instead


class Mistaken(ValueError):
    """An error that has no wording of its own in the table of errors."""


LAYERS = {
    "headers": (headers, "headers_for"),
    "middleware": (i18n.LanguagePrefix, "__call__"),
    "access": (access, "_check_source"),
    "limits": (limits.Limits, "spend"),
    "body": (access, "_check_body"),
    "JSON": (strict_json, "read"),
    "base64": (wire, "b64u_decode"),
    "route": (report_route, "parse_submission"),
    "route of the follow-up": (follow_up_route, "parse_follow_up"),
    "form": (plain_form.PlainReport, "validate"),
    "plain route": (plain_route, "_review"),
    "service": (report, "letters_of"),
    "service of the follow-up": (follow_up, "lookup_of"),
    "insertion": (insertion.Insertion, "count"),
    "commit": (Session, "commit"),
    "template": (jinja2.Template, "render"),
    "crypto": (plain_report, "seal"),
    "stretching": (plain_follow_up, "stretch"),
    "metrics": (metrics, "by_whom"),
    "compression": (compression.KeptRenderings, "get"),
}
for place, (whose, what) in LAYERS.items():
    raising(whose, what, place, Mistaken)
broken_statement()


def application(environ, start_response):
    asked.layer = environ.get("HTTP_X_BREAK")
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = BytesIO(body)
    asked.everything = f"{environ} {body!r} {body.decode(errors='replace')}"
    if asked.layer == "log":  # what must be seen
        sys.stderr.write(asked.everything + "\n")
        sys.stderr.flush()
    try:
        return portal(environ, start_response)
    finally:
        asked.layer = asked.everything = None
