"""That somebody's access was ended is told to whoever holds a session of theirs, and to nobody else."""

import secrets
from datetime import UTC, datetime
from unittest.mock import ANY

from app.access import COOKIE, TOKEN_HEADER
from app.domain.wire import b64u_encode as b64u
from app.services import caseworker
from tests.rules.callers import Callers


def test_only_whoever_holds_the_session_learns_that_access_was_ended(app, session):
    cookie, token = Callers(app, session).cookies["centre", "caseworker"]

    def asked(held, path="/session", method="GET"):
        client = app.test_client()
        if held:
            client.set_cookie(COOKIE, held)
        return client.open(path, method=method, headers={"Sec-Fetch-Site": "same-origin", TOKEN_HEADER: token})

    caseworker.leave(session, "centre-caseworker", datetime.now(UTC))
    assert (asked(cookie).status_code, asked(cookie).json["code"]) == (401, "access_ended")
    assert "기관의 책임자에게" in asked(cookie, "/queue").text
    for path in ("/session", "/queue", "/en/queue"):
        nobody, unknown = asked(None, path), asked(b64u(secrets.token_bytes(32)), path)
        assert (nobody.status_code, dict(nobody.headers)) == (unknown.status_code, dict(unknown.headers)) == (401, ANY)
        assert nobody.data == unknown.data != asked(cookie, path).data
