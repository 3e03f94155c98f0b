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
