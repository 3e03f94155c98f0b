"""What is logged: one JSON object a line, with no other members than FIELDS. No address, path, id, header or body.

A line carries the day and not the time, because an exact time of something that a victim did is not ours to keep.
"""

import json
import logging
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, request

from app.domain.deadline import day_of

if TYPE_CHECKING:
    from types import TracebackType

log: Final = logging.getLogger("onestop")
Fault = tuple[type[BaseException], BaseException, "TracebackType | None"]

# docs/operations.md says what each of them is; a test compares.
FIELDS: Final = ("day", "level", "event", "endpoint", "place", "text")


class Lines(logging.Formatter):
    """Writes a record as one line of JSON; what is not in FIELDS, a record's arguments included, stays out."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line. `event` is the message as the code has it, before anything is put into it."""
        day = day_of(datetime.fromtimestamp(record.created, UTC)).isoformat()
        known = {"day": day, "level": record.levelname, "event": str(record.msg)}
        more = {name: str(vars(record)[name]) for name in FIELDS if name in vars(record)}
        return json.dumps(known | more, ensure_ascii=False)


def kind_of(error: BaseException) -> str:
    """Name a kind of error; for SQLite's, whose one kind is all there is, with its name for the trouble."""
    trouble = getattr(error, "sqlite_errorname", "")
    return f"{type(error).__module__}.{type(error).__qualname__}{' ' if trouble else ''}{trouble}"


def place_of(error: BaseException) -> str:
    """Describe a fault without anything that was sent: the kinds of error, and where in the code. No message."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        where = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:])
        parts.append(f"{kind_of(seen)} at {where or 'an unknown place'}")
        seen = seen.__cause__ or seen.__context__
    return " | caused by ".join(parts)


def log_fault(error: BaseException) -> None:
    """Log a fault of this request by its place in the code."""
    log.error("fault", extra={"endpoint": request.endpoint or "none", "place": place_of(error)})


class Portal(Flask):
    """Flask, except that a fault's log line quotes nothing of the request, and that nothing here is a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give the function as it is: looking whether it is a coroutine, seven times a request, is dear."""
        return func

    def log_exception(self, exc_info: "Fault | tuple[None, None, None]") -> None:
        """Log a fault that nobody caught."""
        error = exc_info[1]
        if error is not None:
            log_fault(error)


def lines_to_standard_error() -> logging.Handler:
    """Give a handler that writes such lines where systemd and container engines collect them."""
    handler = logging.StreamHandler(sys.__stderr__)
    handler.setFormatter(Lines())
    return handler


def init_app(_app: Flask, level: str) -> None:
    """Write the portal's own log to standard error, and quiet what would write addresses."""
    if not log.handlers:
        log.addHandler(lines_to_standard_error())
    log.setLevel(level)
    for talkative in ("werkzeug", "flask-limiter"):
        logging.getLogger(talkative).setLevel(logging.ERROR)
