"""What is logged: the place of a fault and the counts of a day, and nothing that leads to anybody."""

import logging
import traceback
from datetime import date

from app.telemetry import DailyCounts, place_of

CANARY = "what somebody typed"
DAY, NEXT = date(2026, 11, 22), date(2026, 11, 23)


def fault():
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise KeyError(CANARY) from error
    except KeyError as error:
        return error


def test_a_fault_is_described_by_its_place_alone():
    assert CANARY in "".join(traceback.format_exception(fault()))  # what is usually logged would quote it
    described = place_of(fault())
    assert CANARY not in described
    assert described.index("builtins.KeyError") < described.index("builtins.ValueError")
    assert "test_telemetry.py" in described


def test_counts_are_told_when_the_day_is_over_and_never_before(caplog):
    counts = DailyCounts()
    with caplog.at_level(logging.INFO, logger="onestop"):
        for _ in range(3):
            counts.add("report.submit 2xx", DAY)
        assert caplog.messages == []
        counts.add("home.show 2xx", NEXT)
    assert caplog.messages == ["count 2026-11-22 report.submit 2xx 3"]
    assert counts.counts == {"home.show 2xx": 1}
