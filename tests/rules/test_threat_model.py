"""Every cell of the threat model says what is learned, what stops it and what does not, and names tests that exist."""

import ast
import re
from functools import cache
from itertools import product

import pytest

from tests.rules.tree import ROOT, text

PAGE = "docs/threat-model.md"
LISTS = (PAGE, "docs/safety-measures.md")
ADVERSARIES = (
    "Database thief",
    "Curious operator",
    "Compromised server at rest",
    "Actively malicious server",
    "Network observer",
    "Malicious caseworker",
    "Leaver",
    "Another organisation",
    "Household with the device or the code",
    "Offender probing for his own link",
    "Flooder",
)
ASSETS = (
    "Who reported",
    "That somebody reported",
    "Content",
    "Links",
    "Contact",
    "Offender",
    "Which organisations",
    "States",
    "Messages",
    "Keys",
)
TEST = re.compile(r"`(tests/[\w/]+\.(?:py|js))(?:::(\w+))?`")


@cache
def names_in(path):
    """The tests of a file, or nothing where there is no such file."""
    if not (ROOT / path).is_file():
        return frozenset()
    tree = ast.parse(text(path))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def missing(page):
    """Tests that a page names and that do not exist; a file alone has to exist."""
    return [
        f"{path}::{name}"
        for path, name in TEST.findall(page)
        if not ((ROOT / path).is_file() and (not name or name in names_in(path)))
    ]


def cells(page):
    """Each row of the adversaries' tables: adversary, asset, and the four cells beside it."""
    found = []
    for section in re.split(r"(?m)^### ", page.partition("\n## Adversaries")[2].partition("\n## ")[0])[1:]:
        adversary = section.partition("\n")[0].strip()
        for line in section.splitlines():
            row = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
            if row and row[0] not in ("Asset", "---"):
                found.append((adversary, row[0], row[1:]))
    return found


def faults(page):
    found = cells(page)
    there = [(adversary, asset) for adversary, asset, _ in found]
    wrong = [f"{pair} is there {there.count(pair)} times" for pair in set(there) if there.count(pair) != 1]
    wrong += [f"{pair} is missing" for pair in product(ADVERSARIES, ASSETS) if pair not in there]
    wrong += [f"{pair} is in no list" for pair in there if pair not in set(product(ADVERSARIES, ASSETS))]
    for adversary, asset, rest in found:
        if len(rest) != 4 or not all(rest):
            wrong.append(f"{adversary}, {asset}: a cell is missing or empty")
        elif not [name for _, name in TEST.findall(rest[3]) if name]:
            wrong.append(f"{adversary}, {asset}: names no test")
    return wrong + [f"{one} does not exist" for one in missing(page)]


def test_a_fault_would_be_seen():
    page = text(PAGE)
    assert not faults(page)
    row = next(line for line in page.splitlines() if line.startswith("| Who reported |"))
    name = TEST.search(row)[2]
    assert any("does not exist" in one for one in faults(page.replace(name, f"{name}_no_more")))
    assert any("is missing" in one for one in faults(page.replace(row + "\n", "", 1)))
    assert any("2 times" in one for one in faults(page.replace(row, f"{row}\n{row}", 1)))
    assert any("names no test" in one for one in faults(page.replace(row, TEST.sub("a test", row), 1)))
    assert missing("`tests/rules/test_threat_model.py::test_nobody_wrote_this`")
    assert missing("`tests/nowhere/test_nothing.py`")


def test_every_adversary_meets_every_asset_and_a_test():
    assert not faults(text(PAGE))


@pytest.mark.parametrize("name", LISTS)
def test_every_test_that_is_named_exists(name):
    page = text(name)
    assert TEST.search(page)
    assert not missing(page)


def test_what_we_cannot_do_comes_first():
    headings = re.findall(r"(?m)^## (.+)$", text(PAGE))
    assert headings[0] == "What we cannot do"
    assert "What a victim's act leaves" in headings
