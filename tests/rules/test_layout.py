"""Rooms stay small, and the house has the doors that ARCHITECTURE gave it."""

import ast
import re

import pytest

from tests.rules.tree import files, own, text

TOP = {
    "app", "migrations", "static", "templates", "tests", "docs", "deploy", "config.py", "wsgi.py", "README.md",
    "CHANGELOG.md", "LICENSE", "Makefile", ".ci", "pyproject.toml", "requirements.txt", "requirements-dev.txt",
    "package.json", "package-lock.json",
    # what tools look for there and nowhere else
    ".gitignore", ".npmrc", "biome.json", "tsconfig.json",
}  # fmt: skip
LINES = 250
FUNCTION_LINES = 40
VAGUE = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "base_service", "data_utils"}


def too_long(name, source):
    return [f"{name}: {count} lines"] if (count := source.count("\n")) > LINES else []


def long_python_functions(name, source):
    return [
        f"{name}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]


# A formatter lays functions out so that the line that opens one and the line that closes it start alike.
OPENS = re.compile(
    r"^(?P<indent>[ \t]*)(?=.*\{\s*$)"
    r"(?:(?:export |default |async |static |get |set )*(?:function\b|#?\w+\s*\()|(?:export )?const \w+ = .*=>\s*\{)"
)
NO_FUNCTION = re.compile(r"^[ \t]*(?:if|for|while|switch|catch|with|return|else)\b")


def long_javascript_functions(name, source):
    lines = source.split("\n")
    found = []
    for start, line in enumerate(lines):
        opened = OPENS.match(line)
        if not opened or NO_FUNCTION.match(line):
            continue
        closing = re.compile(rf"^{opened['indent']}\}}")
        end = next((at for at in range(start + 1, len(lines)) if closing.match(lines[at])), start)
        if end - start + 1 > FUNCTION_LINES:
            found.append(f"{name}:{start + 1}: {end - start + 1} lines")
    return found


def test_the_top_level_is_fixed():
    assert {name.split("/")[0] for name in files()} - TOP == set()


def test_a_long_file_would_be_seen():
    assert too_long("x.py", "pass\n" * 251) == ["x.py: 251 lines"]
    assert too_long("x.py", "pass\n" * 250) == []


@pytest.mark.parametrize("ending", [".py", ".js", ".mjs"])
def test_files_are_short(ending):
    assert [line for name in own(ending) for line in too_long(name, text(name))] == []


def test_long_functions_would_be_seen():
    assert long_python_functions("x.py", "def f():\n" + "    pass\n" * 40)
    assert not long_python_functions("x.py", "def f():\n" + "    pass\n" * 39)
    for opening in (
        "export async function seal({ a }) {",
        "const seal = (a) => {",
        "  seal(a) {",
        "function* rows() {",
    ):
        indent = opening[: len(opening) - len(opening.lstrip())]
        assert long_javascript_functions("x.js", f"{opening}\n{indent}  a();\n" * 1 + "  b();\n" * 40 + f"{indent}}}")
    assert not long_javascript_functions("x.js", "function f() {\n" + "  b();\n" * 38 + "}")
    assert not long_javascript_functions("x.js", "if (a) {\n" + "  b();\n" * 60 + "}")


def test_functions_are_short():
    assert [line for name in own(".py", under="app/") for line in long_python_functions(name, text(name))] == []
    assert [
        line for name in own(".js", under="static/js/") for line in long_javascript_functions(name, text(name))
    ] == []


def test_no_room_has_a_vague_name():
    vague = [name for name in own(".py", ".js") if name.rsplit("/", 1)[-1].split(".")[0] in VAGUE]
    assert vague == []


def test_half_of_the_files_are_at_most_120_lines():
    lengths = sorted(text(name).count("\n") for name in own(".py", under="app/"))
    assert lengths[len(lengths) // 2] <= 120
