"""How what services give is written in a JSON answer: one spelling for ids, days, moments and records."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache

from app.domain.wire import b64u_encode


def answer(value: object) -> object:
    """Give the JSON of a value: bytes as b64u, days as YYYY-MM-DD, moments as UTC to the second, records as objects.

    Raises TypeError for anything else, so that nothing reaches an answer by accident.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, bytes):
        return b64u_encode(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): answer(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [answer(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: answer(getattr(value, name)) for name in _names(type(value))}
    raise TypeError(type(value).__name__)


@cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))
