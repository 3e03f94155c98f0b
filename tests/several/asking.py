"""Requests as a browser sends them, to any of several portals."""

import http.client
import json
from dataclasses import dataclass

from app.access import COOKIE, TOKEN_HEADER
from app.domain.wire import b64u_encode


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


def ask(portal, method, path, body=None, **headers):
    """Send one request on a connection of its own; `body` is bytes, or becomes JSON."""
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=60)
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
    sent = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json", **headers}
    try:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


class Staff:
    """A caseworker's browser that was signed in at one portal, and speaks to any that it is told to."""

    def __init__(self, portal, person):
        asked = {"login": person.login, "sign_in": b64u_encode(person.sign_in), "parameter_set": 1}
        answer = ask(portal, "POST", "/sign-in", asked)
        assert answer.status == 200, answer.body
        self.headers = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0], TOKEN_HEADER: answer.json["csrf"]}
        assert self.headers["Cookie"].startswith(COOKIE)

    def ask(self, portal, method, path, body=None):
        return ask(portal, method, path, body, **self.headers)
