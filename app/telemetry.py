"""What is logged: faults by their place in the code, and counts by the day. No address, path, id, header or body.

A line carries the day and not the time, because an exact time of something that a victim did is not ours to keep.
"""

import logging
import sys
import traceback
from collections import Counter
from datetime import UTC, date, datetime
from threading import Lock
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, request

if TYPE_CHECKING:
    from types import TracebackType

log: Final = logging.getLogger("onestop")
Fault = tuple[type[BaseException], BaseException, "TracebackType | None"]


class DailyCounts:
    """How often each endpoint was answered with each class of status; told when the day is over."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.counts: Counter[str] = Counter()
        self.lock = Lock()

    def add(self, name: str, today: date) -> None:
        """Count one answer; the first of a new day tells the day before."""
        with self.lock:
            if self.day != today:
                self._tell()
                self.day = today
            self.counts[name] += 1

    def _tell(self) -> None:
        for name, count in sorted(self.counts.items()):
            log.info("count %s %s %d", self.day, name, count)
        self.counts.clear()


def place_of(error: BaseException) -> str:
    """Describe a fault without anything that was sent: the kinds of error, and where in the code. No message."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        where = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:])
        parts.append(f"{type(seen).__module__}.{type(seen).__qualname__} at {where or 'an unknown place'}")
        seen = seen.__cause__ or seen.__context__
    return " | caused by ".join(parts)


def log_fault(error: BaseException) -> None:
    """Log a fault of this request by its place in the code."""
    log.error("fault in %s: %s", request.endpoint or "no endpoint", place_of(error))


class Portal(Flask):
    """Flask, except that a fault's log line quotes nothing of the request."""

    def log_exception(self, exc_info: "Fault | tuple[None, None, None]") -> None:
        """Log a fault that nobody caught."""
        error = exc_info[1]
        if error is not None:
            log_fault(error)


def init_app(app: Flask, level: str) -> None:
    """Write the portal's own log to standard error, and quiet what would write addresses."""
    if not log.handlers:
        lines = logging.StreamHandler(sys.__stderr__)
        lines.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", datefmt="%Y-%m-%d"))
        log.addHandler(lines)
    log.setLevel(level)
    for talkative in ("werkzeug", "flask-limiter"):
        logging.getLogger(talkative).setLevel(logging.ERROR)
    counts = DailyCounts()

    def count(response: Response) -> Response:
        counts.add(f"{request.endpoint or 'none'} {response.status_code // 100}xx", datetime.now(UTC).date())
        return response

    app.after_request(count)
