"""Days and due days. The portal counts days in Korea; its targets are its own, kept as dated data, never a promise."""

import json
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Final

KOREA: Final = timezone(timedelta(hours=9))  # no summer time since 1988; a fixed offset needs no zone files
_RULES: Final = Path(__file__).parent.parent / "data" / "deadlines.json"


@cache
def _target_days(urgency: str) -> int:
    days: int = json.loads(_RULES.read_text(encoding="utf-8"))["own_targets"][urgency]["days"]
    return days


def day_of(now: datetime) -> date:
    """Give the day in Korea of an aware time. Raises ValueError for a time without a zone."""
    if now.tzinfo is None:
        message = "a time without a zone has no day"
        raise ValueError(message)
    return now.astimezone(KOREA).date()


def due_on(received_on: date, *, urgent: bool) -> date:
    """Give the day by which a referral should first be worked on: the portal's own target, not a legal one."""
    return received_on + timedelta(days=_target_days("urgent" if urgent else "ordinary"))
