"""Texts of law: published ones stay as they were, and what they say of other files is true of those."""

import hashlib
import json
import re
from datetime import timedelta

import pytest

from app.data import breach_notice, policies
from app.forms.kept import LOG_DAYS
from app.services import clock
from tests.rules.tree import text

# A published policy is what people read when they agreed: it is never edited. A change is a new version with its hash.
PUBLISHED = {1: "0b84763129238120911e872d4aded8f915cfee93602539c033b375b2196c3337"}


def test_a_published_version_is_never_edited():
    def told(one):
        said = json.dumps([one["published_on"], one["sections"]], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(re.sub(r'"verified_on": "[^"]*"', "", said).encode()).hexdigest()

    assert {one["version"]: told(one) for one in policies()} == PUBLISHED


def test_the_servers_log_is_kept_as_long_as_the_shipped_rotation_says():
    assert f"rotate {LOG_DAYS}\n" in text("deploy/logrotate.conf")
    assert "daily" in text("deploy/logrotate.conf")


@pytest.mark.parametrize("name", ["privacy_policy", "rights", "consent"])
def test_the_72_hours_of_a_withdrawal_that_these_texts_name_are_what_is_done(name):
    said = text(f"app/data/{name}.json")
    assert "72시간" in said
    assert "72 hours" in said
    assert timedelta(hours=72) == clock.KEPT_FOR


def test_the_text_for_a_leak_is_at_hand_when_the_portal_is_down():
    """Whoever needs it may have no portal: the document holds every paragraph of the data."""
    page = text("docs/breach-notice.md")
    templates = breach_notice()["templates"].values()
    said = [
        line for one in templates for part in ("title", "text") for line in "\n".join(one[part].values()).split("\n")
    ]
    said += [step["what"][language] for step in breach_notice()["steps"] for language in ("ko", "en")]
    assert [line for line in said if line.strip() not in page] == []
