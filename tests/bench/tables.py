"""The tables of docs/performance.md, written from docs/bench.json, so that text and figures cannot disagree."""

import json
import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from tests.browser.live_portal import ROOT

RESULTS = ROOT / "docs" / "bench.json"
PAGE = ROOT / "docs" / "performance.md"
HEAD = "| What | Median (quartiles) | Against | Ratio (quartiles) | Goal | |\n|---|---|---|---|---|---|\n"
MARKED = re.compile(r"(<!-- bench: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def machine():
    """What a reader must know to compare: the processor, its cores, memory, kernel and Python; and the day."""
    names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "memory": f"{memory:.0f} GiB",
        "kernel": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "date": str(datetime.now(UTC).date()),
    }


def figures(three, unit=""):
    if three is None:
        return ""
    median, lower, upper = (f"{one:,.0f}" if one >= 100 else f"{one:.3g}" for one in three)
    inner = "" if three[1] == three[2] else f" ({lower}–{upper})"
    return f"{median}{inner}{' ' * bool(unit)}{unit}"


def verdict(line):
    if line["refused"] and line["rounds"] == 0:
        return "not measured"
    if line["refused"]:
        return f"refused: the machine moved in {line['left_out']} of {line['rounds'] + line['left_out']} rounds"
    return {True: "met", False: "**missed**", None: ""}[line["met"]]


def table(rows):
    lines = [
        [line["name"], figures(line["value"], line["unit"]), line["against"], figures(line["ratio"]), line["goal"]]
        for line in rows
    ]
    return HEAD + "".join(
        f"| {' | '.join([*cells, verdict(line)])} |\n" for cells, line in zip(lines, rows, strict=True)
    )


def measured_on(run):
    on = run["machine"]
    return (
        f"Measured on {on['date']}: {on['processor']}, {on['cores']} cores, {on['memory']}, {on['kernel']}, "
        f"Python {on['python']}; {run['minutes']:.0f} minutes in all.\n"
    )


def written(page, results):
    """Give the page with the tables of these results between its marks."""
    by_table = {}
    for run in results.values():
        for line in run["rows"]:
            by_table.setdefault(line["table"], []).append(line)

    def fill(mark):
        name = mark[2]
        if name.startswith("machine"):
            run = results.get(name.removeprefix("machine_"))
            return mark[1] + (measured_on(run) if run else "Not measured yet.\n") + mark[3]
        return mark[1] + (table(by_table[name]) if name in by_table else "Not measured yet.\n") + mark[3]

    return MARKED.sub(fill, page)


def read():
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}


def keep(name, rows, minutes):
    """Keep one run's rows (`bench` or `large`) in place of the last, and write the tables."""
    results = read() | {name: {"machine": machine(), "minutes": minutes, "rows": rows}}
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")


def shown(line):
    """One row for a terminal."""
    words = {"met": "met    ", "": "       "}.get(verdict(line), "MISSED ")
    if line["refused"]:
        words = "REFUSED"
    ratio = f"ratio {figures(line['ratio'])}" if line["ratio"] else ""
    parts = (figures(line["value"], line["unit"]), line["against"], ratio, line["goal"] and f"goal {line['goal']}")
    return f"{words} {line['name']}: " + "; ".join(part for part in parts if part)
