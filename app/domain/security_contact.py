"""Until when /.well-known/security.txt is to be believed."""

from datetime import date
from typing import Final

# RFC 9116, section 2.5.5, asks for less than a year.
MONTHS: Final = 6


def expires_on(said: str, today: date) -> date:
    """Give the day that the settings say (YYYY-MM-DD), or else the first of the month half a year ahead."""
    if said:
        return date.fromisoformat(said)
    months = today.month - 1 + MONTHS
    return date(today.year + months // 12, months % 12 + 1, 1)
