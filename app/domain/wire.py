"""The alphabet of everything that crosses a line: canonical b64u, canonical JSON, and checkers for parsed values.

Twin of `static/js/domain/wire.js`; both replay `tests/vectors/wire.json`. Whatever is wrong raises `FormatError`, which
names the field as a dotted path and never repeats a value that was sent.

A checker is a function `(value, where) -> value`: it returns what it checked or raises `FormatError(where)`.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import pybase64

from app.domain import strict_json
from app.errors import FormatError

T = TypeVar("T")
Checker = Callable[[object, str], T]

MAX_INTEGER: Final = strict_json.MAX_INTEGER
SLUG: Final = re.compile(r"[a-z0-9-]{1,40}\Z", re.ASCII)
LOGIN: Final = re.compile(r"[a-z0-9._-]{1,40}\Z", re.ASCII)


def b64u_encode(piece: bytes) -> str:
    """Give the one base64url spelling without padding (RFC 4648 section 5)."""
    return pybase64.urlsafe_b64encode(piece).rstrip(b"=").decode("ascii")


def b64u_decode(text: object, field: str, length: int | None = None) -> bytes:
    """Read canonical base64url: no padding, no spare bits, `length` bytes when given.

    Raises FormatError(field) for anything else, so two spellings of one value cannot both be accepted.
    """
    # The two signs of the other alphabet, which the decoder still takes, and warns that it will not.
    if not isinstance(text, str) or "+" in text or "/" in text:
        raise FormatError(field)
    try:
        piece = pybase64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
    except ValueError as error:
        raise FormatError(field) from error
    # Whatever else it lets pass, padding or spare bits: there is one spelling of what it gave.
    if (length is not None and len(piece) != length) or b64u_encode(piece) != text:
        raise FormatError(field)
    return piece


def canonical_json(value: object, field: str = "") -> bytes:
    """Serialise exactly as `JSON.stringify` does, in UTF-8, keeping the order of the fields.

    Raises FormatError(field) for lone surrogates, which have no UTF-8.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError as error:
        raise FormatError(field) from error


def parse_canonical(sealed: bytes, field: str = "") -> object:
    """Parse JSON that is sealed or signed: serialising it again must give the same bytes. Raises FormatError(field)."""
    value = strict_json.read(sealed, field)
    if canonical_json(value, field) != sealed:
        raise FormatError(field)
    return value


def parse_request(body: bytes) -> dict[str, object]:
    """Parse a request's JSON object: UTF-8, no key twice, whole numbers, bounded depth. Raises FormatError("body")."""
    value = strict_json.read(body, "body")
    if not isinstance(value, dict):
        raise FormatError("body")
    return value


def fields(value: object, checkers: Mapping[str, Checker[Any]], where: str) -> dict[str, Any]:
    """Check an object with exactly these fields and give them in the order of the schema.

    Raises FormatError(where) for another type or an unknown field, FormatError("where.name") for a missing one.
    """
    if not isinstance(value, dict) or not value.keys() <= checkers.keys():
        raise FormatError(where)
    checked: dict[str, Any] = {}
    for name, check in checkers.items():
        inner = f"{where}.{name}" if where else name
        if name not in value:
            raise FormatError(inner)
        checked[name] = check(value[name], inner)
    return checked


def record(**checkers: Checker[Any]) -> Checker[dict[str, Any]]:
    """Make a checker for an object with exactly these fields, given in the order of the schema."""
    return lambda value, where: fields(value, checkers, where)


def text(most: int, least: int = 0) -> Checker[str]:
    """Make a checker for well-formed text of `least` to `most` Unicode code points."""

    def check(value: object, where: str) -> str:
        if not isinstance(value, str) or not least <= len(value) <= most or not strict_json.well_formed(value):
            raise FormatError(where)
        return value

    return check


def matching(pattern: re.Pattern[str]) -> Checker[str]:
    """Make a checker for a string that the whole pattern matches."""

    def check(value: object, where: str) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise FormatError(where)
        return value

    return check


def boolean(value: object, where: str) -> bool:
    """Check true or false; 1 is neither."""
    if not isinstance(value, bool):
        raise FormatError(where)
    return value


def integer(least: int, most: int) -> Checker[int]:
    """Make a checker for an integer from `least` to `most`; true is not 1."""

    def check(value: object, where: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise FormatError(where)
        return value

    return check


def one_of(words: Sequence[str]) -> Checker[str]:
    """Make a checker for one word of an enum."""

    def check(value: object, where: str) -> str:
        if not isinstance(value, str) or value not in words:
            raise FormatError(where)
        return value

    return check


def several_of(words: Sequence[str]) -> Checker[list[str]]:
    """Make a checker for a list of words of an enum, each at most once, in any order."""
    return list_of(one_of(words), most=len(words), unique_by=lambda word: word)


def list_of(
    check: Checker[T], most: int, least: int = 0, unique_by: Callable[[T], object] | None = None
) -> Checker[list[T]]:
    """Make a checker for a list of `least` to `most` entries; `unique_by` names what no two entries may share."""

    def check_list(value: object, where: str) -> list[T]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise FormatError(where)
        checked = [check(entry, f"{where}.{number}") for number, entry in enumerate(value)]
        if unique_by is not None and len({unique_by(entry) for entry in checked}) != len(checked):
            raise FormatError(where)
        return checked

    return check_list


def nullable(check: Checker[T]) -> Checker[T | None]:
    """Make a checker that also takes null."""
    return lambda value, where: None if value is None else check(value, where)


def b64u_text(length: int) -> Checker[str]:
    """Make a checker for canonical b64u of `length` bytes that leaves it as text."""
    return lambda value, where: b64u_encode(b64u_decode(value, where, length))


def b64u_bytes(*lengths: int) -> Checker[bytes]:
    """Make a checker that gives the bytes of canonical b64u whose length is one of `lengths`."""

    def check(value: object, where: str) -> bytes:
        piece = b64u_decode(value, where)
        if len(piece) not in lengths:
            raise FormatError(where)
        return piece

    return check


version_one: Final = integer(1, 1)
slug: Final = matching(SLUG)
login: Final = matching(LOGIN)
