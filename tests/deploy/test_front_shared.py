"""What many people share behind nginx: its connections to the portal."""

import secrets

import pytest

from app.routes.plain_report import PLAIN_BODY
from tests.deploy.test_front import ask

pytestmark = pytest.mark.slow


def test_what_one_person_wrote_never_comes_before_what_the_next_one_asks(front):
    """nginx keeps its connections to the portal, and sends the requests of many people over each."""
    planted = f"canary-{secrets.token_hex(8)}"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site"}
    for size in (100, 50_000, PLAIN_BODY):
        for _time in range(3):
            body = f"sentence={planted}&note=".ljust(size, "x").encode()
            assert ask(front, "POST", "/report/plain/check", body, headers)[0] == 403
            status, _headers, page = ask(front, "GET", "/healthz")
            assert (status, planted.encode() in page) == (200, False)
    assert planted not in front.portal.log.read_text(encoding="utf-8")
