"""Makes the vector files anew: `python -m tests.vectors.make`. What HPKE made is kept, unless `--reseal` is given.

The browser's copies of lists are written too: modules, since browsers cannot yet import JSON everywhere.
"""

import json
import sys

from tests.vectors.recipes import FILES
from tests.vectors.replay import FOLDER

ROOT = FOLDER.parents[1]
PLATFORMS = ROOT / "app" / "data" / "platforms.json"
BROWSER_PLATFORMS = ROOT / "static" / "js" / "data" / "platforms.js"
# Lists whose browser's copy is the list as it is, without the comment.
LISTS = ("address_words", "deadlines", "request_templates", "room_templates", "routing")
# Word lists, one word a line, and where each comes from.
WORD_LISTS = {
    "bip39_english": "BIP-39's English list",
    "bip39_korean": "BIP-39's Korean list, in NFC",
}
QUESTIONS = ROOT / "app" / "data" / "questions.json"
BROWSER_QUESTIONS = ROOT / "static" / "js" / "data" / "questions.js"


def made(*, reseal=False):
    """Give the text of every file by its name."""
    return {f"{file.module}.json": file.text() for file in (make(reseal=reseal) for make in FILES)}


def platforms_module():
    """Give the browser's copy of the list of platforms."""
    listed = json.dumps(json.loads(PLATFORMS.read_text(encoding="utf-8")), ensure_ascii=False, separators=(",", ":"))
    return (
        "/** The list of platforms: app/data/platforms.json, written by tests/vectors/make.py. Never edited here. */\n"
        f"export const PLATFORMS = JSON.parse(\n  String.raw`{listed}`,\n);\n"
    )


def questions_module():
    """Give the browser's copy of the questions and their rules: only what it reads, not why each is there."""
    whole = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    read = {
        "questions": [{"name": one["name"], "step": one["step"]} for one in whole["questions"]],
        "notes": whole["notes"],
        "rules": [{name: value for name, value in rule.items() if name != "because"} for rule in whole["rules"]],
    }
    return (
        "/** Which question is asked when: app/data/questions.json, written by tests/vectors/make.py. "
        "Never edited here. */\n"
        f"export const QUESTIONS = JSON.parse(\n  String.raw`{json.dumps(read, separators=(',', ':'))}`,\n);\n"
    )


def list_file(name):
    """Give the path of the browser's copy of a list."""
    return BROWSER_PLATFORMS.parent / f"{name}.js"


def list_module(name):
    """Give the browser's copy of a list."""
    listed = json.loads((PLATFORMS.parent / f"{name}.json").read_text(encoding="utf-8"))
    listed.pop("comment", None)
    written = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    return (
        f"/** The list app/data/{name}.json, written by tests/vectors/make.py. Never edited here. */\n"
        f"export const {name.upper()} = JSON.parse(\n  String.raw`{written}`,\n);\n"
    )


def words_module(name):
    """Give the browser's copy of a word list."""
    words = (PLATFORMS.parent / f"{name}.txt").read_text(encoding="utf-8").split()
    return (
        f"/** {WORD_LISTS[name]}: app/data/{name}.txt, written by tests/vectors/make.py. Never edited here. */\n"
        f'export const {name.upper()} =\n  "{" ".join(words)}".split(\n    " ",\n  );\n'
    )


def main():
    """Write the files."""
    for name, text in made(reseal="--reseal" in sys.argv).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    BROWSER_PLATFORMS.write_text(platforms_module(), encoding="utf-8")
    for name in LISTS:
        list_file(name).write_text(list_module(name), encoding="utf-8")
    for name in WORD_LISTS:
        list_file(name).write_text(words_module(name), encoding="utf-8")
    BROWSER_QUESTIONS.write_text(questions_module(), encoding="utf-8")


if __name__ == "__main__":
    main()
