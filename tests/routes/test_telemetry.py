"""What is logged: the place of a fault, in lines with a fixed list of members, and nothing that leads to anybody."""

import json
import logging
import os
import re
import traceback

import pytest

from app.server_log import ServerLines
from app.telemetry import FIELDS, Lines, log, place_of
from tests.rules.tree import text

CANARY = "what somebody typed"


def fault():
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise KeyError(CANARY) from error
    except KeyError as error:
        return error


def record(message, *arguments, error=None, **extra):
    exc_info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("any", logging.WARNING, __file__, 1, message, arguments, exc_info)
    vars(made).update(extra)
    return made


def test_a_fault_is_described_by_its_place_alone():
    assert CANARY in "".join(traceback.format_exception(fault()))  # what is usually logged would quote it
    described = place_of(fault())
    assert CANARY not in described
    assert described.index("builtins.KeyError") < described.index("builtins.ValueError")
    assert "test_telemetry.py" in described


def test_a_line_is_json_with_no_other_members_than_those_listed():
    line = json.loads(
        Lines().format(record("fault", CANARY, endpoint="report.submit", place="a.py:1 f", address=CANARY))
    )
    assert set(line) <= set(FIELDS)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", line.pop("day"))
    assert line == {"level": "WARNING", "event": "fault", "endpoint": "report.submit", "place": "a.py:1 f"}


def test_the_members_are_documented():
    section = text("docs/operations.md").partition("## Watching")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section.partition("### The log")[2], re.MULTILINE) == list(FIELDS)


def test_a_fault_in_a_request_is_one_such_line(app, client):
    seen = []

    class Keep(logging.Handler):
        def emit(self, record):
            seen.append(json.loads(Lines().format(record)))

    @app.get("/fails")
    def fails():
        raise fault()

    from app.access import access

    app.view_functions["fails"] = access("anyone")(fails)
    handler = Keep()
    log.addHandler(handler)
    try:
        assert client.get("/fails?typed=" + CANARY).status_code == 500
    finally:
        log.removeHandler(handler)
    (line,) = seen
    assert (line["event"], line["endpoint"]) == ("fault", "fails")
    assert CANARY not in json.dumps(line)


@pytest.mark.parametrize("master", [True, False])
def test_gunicorn_may_speak_of_itself_and_not_of_whom_it_serves(master):
    lines = ServerLines(os.getpid() if master else os.getpid() + 1)
    line = json.loads(lines.format(record("Error handling request %s", "/typed?" + CANARY, error=fault())))
    assert set(line) <= set(FIELDS)
    assert (CANARY in json.dumps(line)) == master
    assert "builtins.KeyError" in line["place"]


def test_a_request_that_cannot_be_read_is_counted_without_its_address():
    line = json.loads(ServerLines(-1).format(record("Invalid request from ip=192.0.2.1: Bad Header")))
    assert (line["event"], "192.0.2.1" in json.dumps(line)) == ("unreadable request", False)
