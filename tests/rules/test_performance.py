"""What docs/performance.md shows is what was measured: its tables are those of docs/bench.json."""

from tests.bench import tables
from tests.bench.method import row


def test_tables_and_figures_agree():
    page, results = tables.PAGE.read_text(encoding="utf-8"), tables.read()
    assert tables.written(page, results) == page


def test_a_changed_figure_would_be_seen():
    line = row("pages", "planted", [1.0], "ms")
    planted = {"bench": {"machine": tables.machine(), "minutes": 1, "rows": [line]}}
    page = tables.written(tables.PAGE.read_text(encoding="utf-8"), planted)
    line["value"] = [2.0, 2.0, 2.0]
    assert tables.written(page, planted) != page


def test_every_measured_table_stands_on_the_page():
    page = tables.PAGE.read_text(encoding="utf-8")
    wanted = {line["table"] for run in tables.read().values() for line in run["rows"]}
    assert [name for name in sorted(wanted) if f"<!-- bench: {name} -->" not in page] == []
