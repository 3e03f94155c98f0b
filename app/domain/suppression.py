"""Small numbers that are not shown, and those that go with them. Twin of `static/js/domain/suppression.js`.

Both replay `tests/vectors/suppression.json`. A number from 1 to 4 could point at somebody; nought is about nobody, and
stays. What could be worked out from the other numbers is hidden as well: see `suppress`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5
# By how much what is hidden may at least be shifted between two cells: as many values as a small number can have.
LEEWAY: Final = LEAST - 1
Parts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be seen of one total and the ways in which it is divided; None stands for what is hidden."""

    total: int | None
    divided: dict[str, dict[str, int | None]]


def suppress(divided: Mapping[str, Parts]) -> Shown:
    """Give what may be shown of a total that is divided in several ways. Raises ValueError where they differ in it.

    Nobody can tell what is hidden from what is shown, not even knowing this rule: for each hidden number four or more
    are possible (`tests/domain/test_suppression.py` tries all small tables). Numbers under LEAST are hidden. Where
    they could still be told from their sum, the first larger ones of the same division are hidden too; and where that
    is not enough, the total, and with it everything that it is divided into.
    """
    totals = {sum(parts.values()) for parts in divided.values()}
    if len(totals) != 1:
        message = "divisions of one total must agree in it"
        raise ValueError(message)
    hidden = {name: _to_hide(parts) for name, parts in divided.items()}
    total = None if None in hidden.values() else totals.pop()
    return Shown(total, {name: _shown(parts, hidden[name], total) for name, parts in divided.items()})


def _to_hide(parts: Parts) -> set[str] | None:
    """Give the words whose numbers are hidden; None where hiding numbers is not enough."""
    small = [word for word, number in parts.items() if 0 < number < LEAST]
    whole = sum(parts[word] for word in small)
    # The small ones among themselves: their sum leaves room below and above.
    if not small or (whole - len(small) >= LEEWAY and LEEWAY * len(small) - whole >= LEEWAY):
        return set(small)
    hidden = set(small)
    # What goes with them is chosen by its place, not by its size, and has room for whatever the small ones may be.
    room = whole - LEEWAY * len(small)
    for word, number in parts.items():
        if number >= LEAST:
            hidden.add(word)
            room += number - LEAST
            if room >= 0:
                return hidden
    return None


def _shown(parts: Parts, hidden: set[str] | None, total: int | None) -> dict[str, int | None]:
    if hidden is None or total is None:
        return {word: None if number else 0 for word, number in parts.items()}
    return {word: None if word in hidden else number for word, number in parts.items()}
