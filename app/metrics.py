"""Figures for those who watch, in Prometheus' format. No label comes from a request: an endpoint is a name in the code.

What strangers do is shown rounded down to tens: a counter that is read every few seconds would otherwise tell when
somebody reported. A failure counts at once, and then does not say which page it was.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, g, request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.samples import Sample

from app.access import asked_endpoint
from app.services.readiness import Waiting

STEP: Final = 10
STRANGERS: Final = "strangers"
STAFF: Final = "staff"

ANSWERS: Final = Counter("onestop_answers", "Answers of an endpoint, by status", ["by", "endpoint", "status"])
FAILURES: Final = Counter("onestop_failures", "Answers with a status of 500 and above; the log says where", ["status"])
SECONDS: Final = Histogram(
    "onestop_answer_seconds", "How long answering took", ["by"], buckets=(0.005, 0.02, 0.1, 0.5, 2, 10)
)


def _shown(sample: Sample) -> Sample | None:
    """Give a sample as it is shown: a stranger's in tens, and not at all before the tenth, which would be the first."""
    if sample.name.endswith("_created"):
        return None
    if sample.labels.get("by") != STRANGERS:
        return sample
    return sample._replace(value=sample.value // STEP * STEP) if sample.value >= STEP else None


class _Rounded:
    """A registry as it is shown."""

    def __init__(self, counted: CollectorRegistry) -> None:
        self.counted = counted

    def collect(self) -> Iterable[Metric]:
        for family in self.counted.collect():
            if not family.name.startswith("onestop_"):
                continue
            family.samples = [shown for sample in family.samples if (shown := _shown(sample)) is not None]
            yield family


class _Now:
    """What is true at this moment: whether a report can be taken, and how long the first letter has been overdue."""

    def __init__(self, waiting: Sequence[Waiting], today: date, *, ready: bool) -> None:
        self.waiting, self.today, self.ready = waiting, today, ready

    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily("onestop_ready", "1 when the portal can take a report", value=float(self.ready))
        overdue = GaugeMetricFamily(
            "onestop_overdue_days",
            "Days since the first letter that nobody has claimed was due; below 1 when none is late",
            labels=["organisation", "urgent"],
        )
        for one in self.waiting:
            days = max(0, (self.today - one.first_due).days) if one.first_due is not None else 0
            overdue.add_metric([one.organisation, str(one.urgent).lower()], days)
        yield overdue


class _Workers(MultiProcessCollector):
    """What all workers counted. One that was killed as it began has left an empty file: that holds nothing yet."""

    def collect(self) -> Iterable[Metric]:
        """Give every worker's figures, added up."""
        files = [str(path) for path in Path(self._path).glob("*.db") if path.stat().st_size]
        return self.merge(files, accumulate=True)  # type: ignore[no-untyped-call, no-any-return]


def exposition(*, ready: bool, waiting: Sequence[Waiting], today: date) -> bytes:
    """Give the figures of all workers together where there are several, else of this process."""
    counted = CollectorRegistry()
    try:  # it finds the directory that gunicorn's configuration has made
        _Workers(counted)  # type: ignore[no-untyped-call]
    except ValueError:
        counted = REGISTRY
    shown = CollectorRegistry()
    shown.register(_Rounded(counted))
    shown.register(_Now(waiting, today, ready=ready))
    return generate_latest(shown)


def by_whom() -> str:
    """Say whether this request's endpoint is for staff; whatever else there is, strangers may call."""
    declared = asked_endpoint()
    return STAFF if declared is not None and declared.role != "anyone" else STRANGERS


# Looked up once each: labels are names in the code and numbers, so there are few.
_answers: Final = cache(ANSWERS.labels)
_failures: Final = cache(FAILURES.labels)
_seconds: Final = cache(SECONDS.labels)


def _begin() -> None:
    g.began = time.perf_counter()


def _count(response: Response) -> Response:
    by, status = by_whom(), response.status_code
    if status >= 500:
        _failures(status).inc()
    else:
        _answers(by, request.endpoint or "none", status).inc()
    began = g.get("began")
    if began is not None:
        _seconds(by).observe(time.perf_counter() - began)
    return response


def init_app(app: Flask) -> None:
    """Count every answer."""
    app.before_request(_begin)
    app.after_request(_count)
