"""`make bench`: ratios taken in one run on one machine. Prints a table, writes bench.json."""

import json
import tempfile
from pathlib import Path

from tests.bench import browser_rows, server_rows
from tests.browser.live_portal import ROOT, LivePortal

PLENTY = "1000000 per minute"
BUDGETS = ("page", "report", "follow_up")


def measure():
    limits = {f"limit_{budget}_{share}": PLENTY for budget in BUDGETS for share in ("all", "each")}
    with (
        tempfile.TemporaryDirectory(prefix="onestop-bench-") as directory,
        LivePortal(Path(directory), **limits) as portal,
    ):
        rows, hello = server_rows.page_rows(portal)
        return [*rows, *server_rows.journey_rows(portal, hello), *browser_rows.rows(portal)]


def main():
    rows = measure()
    (ROOT / "bench.json").write_text(json.dumps({"rows": rows}, indent=1) + "\n", encoding="utf-8")
    widths = [max(len(line[name]) for line in rows) for name in ("name", "against")]
    for line in rows:
        value = f"{line['value']:>9.2f} {line['unit']:<8}"
        goal = f"ratio {line['ratio']:>7.3f}  goal {line['goal']}"
        words = f"{line['name']:<{widths[0]}}  {value}  {line['against']:<{widths[1]}}"
        print(f"{'met   ' if line['met'] else 'MISSED'}  {words}  {goal}")


if __name__ == "__main__":
    main()
