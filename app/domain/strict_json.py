"""JSON as strangers may send it: one meaning, no surprise. What it holds is checked by `app.domain.wire`."""

import json
import re
from typing import Final, Never

from app.errors import FormatError

MAX_INTEGER: Final = 2**53 - 1  # what JavaScript holds exactly
MAX_DEPTH: Final = 12
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


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


def read(sealed: bytes, field: str) -> object:
    """Parse a value of JSON in UTF-8, with no key twice, whole numbers and bounded depth. Raises FormatError(field).

    The interpreter's own limits (depth, digits) are errors of the sender, not of the portal.
    """
    try:
        value = _STRICT.decode(sealed.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise FormatError(field) from error
    # UTF-8 has no lone surrogates, only escapes have; and what has so few brackets is not deep.
    if b"\\" in sealed or _more_than(MAX_DEPTH, sealed):
        _check_tree(value, field)
    return value


def _more_than(most: int, sealed: bytes) -> bool:
    """Tell whether there are more brackets that open; over long stretches without one `find` flies, `count` walks."""
    for bracket in (b"{", b"["):
        place = -1
        while (place := sealed.find(bracket, place + 1)) >= 0:
            most -= 1
            if most < 0:
                return True
    return False


def _check_tree(value: object, field: str) -> None:
    """Refuse deep nesting and lone surrogates."""
    level = [value]
    for _depth in range(MAX_DEPTH + 1):
        inner: list[object] = []
        for each in level:
            if isinstance(each, str) and not well_formed(each):
                raise FormatError(field)
            if isinstance(each, dict | list):
                inner += [*each.keys(), *each.values()] if isinstance(each, dict) else each
        if not inner:
            return
        level = inner
    raise FormatError(field)


def well_formed(text: str) -> bool:
    """Tell whether a text has a spelling in UTF-8, so no lone surrogates."""
    return text.isascii() or not _SURROGATE.search(text)
