"""How everything here is measured, so that two runs say the same: interleaved rounds, medians with quartiles, and no
figure at all from a machine whose own speed changed meanwhile.

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


def drift(baseline):
    """How far the worst round of a baseline lies from its median, as a part of that median."""
    middle = statistics.median(baseline)
    return max(abs(one - middle) for one in baseline) / middle


def interleaved(sides, rounds=ROUNDS):
    """Measure each side once a round; `sides` maps names to callables that give one sample."""
    samples = {name: [] for name in sides}
    for number in range(rounds):
        order = list(sides) if number % 2 == 0 else list(reversed(sides))
        for name in order:
            samples[name].append(sides[name]())
    return samples


def steady(sides, baseline, rounds=ROUNDS):
    """Measure until the baseline stood still; give the samples, its drift, and whether it never did.

    `baseline(samples)` picks from the samples what must not drift.
    """
    for _attempt in range(ATTEMPTS):
        samples = interleaved(sides, rounds)
        moved = drift(baseline(samples))
        if moved <= DRIFT_MOST:
            return samples, moved, False
    return samples, moved, True


def ratios(ours, theirs):
    """Give the ratio of each round."""
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def row(table, name, samples, unit, *, against="", ratio=None, goal=None, moved=None, refused=False):
    """One line of a table. `goal` is `("ratio" or "value", ">=" or "<=", number)`, or None where nothing was promised.

    A refused row keeps its figures out: nobody should quote them.
    """
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
        "drift": None if moved is None else round(moved, 3),
        "refused": refused,
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
