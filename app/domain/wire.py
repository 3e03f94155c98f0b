"""The alphabet of everything that crosses a line: canonical b64u, canonical JSON, and checkers for parsed values.

Twin of `static/js/domain/wire.js`; both replay `tests/vectors/wire.json`. Whatever is wrong raises `FormatError`, which
names the field as a dotted path and never repeats a value that was sent.

A checker is a function `(value, where) -> value`: it returns what it checked or raises `FormatError(where)`.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Never, TypeVar

from app.errors import FormatError

T = TypeVar("T")
Checker = Callable[[object, str], T]

MAX_INTEGER: Final = 2**53 - 1  # what JavaScript holds exactly
MAX_DEPTH: Final = 12
SLUG: Final = re.compile(r"[a-z0-9-]{1,40}\Z", re.ASCII)
LOGIN: Final = re.compile(r"[a-z0-9._-]{1,40}\Z", re.ASCII)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# What is no sign of base64url becomes a blank, which strict base64 refuses; so are characters whose spare bits are set.
_TO_BASE64: Final = bytes.maketrans(b"-_+/=", b"+/   ")
_LAST: Final = {2: frozenset("AQgw"), 3: frozenset("AEIMQUYcgkosw048")}


def b64u_encode(piece: bytes) -> str:
    """Give the one base64url spelling without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(piece).rstrip(b"=").decode("ascii")


def b64u_decode(text: object, field: str, length: int | None = None) -> bytes:
    """Read canonical base64url: no padding, no spare bits, `length` bytes when given.

    Raises FormatError(field) for anything else, so two spellings of one value cannot both be accepted.
    """
    odd = len(text) % 4 if isinstance(text, str) else 1
    if not isinstance(text, str) or odd == 1 or (odd and text[-1] not in _LAST[odd]):
        raise FormatError(field)
    try:
        padded = text.encode("ascii").translate(_TO_BASE64) + b"=" * (-odd % 4)
        piece = binascii.a2b_base64(padded, strict_mode=True)
    except ValueError as error:
        raise FormatError(field) from error
    if length is not None and len(piece) != length:
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
    value = _parse(sealed, field)
    if canonical_json(value, field) != sealed:
        raise FormatError(field)
    return value


def parse_request(body: bytes) -> dict[str, object]:
    """Parse a request's JSON object: UTF-8, no key twice, whole numbers, bounded depth. Raises FormatError("body")."""
    value = _parse(body, "body")
    if not isinstance(value, dict):
        raise FormatError("body")
    return value


def _deny(_: str) -> Never:
    raise ValueError


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(fields_once := dict(pairs)) != len(pairs):
        raise ValueError
    return fields_once


def _exact(digits: str) -> int:
    if abs(number := int(digits)) > MAX_INTEGER:  # JavaScript would round it
        raise ValueError
    return number


_STRICT: Final = json.JSONDecoder(object_pairs_hook=_once, parse_int=_exact, parse_float=_deny, parse_constant=_deny)


def _parse(sealed: bytes, field: str) -> object:
    """Parse strictly; the interpreter's own limits (depth, digits) are errors of the sender, not of the portal."""
    try:
        value = _STRICT.decode(sealed.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise FormatError(field) from error
    # UTF-8 has no lone surrogates, only escapes have; and what has so few brackets is not deep.
    if b"\\" in sealed or sealed.count(b"{") + sealed.count(b"[") > MAX_DEPTH:
        _check_tree(value, field)
    return value


def _check_tree(value: object, field: str) -> None:
    """Refuse deep nesting and lone surrogates."""
    level = [value]
    for _depth in range(MAX_DEPTH + 1):
        inner: list[object] = []
        for each in level:
            if isinstance(each, str) and not _well_formed(each):
                raise FormatError(field)
            if isinstance(each, dict | list):
                inner += [*each.keys(), *each.values()] if isinstance(each, dict) else each
        if not inner:
            return
        level = inner
    raise FormatError(field)


def _well_formed(text: str) -> bool:
    return text.isascii() or not _SURROGATE.search(text)


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
        if not isinstance(value, str) or not least <= len(value) <= most or not _well_formed(value):
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
