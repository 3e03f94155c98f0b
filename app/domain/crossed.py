"""A table of two ways, and middle values, beside numbers that are hidden: neither says more than what stands there.

A crossed table is a tree: a total, its rows, and each row's own cells. Rows have no cell in common, so what holds of
one division of a total (`app.domain.suppression`) holds of each row. A column's sum is given where all of it is shown.
"""

from collections.abc import Callable, Mapping
from typing import Final

from app.domain.suppression import LEAST, suppress

Cells = Mapping[str, Mapping[str, int]]
ShownCells = dict[str, dict[str, int | None]]
TENTHS: Final = 10


def suppress_cells(rows: Mapping[str, int | None], cells: Cells) -> ShownCells:
    """Give what may be shown of the cells of rows whose sums are shown as given; None for a hidden one.

    Where a row's sum is hidden, or hiding cells is not enough, all of its cells are hidden, noughts too.
    """
    return {row: _row(number, cells[row]) for row, number in rows.items()}


def _row(number: int | None, cells: Mapping[str, int]) -> dict[str, int | None]:
    if number is not None:
        shown = suppress({"row": cells})
        if shown.total is not None:
            return shown.divided["row"]
    return dict.fromkeys(cells)


def column_sums(cells: ShownCells) -> dict[str, int | None]:
    """Add up each column of which every cell is shown; None for the others."""
    words = next(iter(cells.values()), {})
    columns = {word: [row[word] for row in cells.values()] for word in words}
    return {
        word: sum(number or 0 for number in numbers) if None not in numbers else None
        for word, numbers in columns.items()
    }


def reached_by(
    shown: Mapping[str, int | None], days: Mapping[int, int], step_of: Callable[[int], str], tenths: int
) -> int | None:
    """Give the day by which so many tenths of them are reached: 5 for the median, 9 for the 90th percentile.

    `shown` has the steps in their order as they may be seen, `days` how many took so many days. None for fewer than
    LEAST of them, and where the step that the day lies in is not plain already from what is shown.
    """
    number = sum(days.values())
    if number < LEAST:
        return None
    rank = -(-number * tenths // TENTHS)
    day = _day_at(days, rank)
    before, held, after = _around(shown, step_of(day))
    if held is None:
        return None
    known = sum(part or 0 for part in shown.values())
    hidden = number - known
    fewest, most = _between(hidden, before.count(None), after.count(None))
    below = sum(part or 0 for part in before)
    return day if below + most < rank <= below + fewest + held else None


def _day_at(days: Mapping[int, int], rank: int) -> int:
    reached = 0
    for day in sorted(days):
        reached += days[day]
        if reached >= rank:
            return day
    raise ValueError(rank)


def _around(shown: Mapping[str, int | None], step: str) -> tuple[list[int | None], int | None, list[int | None]]:
    words = list(shown)
    at = words.index(step)
    return [shown[word] for word in words[:at]], shown[step], [shown[word] for word in words[at + 1 :]]


def _between(hidden: int, before: int, after: int) -> tuple[int, int]:
    """Give how many of the hidden ones lie before at least and at most; each hidden part has one or more."""
    if not before:
        return 0, 0
    return (hidden, hidden) if not after else (before, hidden - after)
