"""What changes without code: dated, sourced lists. Each entry says where it comes from and when it was looked at."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).resolve().parent


@cache
def read(name: str) -> Any:  # noqa: ANN401 - JSON
    """Read one list of this folder, once."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def help_lines() -> list[dict[str, Any]]:
    """Give the help lines in the order in which they are shown."""
    lines: list[dict[str, Any]] = read("help_lines")["help_lines"]
    return lines


def easy_words() -> dict[str, list[dict[str, str]]]:
    """Give the easy words of the report page, by the place that they stand at."""
    places: dict[str, list[dict[str, str]]] = read("easy_words")["places"]
    return places


def advice() -> dict[str, dict[str, Any]]:
    """Give what is said after certain answers, by its name; `app.domain.asking` says after which."""
    return {said["name"]: said for said in read("advice")["advice"]}


def consent_words() -> dict[str, Any]:
    """Give what is said before somebody agrees: for everybody, and under `kinds` for each kind of organisation."""
    words: dict[str, Any] = read("consent")
    return words


def recovery_sheet() -> dict[str, dict[str, str]]:
    """Give what stands on the paper with an organisation's recovery words, each in both languages."""
    said: dict[str, dict[str, str]] = read("recovery_sheet")["sheet"]
    return said


def refused() -> list[dict[str, Any]]:
    """Give what this portal does not do, on purpose; `who` are the help lines that do."""
    lines = {line["id"]: line for line in help_lines()}
    return [{**one, "who": [lines[name] for name in one["who"]]} for one in read("refused")["refused"]]


def policies() -> list[dict[str, Any]]:
    """Give every version of the privacy policy, the newest first."""
    versions: list[dict[str, Any]] = read("privacy_policy")["versions"]
    return versions


def sections(name: str) -> list[dict[str, Any]]:
    """Give the sections of a page of law: `rights` or `accessibility`."""
    found: list[dict[str, Any]] = read(name)["sections"]
    return found


def remedies() -> list[dict[str, Any]]:
    """Give who helps where somebody's rights over their data were violated."""
    found: list[dict[str, Any]] = read("remedies")["remedies"]
    return found


def breach_notice() -> dict[str, Any]:
    """Give the steps of the first 72 hours, and under `templates` the texts to be filled in."""
    found: dict[str, Any] = read("breach_notice")
    return found
