"""/.well-known/security.txt: what RFC 9116 asks for, or nothing."""

import dataclasses
from datetime import UTC, datetime

from app import create_app
from tests.databases import on_one

WHERE = "/.well-known/security.txt"


@on_one
def test_there_is_no_such_page_without_a_contact(client):
    assert client.get(WHERE).status_code == 404


@on_one
def test_it_says_where_to_write_and_until_when(settings):
    contacts = "mailto:security@portal.example, https://portal.example/hole"
    app = create_app(dataclasses.replace(settings, security_contact=contacts))
    answer = app.test_client().get(WHERE, base_url="https://portal.example")
    app.extensions["onestop_engine"].dispose()
    assert answer.content_type == "text/plain; charset=utf-8"
    lines = [line.split(": ", 1) for line in answer.text.splitlines()]
    assert [value for name, value in lines if name == "Contact"] == contacts.split(", ")
    said = dict(lines)
    assert said["Preferred-Languages"] == "ko, en"
    assert said["Canonical"] == f"https://portal.example{WHERE}"
    days = (datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)).days
    assert 100 < days < 365
