"""The doctor says when nobody who finds a hole knows where to write, and when what they read has expired."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.examining import examine, in_order, place, verdict
from tests.databases import on_one

__all__ = ["examine", "in_order", "place"]
CONTACT = "mailto:security@portal.example"


@on_one
@pytest.mark.parametrize(
    ("contact", "days", "said"),
    [("", None, "note"), (CONTACT, None, "ok"), (CONTACT, 200, "ok"), (CONTACT, 10, "note"), (CONTACT, -1, "wrong")],
)
def test_the_contact_and_how_long_it_is_good(examine, in_order, contact, days, said):
    until = "" if days is None else (datetime.now(UTC).date() + timedelta(days=days)).isoformat()
    code, lines = examine(security_contact=contact, security_expires=until)
    assert (verdict(lines["security.txt"]), code) == (said, int(said == "wrong"))
