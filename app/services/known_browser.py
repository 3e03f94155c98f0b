"""Browsers in which somebody has signed in before: what strangers try elsewhere does not make these wait.

A cookie that nobody can make up says in whose name a browser was let in once; guesses made from it are counted apart
(OWASP's device cookies). It lets nobody in, and says nothing to whoever reads it.
"""

import hmac
import secrets
from datetime import timedelta
from typing import Final

from app.crypto.encoding import hkdf, text
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError
from app.services.arrival import Arrival

KEPT: Final = timedelta(days=180)  # from the last sign-in on
MOST: Final = 5  # people who share one browser
_NAME: Final = 16
_MARK: Final = 32
_LENGTHS: Final = range(_NAME + _MARK, _NAME + MOST * _MARK + 1, _MARK)


def name_for(arrival: Arrival, login: str) -> bytes:
    """Give the 16 bytes that this browser is known by where the login was let in from it before, else nothing."""
    name, marks = _read(arrival)
    own = _mark(arrival, name, login)
    return name if any(hmac.compare_digest(own, mark) for mark in marks) else b""


def cookie_for(arrival: Arrival, login: str) -> str:
    """Give what the browser keeps after somebody was let in: their mark first, then those of others before them."""
    name, marks = _read(arrival)
    name = name or secrets.token_bytes(_NAME)
    own = _mark(arrival, name, login)
    others = [mark for mark in marks if not hmac.compare_digest(own, mark)]
    return b64u_encode(name + own + b"".join(others[: MOST - 1]))


def _read(arrival: Arrival) -> tuple[bytes, list[bytes]]:
    try:
        kept = b64u_decode(arrival.known, "known")
    except FormatError:
        return b"", []
    if len(kept) not in _LENGTHS:
        return b"", []
    return kept[:_NAME], [kept[at : at + _MARK] for at in range(_NAME, len(kept), _MARK)]


def _mark(arrival: Arrival, name: bytes, login: str) -> bytes:
    return hkdf(arrival.secret, b"known-browser", name, text(login))
