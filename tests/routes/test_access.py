"""Who is let in: by type, length, source, session, token and role, in that order, before the body is read."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import g, jsonify, request

from app.access import COOKIE, KIB, TOKEN_FIELD, TOKEN_HEADER, access
from app.domain.wire import b64u_encode
from app.services import session as staff_session
from tests.databases import copy_database

SAME = {"Sec-Fetch-Site": "same-origin"}


class NobodyReads(io.BytesIO):
    """A body that must not be touched."""

    def read(self, *_args):
        pytest.fail("the body was read")

    readline = readlines = readinto = readall = read


@pytest.fixture
def database_url(tmp_path, sqlite_file):
    path = tmp_path / "onestop.db"
    copy_database(sqlite_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def app(app):
    """The portal with addresses of every kind."""

    @app.post("/t/open")
    @access("anyone", json=True, body_limit=KIB)
    def open_json():
        return jsonify(length=len(request.get_data()))

    @app.get("/t/named/<name>")
    @access("anyone")
    def named(name):
        return name

    @app.get("/t/open")
    @access("anyone", json=True)
    def read_open():
        return jsonify(public=g.public)

    @app.post("/t/form")
    @access("anyone")
    def open_form():
        return "taken"

    @app.get("/t/staff")
    @access("viewer")
    def staff_page(caseworker):
        return caseworker.login

    @app.get("/t/staff.json")
    @access("viewer", json=True)
    def staff_json(caseworker):
        return jsonify(login=caseworker.login, public=g.public)

    @app.post("/t/lead/<thing>")
    @access("lead", json=True)
    def lead_only(caseworker, thing):
        return jsonify(login=caseworker.login, thing=thing)

    @app.post("/t/leave")
    @access("viewer")
    def leave(caseworker):
        return caseworker.login

    return app


@pytest.fixture
def enter(make, app, session):
    """`enter(role)` gives a browser with that role's session, and its token."""
    made = make.organisation(roles=("lead", "caseworker", "viewer"))

    def as_role(role, ago=timedelta(0)):
        cookie, signed_in = staff_session.start(session, made.people[role].caseworker_id, datetime.now(UTC) - ago)
        session.commit()
        client = app.test_client()
        client.set_cookie(COOKIE, cookie)
        return client, b64u_encode(signed_in.csrf)

    return as_role


def test_multipart_is_refused_unread(client):
    for path in ("/t/open", "/t/form", "/nowhere"):
        answer = client.post(path, input_stream=NobodyReads(), content_type="multipart/form-data; boundary=x")
        assert answer.status_code == 415


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_what_is_not_json_is_refused_unread(client, content_type):
    answer = client.post("/t/open", input_stream=NobodyReads(), content_type=content_type)
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported_type")


def test_a_page_takes_a_form_or_json_and_nothing_else(client):
    assert client.post("/t/form", data={"a": "b"}, headers=SAME).text == "taken"
    assert client.post("/t/form", json={}, headers=SAME).text == "taken"
    assert client.post("/t/form", data="x", content_type="text/plain", headers=SAME).status_code == 415


def test_a_body_is_taken_up_to_its_limit_and_not_a_byte_more(client):
    def send(length, **options):
        return client.post("/t/open", content_type="application/json", headers=SAME, **options, data=b"1" * length)

    assert send(KIB).json == {"length": KIB}
    assert send(KIB + 1).json["code"] == "too_large"
    unread = NobodyReads(b"1" * (KIB + 1))
    assert client.post("/t/open", input_stream=unread, content_type="application/json").status_code == 413


def test_a_body_that_does_not_say_its_length_is_refused_unread(client):
    environ = {"wsgi.input_terminated": True, "CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    body = {"input_stream": NobodyReads(b"{}"), "content_type": "application/json"}
    answer = client.post("/t/open", **body, environ_overrides=environ)
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "https://localhost"}, False),
        ({"Origin": "http://localhost:8000"}, False),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
    ],
)
def test_what_another_site_sends_is_refused(client, enter, headers, taken):
    answers = [client.post("/t/open", json={}, headers=headers)]
    browser, token = enter("lead")
    answers.append(browser.post("/t/lead/1", json={}, headers=headers | {TOKEN_HEADER: token}))
    assert [answer.status_code for answer in answers] == [200 if taken else 403] * 2


def test_a_program_that_names_no_source_is_served_only_where_strangers_are(client, enter):
    assert client.post("/t/open", json={}).status_code == 200
    browser, token = enter("lead")
    assert browser.post("/t/lead/1", json={}, headers={TOKEN_HEADER: token}).status_code == 403


def test_further_origins_are_a_setting(settings, client):
    elsewhere = {"Origin": "https://portal.example"}
    assert client.post("/t/open", json={}, headers=elsewhere).status_code == 403
    object.__setattr__(settings, "origins", ("https://portal.example",))
    assert client.post("/t/open", json={}, headers=elsewhere).status_code == 200


def test_pages_may_be_reached_from_anywhere_but_staff_json_may_not(client, enter):
    linked = {"Sec-Fetch-Site": "cross-site"}
    assert client.get("/t/open", headers=linked).json == {"public": True}
    browser, _token = enter("viewer")
    assert browser.get("/t/staff", headers=linked).status_code == 200
    assert browser.get("/t/staff.json", headers=linked).status_code == 403
    for near in (SAME, {"Sec-Fetch-Site": "none"}, {}):
        assert browser.get("/t/staff.json", headers=near).json == {"login": "centre-viewer", "public": False}


def test_a_handler_is_handed_its_caseworker_and_its_own_arguments(enter):
    browser, token = enter("lead")
    answer = browser.post("/t/lead/seven", json={}, headers=SAME | {TOKEN_HEADER: token})
    assert answer.json == {"login": "centre-lead", "thing": "seven"}


def test_a_role_too_low_is_refused(enter):
    for role in ("viewer", "caseworker"):
        browser, token = enter(role)
        answer = browser.post("/t/lead/1", json={}, headers=SAME | {TOKEN_HEADER: token})
        assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("token", [None, "", "wrong", "토큰".encode().decode("latin-1")])
def test_a_change_needs_the_token(enter, token):
    browser, _token = enter("lead")
    headers = SAME if token is None else SAME | {TOKEN_HEADER: token}
    assert browser.post("/t/lead/1", json={}, headers=headers).status_code == 403


def test_the_token_of_another_session_is_none(enter):
    browser, _token = enter("lead")
    _other, token = enter("lead")
    assert browser.post("/t/lead/1", json={}, headers=SAME | {TOKEN_HEADER: token}).status_code == 403


def test_a_form_may_carry_the_token_in_a_field(enter):
    browser, token = enter("viewer")
    assert browser.post("/t/leave", data={TOKEN_FIELD: token}, headers=SAME).text == "centre-viewer"
    assert browser.post("/t/leave", data={TOKEN_FIELD: token[:-1]}, headers=SAME).status_code == 403
    # A field of JSON is no field of a form.
    assert browser.post("/t/leave", json={TOKEN_FIELD: token}, headers=SAME).status_code == 403


def test_without_a_living_session_one_is_asked_to_sign_in(client, enter):
    answer = client.get("/t/staff.json")
    assert (answer.status_code, answer.json["code"]) == (401, "session_ended")
    page = client.get("/t/staff", headers={"Accept": "text/html"})
    assert page.status_code == 401
    assert 'href="/sign-in?next=/t/staff"' in page.text
    idle, _token = enter("viewer", ago=timedelta(hours=9))
    assert idle.get("/t/staff").status_code == 401
    client.set_cookie(COOKIE, "not a cookie of ours")
    assert client.get("/t/staff").status_code == 401


def test_an_address_that_is_not_there_stays_a_404(client):
    assert client.get("/t/none").status_code == 404
    assert client.delete("/t/open").status_code == 405


@pytest.mark.parametrize(("path", "status"), [("/t/named/a", 200), ("/t/named/%00", 404), ("/t/named/a%00b", 404)])
@pytest.mark.parametrize(("query", "refused"), [("", 0), ("?a=%2500", 0), ("?a=%00", 400)])
def test_the_sign_that_no_database_takes_is_in_no_address(client, path, query, status, refused):
    expected = status if status == 404 else refused or status
    assert client.get(path + query).status_code == expected
