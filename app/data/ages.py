"""How long ago somebody looked at what the lists of this folder say: laws, numbers and places change."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from app.data import FOLDER

LOOK_AGAIN_AFTER: Final = timedelta(days=90)


def looked_at() -> dict[str, date]:
    """Give, for each list, the day on which its least recently checked entry was looked at."""
    days = {path.stem: sorted(_days(json.loads(path.read_text(encoding="utf-8")))) for path in FOLDER.glob("*.json")}
    return {name: found[0] for name, found in sorted(days.items()) if found}


def old(today: date) -> dict[str, date]:
    """Give the lists that are to be looked at again: an entry of each was not for longer than `LOOK_AGAIN_AFTER`."""
    return {name: looked for name, looked in looked_at().items() if looked < today - LOOK_AGAIN_AFTER}


def _days(content: Any) -> Iterator[date]:  # noqa: ANN401 - JSON
    if isinstance(content, list):
        for one in content:
            yield from _days(one)
    elif isinstance(content, dict):
        for name, below in content.items():
            if name == "verified_on":
                yield date.fromisoformat(below)
            else:
                yield from _days(below)
