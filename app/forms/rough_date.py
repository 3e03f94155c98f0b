"""A date as well as it is remembered, in the ways that people write it: «2026», «2026년 11월», «2026.11.3».

What `static/js/pages/report/rough_date.js` reads, for the form without scripts.
"""

import re
import unicodedata
from datetime import date
from typing import Final

from app.domain.vocabulary import UNDISCLOSED

_FIRST_YEAR: Final = 1900
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_PARTED: Final = re.compile(
    r"(\d{4})(?:\s*[-./년]\s*(\d{1,2})(?:\s*[-./월]\s*(\d{1,2})\s*[.일]?)?\s*[.월]?)?\s*년?", re.ASCII
)


def rough_date(typed: str) -> str | None:
    """Give `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `undisclosed` for nothing; None for what cannot be read."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain:
        return UNDISCLOSED
    found = _COMPACT.fullmatch(plain) or _PARTED.fullmatch(plain)
    if found is None:
        return None
    year, month, day = found.groups()
    if not _is_real(int(year), int(month or 1), int(day or 1)):
        return None
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _is_real(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year >= _FIRST_YEAR
    except ValueError:
        return False
