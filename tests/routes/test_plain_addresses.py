"""The addresses without scripts: who may send to them, how much, whether they are there, and what stays afterwards."""

import re

import pytest
from werkzeug.formparser import default_stream_factory

from app import create_app
from app.forms.plain_checks import LONGEST
from app.routes import plain_report as routes
from config import Settings
from tests.conftest import ASSETS, SECRET
from tests.databases import copy_database, on_one
from tests.plain_pages import SAME_ORIGIN, Visitor
from tests.rules.tree import text

TYPED = {"organisation-centre-chosen": "y", "organisation-centre-sensitive": "y"}


@pytest.fixture
def centre(make, session):
    made = make.organisation()
    session.rollback()
    return made


@pytest.fixture
def visitor(client, centre):
    return Visitor(client)


SOURCES = (
    (SAME_ORIGIN, False, 422),
    ({"Sec-Fetch-Site": "cross-site"}, True, 403),
    ({"Origin": "null"}, True, 422),
    ({"Origin": "null"}, False, 403),
    ({"Origin": "https://elsewhere.example"}, True, 403),
    ({"Origin": "http://localhost"}, False, 422),
    ({}, False, 422),
)


@on_one
def test_only_a_page_of_the_portal_sends_forms(visitor, client):
    token = visitor.go("/report/plain/write").hidden("/report/plain/check")["csrf_token"]
    for headers, with_token, status in SOURCES:
        sent = {"csrf_token": token if with_token else "x", "sentence": ""}
        assert client.post("/report/plain/check", data=sent, headers=headers).status_code == status, headers


@on_one
def test_a_body_is_whole_small_enough_and_a_form(visitor, client):
    def post(body, **more):
        return client.post("/report/plain/check", data=body, headers=SAME_ORIGIN, **more)

    form = {"content_type": "application/x-www-form-urlencoded"}
    assert post(b"sentence=" + b"x" * routes.PLAIN_BODY, **form).status_code == 413
    assert post(b"sentence=x", content_type="application/json").status_code == 415
    assert post({"sentence": "x"}, content_type="multipart/form-data").status_code == 415
    for bad in (b"sentence=%ff", "sentence=가".encode(), b"&".join([b"a=b"] * 5000)):
        assert post(bad, **form).status_code == 400
    cut = client.post(
        "/report/plain/check",
        data=b"sentence=half",
        headers=SAME_ORIGIN,
        environ_overrides={"CONTENT_LENGTH": "400"},
        **form,
    )
    assert cut.status_code == 400


def test_the_largest_form_is_below_whatever_would_put_it_into_a_file():
    shipped = text("deploy/nginx/nginx.conf")
    buffer, largest = (int(re.search(rf"{name} (\d+)k;", shipped)[1]) * 1024 for name in (
        "client_body_buffer_size", "client_max_body_size",
    ))  # fmt: skip
    assert routes.PLAIN_BODY < 500_000 < largest <= buffer
    # What Werkzeug does with a body of that length, were it to parse one.
    with default_stream_factory(routes.PLAIN_BODY, None, None) as stream:
        stream.write(b"x" * routes.PLAIN_BODY)
        assert not stream._rolled
    # The longest text of the form fits in Korean, percent-encoded, with room for the rest.
    assert LONGEST * 9 < routes.PLAIN_BODY / 2


@on_one
def test_what_was_typed_is_in_no_cache_of_the_portal(visitor, app):
    words = "카나리아 9f2c"
    visitor.sent(**TYPED, sentence=words)
    renderings = app.extensions["onestop_renderings"].kept
    assert renderings
    assert not [key for key, (page, _hash) in renderings.items() if words.encode() in page]


def test_off_is_gone_and_said(sqlite_file, tmp_path):
    path = tmp_path / "off.db"
    copy_database(sqlite_file, path)
    app = create_app(
        Settings(secret_key=SECRET, database_url=f"sqlite:///{path}", asset_cache=str(ASSETS), plain_form="off")
    )
    client = app.test_client()
    for address in ("/report/plain", "/report/plain/write", "/report/plain/sent", "/follow-up/plain"):
        assert client.get(address).status_code == 404
    for address in (
        "/report/plain/write", "/report/plain/check", "/report/plain/send", "/report/plain/kept", "/follow-up/plain",
        "/follow-up/plain/message", "/follow-up/plain/withdrawal", "/follow-up/plain/leaving",
        "/follow-up/plain/leaving/withdrawal", "/follow-up/plain/visit",
    ):  # fmt: skip
        assert client.post(address, data={"x": "y"}, headers=SAME_ORIGIN).status_code == 404
    for address in ("/", "/report", "/follow-up", "/privacy"):
        assert "/plain" not in client.get(address).text
    app.extensions["onestop_engine"].dispose()


@on_one
def test_who_has_no_scripts_is_led_here(client, centre):
    for address, leads_to in (("/", "/report/plain"), ("/report", "/report/plain"), ("/follow-up", "/follow-up/plain")):
        for language in ("", "/en"):
            notices = client.get(language + address).text.split("<noscript>")[1:]
            assert any(f'href="{language}{leads_to}"' in one.split("</noscript>")[0] for one in notices), address


@on_one
def test_every_question_of_the_report_is_on_the_page_once(client, centre, app):
    from app.forms.link import LinkForm
    from app.forms.report import ReportForm

    page = Visitor(client).go("/report/plain/write")
    with app.test_request_context("/"):
        names = {field.id for field in ReportForm()} | {field.id for field in LinkForm(prefix="link-0")}
    assert names <= set(page.ids)
    assert sorted(one for one in page.ids if page.ids.count(one) > 1) == []
    for form in page.forms:
        assert "?" not in form
