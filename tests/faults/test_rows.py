"""docs/operations.md has a row for each fault that is tested, and none for one that is not."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
OPERATIONS = HERE.parents[1] / "docs" / "operations.md"
HEAD = ["What fails", "What the victim sees", "What the caseworker sees", "What is kept", "What to do"]
ELSEWHERE = ["test_killed.py", "test_restarted.py"]  # of tests/durability, which is about more than faults
SECTION = re.compile(r"^## When something fails\n(.*?)^## ", re.MULTILINE | re.DOTALL)


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table(document):
    """The rows of the section's table, each with five cells."""
    lines = [line for line in SECTION.search(document)[1].splitlines() if line.startswith("|")]
    head, _rule, *rows = [cells(line) for line in lines]
    assert head == HEAD
    return rows


def faults_of(rows):
    """The test files that rows name."""
    return [name for row in rows for name in re.findall(r"`tests/(?:faults|durability)/(test_\w+\.py)`", row[0])]


def functions_of(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def compared(document, files):
    """What is wrong: rows without a test, faults without a row, cells with nothing in them."""
    rows = table(document)
    named = faults_of(rows)
    return {
        "rows without a test": [row[0] for row in rows if not faults_of([row])],
        "tests that are not there": sorted(set(named) - set(files)),
        "faults without a row": sorted(set(files) - set(named)),
        "gaps": [row[0] for row in rows if len(row) != len(HEAD) or not all(row)],
    }


def faults():
    here = [path.name for path in HERE.glob("test_*.py") if path != Path(__file__) and functions_of(path)]
    return here + [name for name in ELSEWHERE if functions_of(HERE.parent / "durability" / name)]


def test_every_fault_has_its_row_and_every_row_its_test():
    assert len(faults()) >= 9
    assert compared(OPERATIONS.read_text(encoding="utf-8"), faults()) == {
        "rows without a test": [],
        "tests that are not there": [],
        "faults without a row": [],
        "gaps": [],
    }


def test_what_is_missing_would_be_seen():
    document = (
        "## When something fails\n"
        f"| {' | '.join(HEAD)} |\n|---|---|---|---|---|\n"
        "| Rain `tests/faults/test_rain.py` | a | b | c | d |\n| Snow | a | b | c | |\n## Runbooks\n"
    )
    assert compared(document, ["test_hail.py"]) == {
        "rows without a test": ["Snow"],
        "tests that are not there": ["test_rain.py"],
        "faults without a row": ["test_hail.py"],
        "gaps": ["Snow"],
    }
