"""One table from errors to answers: complete, in the page's language, a page or a problem, and silent in the log."""

import logging
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import Conflict

from app import errors
from app.access import access
from app.forms.error_answers import ANSWERS, HTTP_ANSWERS
from app.routes.error_pages import PROBLEM_TYPE, answer_for
from app.telemetry import Lines

BEHIND_THE_WEB = {errors.PortalError, errors.SetUpRefused, errors.ClockDoubted}
CANARY = "a word that must not be logged"


@pytest.fixture
def database_url(tmp_path):
    return f"sqlite:///{tmp_path}/none.db"


def raising(error):
    def handler():
        raise error

    return handler


@pytest.fixture
def ask(app):
    """`ask(error, …)` asks an address whose handler raises that error."""

    def call(error, *, json=True, prefix="", **headers):
        handler = access("anyone", json=json)(raising(error))
        app.add_url_rule("/t/raise", "raise", handler)
        return app.test_client().get(f"{prefix}/t/raise", headers=headers)

    return call


def every_error(root=errors.PortalError):
    """All of the portal's own; those that another test made may still lie in memory."""
    found = {root}.union(*(every_error(kind) for kind in root.__subclasses__()))
    return {kind for kind in found if kind.__module__.startswith("app.")}


def test_every_error_that_a_request_can_meet_has_an_answer():
    assert every_error() - BEHIND_THE_WEB == set(ANSWERS)
    codes = [kind.code for kind in ANSWERS]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.FormatError("envelopes.0.sealed"), 400),
        (errors.SessionEnded(), 401),
        (errors.AccessEnded(), 401),
        (errors.OperatorEnded(), 401),
        (errors.SignInRefused(), 401),
        (errors.NotAllowed(), 403),
        (errors.NotFound(), 404),
        (errors.ReportExists(), 409),
        (errors.CodeUsed(), 409),
        (errors.KeyRetired(), 409),
        (errors.MessageExists(), 409),
        (errors.TransitionRefused(), 409),
        (errors.Withdrawn(), 409),
        (errors.ReportDestroyed(), 410),
        (errors.TooLarge(), 413),
        (errors.UnsupportedType(), 415),
        (errors.Delayed(7), 429),
        (errors.SignInDelayed(7), 429),
        (errors.Busy(7), 429),
    ],
)
def test_an_error_becomes_a_problem_with_its_status_and_code(ask, error, status):
    answer = ask(error)
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM_TYPE)
    problem = answer.json
    assert (problem["type"], problem["status"], problem["code"]) == ("about:blank", status, error.code)
    assert problem["title"]
    assert problem["detail"]


def test_a_format_error_names_the_field(ask):
    assert ask(errors.FormatError("envelopes.0.sealed")).json["field"] == "envelopes.0.sealed"


def test_a_delay_says_how_long(ask):
    answer = ask(errors.Busy(7))
    assert (answer.headers["Retry-After"], answer.json["retry_after"]) == ("7", 7)


def test_a_delay_says_how_long_on_a_page_too(ask):
    page = ask(errors.Delayed(7), json=False)
    assert page.headers["Retry-After"] == "7"
    assert "7초 뒤에" in page.text


def test_a_conflict_says_who_and_when(ask):
    at = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
    problem = ask(errors.VersionConflict(4, "centre-lead", at)).json
    assert (problem["version"], problem["changed_by"]) == (4, "centre-lead")
    assert datetime.fromisoformat(problem["changed_at"]) == at


def test_a_page_address_answers_with_a_page_in_its_language(ask):
    page = ask(errors.NotFound(), json=False)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "<h1" in page.text
    assert "여기에는 아무것도 없습니다" in page.text


def test_a_problem_is_in_the_language_of_the_address(ask):
    assert ask(errors.NotFound(), prefix="/en").json["title"] == "There is nothing here"


def test_an_error_without_a_row_is_answered_like_its_parent():
    class Later(errors.Busy):
        code = "later"

    assert answer_for(Later(1)) == ANSWERS[errors.Busy]
    assert answer_for(errors.SetUpRefused()).status == 500


@pytest.mark.parametrize(
    ("headers", "mimetype"),
    [
        ({"Accept": "text/html"}, "text/html"),
        ({"Accept": "*/*"}, "text/html"),
        ({}, "text/html"),
        ({"Accept": "application/json"}, PROBLEM_TYPE),
        ({"Accept": PROBLEM_TYPE}, PROBLEM_TYPE),
        ({"Content-Type": "application/json"}, PROBLEM_TYPE),
    ],
)
def test_where_there_is_no_address_what_was_asked_for_decides(client, headers, mimetype):
    answer = client.get("/nowhere", headers=headers)
    assert (answer.status_code, answer.mimetype) == (404, mimetype)


def test_what_flask_raises_has_the_portals_words(client):
    answer = client.delete("/help", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


def test_an_http_error_outside_the_table_keeps_its_status(ask):
    assert Conflict.code not in HTTP_ANSWERS
    answer = ask(Conflict(CANARY))
    assert answer.status_code == answer.json["status"] == 409
    assert CANARY not in answer.text


def test_a_fault_tells_the_reader_nothing_of_it_and_the_log_only_its_place(ask, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = ask(ValueError(CANARY), json=False, **{"User-Agent": CANARY})
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert "저희 쪽에 문제가 생겼습니다" in answer.text
    assert CANARY not in answer.text
    said = " ".join(Lines().format(record) for record in caplog.records)
    assert "builtins.ValueError" in said
    assert "test_error_pages.py" in said
    assert '"event": "fault", "endpoint": "raise"' in said
    assert CANARY not in said + caplog.text
    assert "/t/raise" not in said
    assert "127.0.0.1" not in caplog.text


def test_a_database_that_is_locked_or_away_asks_for_a_moment_and_is_named_in_the_log(ask, caplog):
    logging.getLogger("onestop").addHandler(caplog.handler)
    answer = ask(OperationalError("insert into report", {"own": CANARY}, Exception("database is locked")))
    logging.getLogger("onestop").removeHandler(caplog.handler)

    assert answer.status_code == 503
    assert answer.json["code"] == "busy"
    assert int(answer.headers["Retry-After"]) == answer.json["retry_after"] > 0
    assert "OperationalError" in " ".join(Lines().format(record) for record in caplog.records)
    assert CANARY not in caplog.text
