"""A fault in any layer of the running portal: its log, its page and its headers hold nothing that was sent.

What is forced is an error that quotes the whole request, with the request in the variables of the frames around it.
"""

import http.client
import json
import secrets
import time
from urllib.parse import urlencode

import pytest

from app.db import engine_for, session_for
from app.domain import receipt_code
from app.domain.wire import b64u_encode as b64u
from app.telemetry import FIELDS
from tests.browser.canaries import Search
from tests.browser.live_portal import ROOM, LivePortal
from tests.databases import a_database
from tests.making import LETTER, Maker, submission_of
from tests.plain_pages import SAME_ORIGIN

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
# Which request gets as far as which layer.
REQUESTS = {
    "report": ("access", "limits", "body", "JSON", "base64", "route", "service", "insertion", "driver", "commit",
               "middleware", "headers", "metrics"),
    "follow-up": ("route of the follow-up", "service of the follow-up", "JSON", "base64"),
    "check": ("form", "plain route", "template", "access", "limits"),
    "send": ("crypto", "commit"),
    "code": ("stretching", "service of the follow-up"),
    "page": ("compression", "headers", "middleware"),
    "first page": ("template",),
}  # fmt: skip
FIRST = "/verify"  # nothing else here asks for it: a page that was rendered is kept, and would not be rendered again
CASES = [(kind, layer) for kind, layers in REQUESTS.items() for layer in layers]


class BreakingPortal(LivePortal):
    application = ("tests.routes.breaking_portal:application",)

    def __init__(self, directory, **settings):
        super().__init__(directory, workers=1, demo=False, **ROOM, **settings)
        engine = engine_for(self.environment["ONESTOP_DATABASE_URL"])
        with session_for(engine) as session:
            self.centre = Maker(session).organisation()
        engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def breaking(request, tmp_path_factory):
    directory = tmp_path_factory.mktemp("breaking")
    with a_database(request, directory) as address, BreakingPortal(directory, database_url=address) as running:
        yield running


class Typed:
    """Words that occur nowhere else, one for each place of a request; `canaries` by name."""

    def __init__(self, centre):
        def word(name):
            return f"{name}-{secrets.token_hex(6)}"

        self.query, self.header, self.value = word("query"), word("header"), word("카나리아")
        self.raw, self.sealed = secrets.token_hex(8), word("sealed")
        self.code = receipt_code.generate()
        self.canaries = dict(vars(self)) | {"code as shown": receipt_code.format(self.code)}
        letter = (self.sealed.encode() * 400)[:LETTER]
        self.report = submission_of(centre, report_id=b64u(self.raw.encode()))
        self.report["envelopes"][0]["sealed"] = b64u(letter)

    def request(self, kind):
        """Method, path, kind of body and body."""
        form = {"understood": "y", "sentence": self.value, "contact_address": self.value, "channel": "email"}
        form |= {"organisation-centre-chosen": "y", "organisation-centre-sensitive": "y"}
        sent = form | {
            "report_id": b64u(self.raw.encode()),
            "code": self.code,
            "agreed": "y",
            "page_id": b64u(bytes(16)),
        }
        return {
            "report": ("POST", "/report", JSON, json.dumps(self.report)),
            "follow-up": ("POST", "/follow-up", JSON, json.dumps({"token": b64u(self.raw.encode() * 2)})),
            "check": ("POST", "/report/plain/check", FORM, urlencode(form)),
            "send": ("POST", "/report/plain/send", FORM, urlencode(sent)),
            "code": ("POST", "/follow-up/plain", FORM, urlencode({"understood": "y", "code": self.code})),
            "page": ("GET", "/report", None, None),
            "first page": ("GET", FIRST, None, None),
        }[kind]


def ask(portal, typed, kind, layer):
    """Send one; give the status, and everything that came back."""
    method, path, form, body = typed.request(kind)
    told = SAME_ORIGIN | {
        "X-Break": layer,
        "X-Typed": typed.header,
        "User-Agent": typed.header,
        "Accept-Encoding": "br",
    }
    told |= {"Cookie": f"kept={typed.header}", "Referer": f"https://{typed.header}.example/"}
    told |= {} if form is None else {"Content-Type": form}
    connection = http.client.HTTPConnection("localhost", portal.port, timeout=30)
    connection.request(method, f"{path}?{typed.query}={typed.query}", body, told)
    answer = connection.getresponse()
    everything = str(answer.headers).encode() + answer.read()
    connection.close()
    return answer.status, everything


def logged(portal, after, *, least=1):
    """The lines that came since; the last may be a moment late."""
    until = time.monotonic() + 5
    while True:
        lines = portal.log.read_bytes()[after:]
        if lines.count(b"\n") >= least or time.monotonic() > until:
            return lines
        time.sleep(0.02)


def found(canaries, *places):
    search = Search(canaries)
    for number, place in enumerate(places):
        search.chunks(number, [place])
    return {(name, form) for _place, name, form in search.found}


def test_what_reached_the_log_would_be_seen(breaking):
    typed, after = Typed(breaking.centre), breaking.log.stat().st_size
    ask(breaking, typed, "report", "log")
    seen = {name for name, _form in found(typed.canaries, logged(breaking, after))}
    assert seen >= {"query", "header", "raw", "sealed"}
    after = breaking.log.stat().st_size
    ask(breaking, typed, "check", "log")
    assert "value" in {name for name, _form in found(typed.canaries, logged(breaking, after))}


@pytest.mark.parametrize(("kind", "layer"), CASES)
def test_a_fault_quotes_nothing(breaking, kind, layer):
    typed, after = Typed(breaking.centre), breaking.log.stat().st_size
    status, answered = ask(breaking, typed, kind, layer)
    lines = logged(breaking, after)
    assert status in {500, 503}
    assert found(typed.canaries, answered, lines) == set()
    told = [json.loads(line) for line in lines.splitlines()]
    assert told
    for line in told:
        assert set(line) <= set(FIELDS)
        assert line["event"] in {"fault", "server"}
        assert "breaking_portal.py" in line["place"] or "sqlite3.OperationalError" in line["place"]
    assert b"Traceback" not in answered


@pytest.mark.parametrize("kind", [kind for kind in REQUESTS if kind != "first page"])
def test_without_a_fault_nothing_is_logged(breaking, kind):
    after = breaking.log.stat().st_size
    status, _answered = ask(breaking, Typed(breaking.centre), kind, "")
    assert status < 500
    assert breaking.log.stat().st_size == after
