"""What may change without code says where it comes from and when somebody last looked."""

import json
import subprocess
from datetime import date, timedelta

import pytest

from app.data import ages, help_lines, read
from app.domain.progress import OPENED
from app.domain.vocabulary import ITEM_STATES, LANGUAGES, REFERRAL_STATES
from tests.rules.tree import ROOT, own, text

LOOKED_AT_LEAST = date(2026, 1, 1)


def undated(line):
    """What a dated entry lacks."""
    lacks = [name for name in ("verified_on", "source") if not line.get(name)]
    if "verified_on" not in lacks:
        looked = date.fromisoformat(line["verified_on"])
        if not LOOKED_AT_LEAST <= looked <= date.today() + timedelta(days=1):  # noqa: DTZ011 - a day is enough
            lacks.append("a believable day")
    return lacks


def test_an_undated_line_would_be_seen():
    assert undated({"source": "x"}) == ["verified_on"]
    assert undated({"verified_on": "2026-11-22"}) == ["source"]
    assert undated({"verified_on": "2019-01-01", "source": "x"}) == ["a believable day"]


def test_every_help_line_is_dated():
    lines = help_lines()
    assert {"112", "1366"} <= {line.get("phone") for line in lines}
    assert [(line, undated(line)) for line in lines if undated(line)] == []


def entries(content):
    """Everything in a list that has words for people, wherever it stands."""
    if isinstance(content, list):
        return [found for one in content for found in entries(one)]
    if not isinstance(content, dict):
        return []
    own_words = [content] if "verified_on" in content else []
    return own_words + [found for one in content.values() for found in entries(one)]


@pytest.mark.parametrize(
    ("name", "fewest"),
    [
        ("routing", 25),
        ("consent", 10),
        ("privacy_policy", 13),
        ("rights", 9),
        ("accessibility", 4),
        ("remedies", 4),
        ("breach_notice", 8),
        ("refused", 3),
        ("deadlines", 10),
        ("request_templates", 7),
        ("room_templates", 3),
    ],
)
def test_each_entry_of_these_lists_is_dated_by_itself(name, fewest):
    found = entries(read(name))
    assert len([one for one in found if "source" in one]) >= fewest
    assert [one for one in found if "source" in one and undated(one)] == []


def test_every_rule_and_every_notice_has_a_date_of_its_own():
    routing, consent = read("routing"), read("consent")
    dated = [*routing["rules"], routing["otherwise"], *routing["later"].values(), *consent["kinds"].values()]
    dated += [one for name, one in consent.items() if name not in {"comment", "version", "kinds"}]
    assert [one for one in dated if undated(one)] == []


@pytest.mark.parametrize("name", [name for name in own(".json", under="app/data/") if "/demo/" not in name])
def test_lists_are_json_with_a_source(name):
    assert "source" in json.dumps(json.loads(text(name))), name


def test_what_usually_happens_next_is_dated_for_every_state():
    usual = json.loads(text("app/data/expectations.json"))
    assert set(usual["referral"]) == {*REFERRAL_STATES, OPENED}
    assert set(usual["item"]) == set(ITEM_STATES)
    stages = [stage for kind in ("referral", "item") for stage in usual[kind].values()]
    assert [(stage, undated(stage)) for stage in stages if undated(stage)] == []
    for stage in stages:
        assert stage["days"] is None or stage["days"] > 0
        assert all(stage["next"][language] for language in LANGUAGES)


def test_lists_that_nobody_looked_at_for_long_are_named_and_break_nothing():
    """`make test-all` ends with this line; a day that comes is no fault of whoever builds that day."""
    day = max(ages.looked_at().values())
    assert ages.old(day) == {name: looked for name, looked in ages.looked_at().items() if (day - looked).days > 90}
    assert set(ages.old(day + timedelta(days=91))) == set(ages.looked_at())
    command = [str(ROOT / ".ci" / "dates"), str(day + timedelta(days=91))]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert "consent (" in said
    assert len(said.splitlines()) == 1
    assert ".ci/dates" in text(".ci/check")


def test_demo_texts_lead_nowhere():
    """Every address of the demo lies in a domain that is reserved for examples."""
    for name in own(".json", under="app/data/demo/"):
        for part in text(name).split("://")[1:]:
            host = part.split("/")[0].split('"')[0].split("?")[0]
            assert host.rsplit(".", 1)[-1] in {"example", "test", "invalid"}, host
