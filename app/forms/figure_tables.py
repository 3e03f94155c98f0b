"""Figures that are divided twice, as a page draws them: stacked bars, a funnel, two numbers for each week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.crossed import ShownCells, column_sums
from app.domain.figures import BY_WEEK, PARTS, STAGES
from app.domain.suppression import Shown
from app.forms.figure_words import CROSSED, TOTALS, part_name
from app.forms.figure_words import STAGES as STAGE_WORDS
from app.forms.labels import LABELS

LONG: Final = 100  # the longest bar, in the drawing's units


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a row. `number` None: hidden. Drawn from `x` on, `length` long."""

    word: str
    name: str
    number: int | None
    x: float = 0
    length: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its sum. `hidden`: how much of it is drawn as not shown; `share` in percent, None if unsaid."""

    word: str
    name: str
    number: int | None
    cells: tuple[Cell, ...]
    hidden: Cell | None = None
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of two ways. `sums` of its columns, where all of one is shown."""

    total: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sums: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """What came in and what was closed in the week that begins on `first`, drawn `long` units high."""

    first: str
    came: int | None
    closed: int | None
    long: tuple[float, float]


def open_table(shown: Shown, cells: ShownCells) -> Table:
    """Open referrals by state and age."""
    names = {state: str(LABELS["referral_states"][state]) for state in cells}
    return _table("open", shown.divided["state"], cells, names, {age: part_name("age", age) for age in PARTS["age"]})


def receivers_table(shown: Shown, cells: ShownCells, names: Mapping[str, str]) -> Table:
    """What was passed on, by the organisation that received it and its answer; in the order of their names."""
    answers = {answer: part_name("answer", answer) for answer in PARTS["answer"]}
    named = {slug: names.get(slug, slug) for slug in sorted(cells, key=lambda slug: names.get(slug, slug))}
    return _table("passed_on", shown.divided["receiver"], cells, named, answers, of="accepted", among=("refused",))


def links_table(shown: Shown, cells: ShownCells) -> Table:
    """Links by stage, from reported on; each row's first cell is how many came at least so far."""
    stages = tuple(STAGES)[::-1]
    numbers = shown.divided["stage"]
    reached = [_reached(shown.total, [numbers[stage] for stage in stages], at) for at in range(len(stages))]
    longest = max([number or 0 for number in reached] or [0]) or 1
    rows = tuple(
        Row(
            stage,
            str(STAGE_WORDS[stage][0]),
            numbers[stage],
            (
                Cell("reached", str(STAGE_WORDS[stage][1]), at_least, 0, round((at_least or 0) / longest * LONG, 1)),
                *(Cell(state, str(LABELS["item_states"][state]), number) for state, number in cells[stage].items()),
            ),
            share=_share(numbers["back"], numbers["gone"]) if stage == "back" else None,
        )
        for stage, at_least in zip(stages, reached, strict=True)
    )
    return Table("links", str(TOTALS["links"]), (), rows)


def weeks(came: Shown, closed: Shown) -> tuple[Week, ...]:
    """What came in beside what was closed, week by week."""
    came_by, closed_by = came.divided[BY_WEEK], closed.divided[BY_WEEK]
    longest = max([number or 0 for number in (*came_by.values(), *closed_by.values())] or [0]) or 1
    return tuple(
        Week(week, number, closed_by[week], (_long(number, longest), _long(closed_by[week], longest)))
        for week, number in came_by.items()
    )


def days_words(days: int) -> str:
    """Say how long something took."""
    words: str = _("the same day") if days == 0 else ngettext("%(num)s day", "%(num)s days", days)
    return words


def _table(
    total: str,
    numbers: Mapping[str, int | None],
    cells: ShownCells,
    names: Mapping[str, str],
    columns: Mapping[str, str],
    *,
    of: str = "",
    among: Sequence[str] = (),
) -> Table:
    longest = max([number or 0 for number in numbers.values()] or [0]) or 1
    rows = []
    for word, name in names.items():
        at, drawn = 0.0, []
        for column, column_name in columns.items():
            number = cells[word][column]
            drawn.append(Cell(column, column_name, number, round(at, 1), _long(number, longest)))
            at += drawn[-1].length
        number = numbers[word]
        rest = _long((number or 0) - sum(cell.number or 0 for cell in drawn), longest) if number else 0
        hidden = Cell("hidden", "", None, round(at, 1), rest or 2) if rest or number is None else None
        share = _share(cells[word][of], *(cells[word][one] for one in among)) if of else None
        rows.append(Row(word, name, number, tuple(drawn), hidden, share))
    sums = tuple(column_sums(cells).get(column) for column in columns)
    return Table(total, str(CROSSED[total]), tuple(columns.values()), tuple(rows), sums)


def _long(number: int | None, longest: int) -> float:
    return round((number or 0) / longest * LONG, 1)


def _reached(total: int | None, numbers: Sequence[int | None], at: int) -> int | None:
    """Give how many are at a stage or farther, as anybody could work it out from what is shown."""
    before = _sum(numbers[:at])
    return _sum(numbers[at:]) if total is None or before is None else total - before


def _sum(numbers: Sequence[int | None]) -> int | None:
    return None if None in numbers else sum(number or 0 for number in numbers)


def _share(part: int | None, *others: int | None) -> int | None:
    """Give a part in percent of itself and the others, from numbers that are all shown."""
    whole = _sum([part, *others])
    return round((part or 0) * 100 / whole) if whole else None
