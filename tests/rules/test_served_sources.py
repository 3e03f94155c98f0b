"""What is served of our scripts and style sheets is what was reviewed: each line in its place, comments left out."""

import json
import subprocess

import pytest

from app.assets import read_assets
from app.static_tree import without_comments
from tests.browser.inspection import NODE
from tests.rules.tree import ROOT, own, text
from tests.sharing import ASSETS

NAMES = [*own(".js", under="static/js/"), *own(".css", under="static/css/")]


@pytest.fixture(scope="module")
def served():
    copies = read_assets(ROOT / "static", ASSETS).copies
    return {name: copies[name.removeprefix("static/")].read_text(encoding="utf-8") for name in NAMES}


def differing(pairs):
    ran = subprocess.run(
        [NODE, "tests/js/same_program.mjs"],
        cwd=ROOT,
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout)


def test_a_changed_program_would_be_seen():
    assert differing(
        {"a.js": ["f(1); // one", "f(1);"], "b.js": ["f(1);", "f(2);"], "c.css": ["p{a:b}", "p{a:c}"]}
    ) == [
        "b.js",
        "c.css",
    ]


def test_every_file_is_the_same_program(served):
    assert differing({name: [text(name), served[name]] for name in NAMES}) == []


def test_every_line_stands_where_it_stood_or_is_empty(served):
    for name in NAMES:
        reviewed, lines = text(name).split("\n"), served[name].split("\n")
        assert len(lines) == len(reviewed), name
        assert [number for number, line in enumerate(lines) if line not in ("", reviewed[number].strip(" "))] == [], (
            name
        )


def test_no_file_is_in_doubt(served):
    unchanged = {name for name in NAMES if served[name] == text(name)}
    assert unchanged <= {name for name in NAMES if without_comments(text(name), name[name.rindex(".") :]) == text(name)}
    assert [name for name in unchanged if "\n/**" in text(name) or "\n  " in text(name)] == []


def test_what_is_vendored_is_served_byte_for_byte():
    copies = read_assets(ROOT / "static", ASSETS).copies
    vendored = [name for name in copies if name.startswith("vendor/")]
    assert len(vendored) > 4
    for name in vendored:
        assert copies[name].read_bytes() == (ROOT / "static" / name).read_bytes()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/** One. */\nexport const a = 1;\n", "\nexport const a = 1;\n"),
        ("/**\n * Many:\n * `odd\n */\n  f(1);", "\n\n\n\nf(1);"),
        ("  // why\n\tf(1); // stays\n", "\nf(1); // stays\n"),
        ("/** @type {A} */ (b).c();\n", "/** @type {A} */ (b).c();\n"),
        ("/* a */ f(1); /* b */\n  g();", "/* a */ f(1); /* b */\ng();"),
        ("  `one \\` line`;", "`one \\` line`;"),
    ],
)
def test_comments_and_indentation_go(source, expected):
    assert without_comments(source, ".js") == expected


@pytest.mark.parametrize(
    "source",
    [
        "  a = `two\n  // lines`;",
        "  a = 'two\\\n  // lines';",
        "/*\n  why */ f(1);",
        "  a = '`';",
    ],
)
def test_a_source_in_doubt_is_left_as_it_is(source):
    assert without_comments(source, ".js") == source


def test_two_slashes_are_no_comment_in_a_style_sheet():
    assert without_comments("p {\n  /* why */\n  //x;\n}", ".css") == "p {\n\n//x;\n}"
