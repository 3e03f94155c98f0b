"""Figures as a page draws them: bars in a drawing of fixed size, each with its words; and the file to take along."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _

from app.domain.figures import BY_WEEK
from app.domain.suppression import Shown
from app.forms.figure_tables import Table
from app.forms.figure_words import DIVISIONS, HIDDEN, PUBLIC_TOTALS, TOTALS, part_name
from app.services.statistics import Month

WIDTH: Final = 520  # of a drawing of weeks, in its own units
HEIGHT: Final = 120
LONG: Final = 100  # the longest bar of a division
# A program that reads tables would take such a cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Bar:
    """One part. `number` None: hidden. Drawn at `x`, `width` wide and `length` long, in the drawing's units."""

    word: str
    name: str
    number: int | None
    length: float
    x: float = 0
    width: float = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """One division of a total."""

    figure: str
    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One total with its divisions."""

    total: str
    title: str
    number: int | None
    charts: tuple[Chart, ...]


def sections(totals: Mapping[str, Shown]) -> list[Section]:
    """Give the totals as they are drawn; rows of a crossed table are `app.forms.figure_tables`'s."""
    return [
        Section(
            total,
            str(TOTALS[total]),
            shown.total,
            tuple(_chart(figure, shown) for figure in shown.divided if figure in DIVISIONS),
        )
        for total, shown in totals.items()
    ]


def public_sections(month: Month) -> list[Section]:
    """Give a month that is public, or would be, as it is drawn."""
    found = []
    for total, content in month.content.items():
        divided: dict[str, Any] = {figure: parts for figure, parts in content.items() if figure != "total"}
        charts = tuple(_chart(figure, Shown(content["total"], divided), public=True) for figure in divided)
        found.append(Section(total, str(PUBLIC_TOTALS[total]), content["total"], charts))
    return found


def _chart(figure: str, shown: Shown, *, public: bool = False) -> Chart:
    parts = shown.divided[figure]
    longest = max([number or 0 for number in parts.values()] or [0]) or 1
    step = WIDTH / max(len(parts), 1)
    tall = HEIGHT if figure == BY_WEEK else LONG
    bars = tuple(
        Bar(
            word=word,
            name=part_name(figure, word, public=public),
            number=number,
            length=round((number or 0) / longest * tall, 1),
            x=round(place * step, 1),
            width=round(step * 0.8, 1),
        )
        for place, (word, number) in enumerate(parts.items())
    )
    return Chart(figure, str(DIVISIONS[figure]), bars)


def figures_csv(shown: Iterable[Section], tables: Iterable[Table] = ()) -> str:
    """Give a table for other programs, in the language of the page: with a byte order mark, or Excel spoils Korean."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([_("Figure"), _("Divided"), _("What is counted"), _("How many there are")])
    for section in shown:
        writer.writerow([*map(harmless, (section.title, "", _("All"))), _number(section.number)])
        for chart in section.charts:
            for bar in chart.bars:
                writer.writerow([*map(harmless, (section.title, chart.title, bar.name)), _number(bar.number)])
    for crossed in tables:
        for row in crossed.rows:
            for name, number in ((_("All"), row.number), *((cell.name, cell.number) for cell in row.cells)):
                writer.writerow([*map(harmless, (crossed.title, row.name, name)), _number(number)])
    return "\ufeff" + table.getvalue()


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet calculates."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def _number(number: int | None) -> str:
    return str(HIDDEN) if number is None else str(number)
