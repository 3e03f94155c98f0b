"""How everything here is measured, so that two runs say the same: interleaved rounds, medians with quartiles, and
no figure from rounds in which the machine's own speed changed.

The server has one core and the client another. In each round every side is measured once, each second round in the
opposite order, and a ratio is taken within its round: what slows a machine for a while slows both sides of it.
"""

import os
import statistics
from contextlib import contextmanager
from dataclasses import dataclass

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
DRIFT_MOST = 0.15
ATTEMPTS = 3
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = {CORES[0]}, {CORES[-1]}
SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True)
class Spread:
    """The median of some samples, and the quartiles around it."""

    median: float
    lower: float
    upper: float


def spread(samples):
    if len(samples) == 1:
        return Spread(samples[0], samples[0], samples[0])
    lower, median, upper = statistics.quantiles(samples, n=4, method="inclusive")
    return Spread(median, lower, upper)


def still(baseline):
    """Give the numbers of the rounds in which the baseline lay near its median: in the others the machine moved."""
    middle = statistics.median(baseline)
    return [number for number, one in enumerate(baseline) if abs(one - middle) <= DRIFT_MOST * middle]


def steady(sides, baseline, rounds=ROUNDS):
    """Measure each side once a round until there are so many still rounds; give those, and how many were left out.

    `sides` maps names to callables that give one sample; `baseline(samples)` picks what must not drift. Fewer rounds
    than asked for come back where the machine never stood still for so long: such a row is refused.
    """
    samples, taken, kept = {name: [] for name in sides}, 0, []
    while len(kept) < rounds and taken < ATTEMPTS * rounds:
        for name in list(sides) if taken % 2 == 0 else reversed(sides):
            samples[name].append(sides[name]())
        taken += 1
        kept = still(baseline(samples))
    return {name: [column[number] for number in kept] for name, column in samples.items()}, taken - len(kept)


def ratios(ours, theirs):
    """Give the ratio of each round."""
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def row(table, name, samples, unit, *, against="", ratio=None, goal=None, left_out=None):
    """One line of a table. `goal` is `("ratio" or "value", ">=" or "<=", number)`, or None where nothing was promised.

    `left_out`: how many rounds were not still. A row with too few that were is refused and keeps its figures out:
    nobody should quote them.
    """
    refused = left_out is not None and len(samples) < ROUNDS
    value, share = spread(samples), None if ratio is None else spread(ratio)
    met = None
    if goal is not None and not refused:
        judged = (share if goal[0] == "ratio" else value).median
        met = bool(judged >= goal[2] if goal[1] == ">=" else judged <= goal[2])
    return {
        "table": table,
        "name": name,
        "value": None if refused else _figures(value),
        "unit": unit,
        "against": "" if refused else against,
        "ratio": None if refused or share is None else _figures(share),
        "goal": "" if goal is None else f"{goal[0]} {SIGNS[goal[1]]} {goal[2]}",
        "met": met,
        "rounds": len(samples),
        "left_out": left_out,
        "refused": refused,
    }


def unmeasured(table, name, unit, goal=None):
    """The line of what could not be measured here: it stands in the table without figures."""
    return row(table, name, [0.0], unit, goal=goal, left_out=0) | {
        "value": None,
        "met": None,
        "refused": True,
        "rounds": 0,
    }


def _figures(one):
    return [round(figure, 3) for figure in (one.median, one.lower, one.upper)]


@contextmanager
def pinned(cores):
    """What is done or started in here runs on these cores alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
