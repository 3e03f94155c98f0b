"""What a reader of the access log looks for, as it stands in the address; and the file that can be taken along."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final

from flask_babel import gettext as _

from app.domain.deadline import KOREA
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError
from app.forms.log_words import ACTIONS, detail_words
from app.services.log_reading import LogEntry, LogFilters

FILTERS: Final = ("by", "kind", "from", "until", "referral")
YEARS: Final = (2000, 2100)
# A program that reads tables would take such a cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def read_filters(sent: Mapping[str, str]) -> LogFilters:
    """Read the filters. Raises FormatError for a day or a referral that is none, and for a sign that no login has."""
    referral, by = sent.get("referral", ""), sent.get("by", "")
    if "\0" in by:  # which PostgreSQL refuses to look for
        raise FormatError("by")
    return LogFilters(
        by=by,
        kind=sent.get("kind", ""),
        first_day=_day(sent, "from"),
        last_day=_day(sent, "until"),
        referral_id=b64u_decode(referral, "referral", 16) if referral else None,
    )


def asked_for(filters: LogFilters) -> dict[str, str]:
    """Give the filters as they stand in an address, those that are empty left out."""
    parts = {
        "by": filters.by,
        "kind": filters.kind,
        "from": filters.first_day.isoformat() if filters.first_day else "",
        "until": filters.last_day.isoformat() if filters.last_day else "",
        "referral": b64u_encode(filters.referral_id) if filters.referral_id else "",
    }
    return {name: value for name, value in parts.items() if value}


def log_csv(entries: Iterable[LogEntry]) -> str:
    """Give a table for other programs, in the language of the page: with a byte order mark, or Excel spoils Korean."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(
        [
            _("Number"), _("Time in Korea"), _("Time (UTC)"), _("Who"), _("What was done"), _("More"), _("To whom"),
            _("Referral"), "action",
        ]
    )  # fmt: skip
    for entry in entries:
        words = [str(ACTIONS.get(entry.action, entry.action)), detail_words(entry.action, entry.detail)]
        cells = [korean_time(entry.at), utc_time(entry.at), entry.by, *words, entry.subject, entry.referral_id]
        writer.writerow([entry.number, *map(_harmless, cells), entry.action])
    return "\ufeff" + table.getvalue()


def korean_time(at: datetime) -> str:
    """Give an exact time as it is in Korea, to the second."""
    return at.astimezone(KOREA).strftime("%Y-%m-%d %H:%M:%S")


def utc_time(at: datetime) -> str:
    """Give an exact time in UTC, to the second, as machines read it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _day(sent: Mapping[str, str], name: str) -> date | None:
    text = sent.get(name, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise FormatError(name) from error
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise FormatError(name)
    return day
