"""Every setting is documented, and nothing that is documented is gone."""

import re
from dataclasses import fields

from config import SECRETS, Settings, default_of, file_variable, variable
from tests.rules.tree import own, text

DOCUMENT = "docs/settings.md"


def documented(page):
    return set(re.findall(r"`(ONESTOP_[A-Z0-9_]+)`", page))


def test_an_undocumented_setting_would_be_seen():
    assert documented("| `ONESTOP_SECRET_KEY` | … |") == {"ONESTOP_SECRET_KEY"}


def test_every_setting_is_documented_and_no_other():
    names = {variable(field.name) for field in fields(Settings)} | {file_variable(name) for name in SECRETS}
    assert documented(text(DOCUMENT)) == names


def test_the_documented_defaults_are_the_defaults():
    page = text(DOCUMENT)
    for field in fields(Settings):
        default = default_of(field.name)
        if isinstance(default, str) and field.name.startswith(("limit_", "exit_", "portal_name", "log_")):
            line = next(line for line in page.splitlines() if f"`{variable(field.name)}`" in line)
            assert default in line, variable(field.name)


def test_only_settings_read_the_environment():
    reads = re.compile(r"\bos\.environ\b|\bgetenv\(")
    readers = [name for name in own(".py", under="app/") if reads.search(text(name))]
    assert readers == []
