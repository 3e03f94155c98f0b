"""The receipt code: 22 random digits and 2 check digits (ISO 7064 MOD 97-10), shown as six groups of four.

Twin of `static/js/domain/receipt_code.js`; both replay `tests/vectors/receipt_code.json`.
"""

import re
import secrets
from collections.abc import Callable
from typing import Final

from app.errors import FormatError

LENGTH: Final = 24
_RANDOM: Final = 22
_CODE: Final = re.compile(r"[0-9]{24}\Z", re.ASCII)
# What people and keyboards put between digits: spaces of every width, and hyphens, dashes and minus signs.
_BETWEEN: Final = re.compile(
    "[\t\n\r \u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
    "\\-\u00ad\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d]"
)
_FULL_WIDTH: Final = {ord("\uff10") + digit: str(digit) for digit in range(10)}


def generate(randbelow: Callable[[int], int] = secrets.randbelow) -> str:
    """Make a fresh code of 24 digits: uniform below 10²², from the system's random source, and its check digits."""
    digits = f"{randbelow(10**_RANDOM):022d}"
    return digits + check_digits(digits)


def check_digits(digits: str) -> str:
    """Give the two check digits of a string of digits, 02 to 98 (ISO 7064 MOD 97-10)."""
    return f"{98 - int(digits) * 100 % 97:02d}"


def normalise(text: str) -> str:
    """Give the 24 digits of a code however it was typed. Raises FormatError when it is not a code.

    Takes any spaces, hyphens and full-width digits. The check digits are compared exactly: 99 never stands for 02.
    """
    digits = _digits(text)
    if not _is_code(digits):
        raise FormatError("receipt_code")
    return digits


def format(code: str) -> str:
    """Show a code as six groups of four. Raises FormatError when it is not a code."""
    digits = normalise(code)
    return " ".join(digits[start : start + 4] for start in range(0, LENGTH, 4))


def candidates(text: str) -> list[str]:
    """Give the codes that one mistyped digit or two swapped neighbours could have been, in order of place.

    Empty for a code that is right. They are offered, never sent. Raises FormatError unless there are 24 digits.
    """
    digits = _digits(text)
    if _is_code(digits):
        return []
    found = []
    for place in range(LENGTH):
        before, after = digits[:place], digits[place + 1 :]
        found += [before + digit + after for digit in "0123456789" if digit != digits[place]]
        found.append(before + after[:1] + digits[place] + after[1:])
    return list(dict.fromkeys(code for code in found if _is_code(code)))


def _digits(text: str) -> str:
    digits = _BETWEEN.sub("", text).translate(_FULL_WIDTH)
    if not _CODE.match(digits):
        raise FormatError("receipt_code")
    return digits


def _is_code(digits: str) -> bool:
    return check_digits(digits[:_RANDOM]) == digits[_RANDOM:]
