"""The table of OWASP's ASVS: every requirement of levels 1 and 2 stands there once, and names tests that exist."""

import json
import re
from collections import Counter

from tests.rules.test_threat_model import missing
from tests.rules.tree import ROOT, text

PAGE = "docs/asvs.md"
LEVELS = json.loads((ROOT / "tests" / "rules" / "asvs_numbers.json").read_text(encoding="utf-8"))["levels"]


def rows(page):
    """Cells of every row about levels 1 and 2: numbers, levels, and the rest."""
    tables = page.partition("\n## Level 3")[0]
    found = [line.strip("| ").split(" | ") for line in tables.splitlines() if line.startswith("| ")]
    return [(row[0].split(", "), row[1].split(", "), row[2:]) for row in found if row[0][:1].isdigit()]


def faults(page):
    counted = Counter(number for numbers, _levels, _rest in rows(page) for number in numbers)
    wrong = [f"{number} is there {counted[number]} times" for number in LEVELS if counted[number] != 1]
    wrong += [f"{number} is no requirement of these levels" for number in counted if number not in LEVELS]
    for numbers, levels, rest in rows(page):
        if {int(level) for level in levels} != {LEVELS.get(number) for number in numbers}:
            wrong.append(f"{numbers}: another level")
        if len(rest) != 3 or not re.search(r"[Mm]et|In part|does not apply", rest[1]):
            wrong.append(f"{numbers}: how it stands is not said")
    return wrong + [f"{one} does not exist" for one in missing(page)]


def test_a_fault_would_be_seen():
    page = text(PAGE)
    row = next(line for line in page.splitlines() if line.startswith("| 1.1.1 |"))
    assert "1.1.1 is there 0 times" in faults(page.replace(row, ""))
    assert "1.1.1 is there 2 times" in faults(page.replace(row, f"{row}\n{row}"))
    assert any("another level" in one for one in faults(page.replace(row, row.replace("| 2 |", "| 1 |"))))
    assert any("does not exist" in one for one in faults(page.replace("test_one_value_has_one_spelling", "test_none")))


def test_every_requirement_is_there_once_with_tests_that_exist():
    assert len(LEVELS) == 253
    assert faults(text(PAGE)) == []
