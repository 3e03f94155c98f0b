"""A request may be refused before its body was read: the rest is nobody's request, and the next one is whole."""

import re
import socket

import pytest

from app.access import REPORT_BODY
from app.routes.plain_report import PLAIN_BODY
from app.server_worker import READ_OUT_MOST
from tests.bench.load import Connection
from tests.browser.live_client import FORM
from tests.faults.faulty import FaultyPortal

JSON = "application/json"
# What would be a request of its own, were it not in a body; and what somebody wrote.
WITHIN = b"\r\n\r\nGET /healthz?within HTTP/1.1\r\nHost: localhost\r\n\r\n"
WRITTEN = b"sentence=canary-7391&"
SIZES = {
    "a short form": ("/report/plain/check", FORM, 200),
    "a form": ("/report/plain/send", FORM, 100_000),
    "the longest form": ("/report/plain/check", FORM, PLAIN_BODY),
    "a short report": ("/report", JSON, 200),
    "the largest report": ("/report", JSON, REPORT_BODY),
}
# What a portal answers before it reads anything: its budgets, what the request says of itself, the status.
REFUSALS = {
    "from another site": ("1000000 per minute", {"Sec_Fetch_Site": "cross-site"}, 403),
    "too many": ("1 per hour", {}, 429),
}


@pytest.fixture(scope="module", params=REFUSALS.values(), ids=REFUSALS)
def refusing(request, tmp_path_factory):
    budget, headers, status = request.param
    budgets = {f"limit_{name}_{whose}": budget for name in ("plain", "report") for whose in ("all", "each")}
    with FaultyPortal(tmp_path_factory.mktemp("refused"), workers=1, **budgets) as portal:
        for path, kind in (("/report/plain/check", FORM), ("/report", JSON)):
            assert portal.ask("POST", path, b"a=b", {"Content-Type": kind}).status in {400, 422}
        yield portal, headers, status


def body_of(size):
    return (WRITTEN + WITHIN).ljust(size, b"x")


@pytest.mark.parametrize(("path", "kind", "size"), SIZES.values(), ids=SIZES)
def test_what_was_not_read_is_no_part_of_the_next_request(refusing, path, kind, size):
    portal, headers, status = refusing
    connection = Connection(portal.port)
    try:
        for _time in range(2):
            assert connection.ask("POST", path, body_of(size), Content_Type=kind, **headers)[0] == status
            assert connection.ask("GET", "/healthz")[0] == 200
            assert connection.ask("GET", "/no-such-page")[0] == 404
    finally:
        connection.close()
    assert "unreadable request" not in portal.log.read_text(encoding="utf-8")


def test_two_requests_at_once_get_two_answers(refusing):
    """Sent without waiting, as an attacker may: what stands within the refused body is answered by nobody."""
    portal, _headers, status = refusing
    body = body_of(5000)
    host = b"Host: localhost\r\n"
    refused = (
        b"POST /report/plain/check HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
        % (FORM.encode(), len(body))
    )
    last = b"GET /no-such-page HTTP/1.1\r\nConnection: close\r\n"
    with socket.create_connection(("127.0.0.1", portal.port), timeout=30) as raw:
        raw.sendall(refused + host + b"\r\n" + body + last + host + b"\r\n")
        answered = b"".join(iter(lambda: raw.recv(65536), b""))
    assert re.findall(rb"HTTP/1\.1 (\d{3})", answered) == [str(status).encode(), b"404"]
    assert b"canary-7391" not in answered


def test_who_is_refused_may_send_all_that_any_address_takes():
    assert max(REPORT_BODY, PLAIN_BODY) < READ_OUT_MOST
