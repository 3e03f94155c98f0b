"""Addresses that were written so that nobody follows them by accident: `hxxps://a[.]example`, made whole again.

Twin of `static/js/domain/refang.js`; both replay `tests/vectors/refang.json`. Only for reading and matching: what was
typed stays as it was typed.
"""

import re
from typing import Final

_SCHEME: Final = re.compile(r"h(?:xx|\*\*|__|tt)p(s?)(?=\[?:)", re.ASCII | re.IGNORECASE)
_MARKS: Final = re.compile(r"\[://\]|\[:\]//", re.ASCII)
_DOT: Final = re.compile(r"[\[({](?:\.|dot)[\])}]", re.ASCII | re.IGNORECASE)
_HOST: Final = re.compile(r"([a-z][a-z0-9+.-]*://)?[^/?#]*", re.ASCII | re.IGNORECASE)


def refanged(typed: str) -> str:
    """Give an address with its scheme and its dots as they were; what is no such address comes back as it is.

    The path stays as it is: a bracket there belongs to it.
    """
    found = _SCHEME.match(typed)
    scheme = _MARKS.sub("://", ("http" + found[1] + typed[found.end() :]) if found else typed, count=1)
    head = _HOST.match(scheme)
    end = head.end() if head else 0
    return _DOT.sub(".", scheme[:end]) + scheme[end:]
