"""What the doctor says of the privacy policy and of lists that nobody has looked at for long."""

from datetime import UTC, datetime, timedelta

import pytest

from app.data import ages
from app.domain.deadline import day_of
from app.models import Portal
from tests.cli.examining import SAID, examine, in_order, place, verdict
from tests.databases import on_one

__all__ = ["examine", "in_order", "place"]
pytestmark = on_one


@pytest.mark.parametrize("name", sorted(SAID.keys() - {"operator_ko"}))
def test_what_the_policy_cannot_say_is_named(examine, in_order, name):
    code, lines = examine(**{name: ""})
    assert (code, verdict(lines["policy"])) == (1, "wrong")
    assert f"ONESTOP_{name.upper()}" in lines["policy"]
    assert lines["policy"].count("ONESTOP_") == 1


def test_a_demo_may_do_without(examine, in_order, session):
    session.query(Portal).update({"demo": True})
    session.commit()
    code, lines = examine(hosting_ko="")
    assert (code, verdict(lines["policy"])) == (0, "note")


def test_lists_that_were_looked_at_long_ago_are_named_and_are_no_fault(examine, in_order, monkeypatch):
    assert verdict(examine()[1]["dates"]) == "ok"
    long_ago = day_of(datetime.now(UTC)) - timedelta(days=91)
    monkeypatch.setattr(ages, "looked_at", lambda: {"consent": long_ago, "help_lines": long_ago + timedelta(days=1)})
    code, lines = examine()
    assert (code, verdict(lines["dates"])) == (0, "note")
    assert f"consent ({long_ago})" in lines["dates"]
    assert "help_lines" not in lines["dates"]
