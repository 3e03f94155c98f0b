"""Usual opening hours in words. What `static/js/pages/opening_words.js` says in browsers."""

from babel import Locale
from flask_babel import gettext as _

from app.domain.opening_hours import DAY, WEEK, Opening, clock, minutes_until_open, parse

EVERY_DAY = tuple(range(7))
RUN = 3  # days in a row from which only the first and the last are named


def usual(text: str, language: str) -> str:
    """Say opening hours as `app.domain.opening_hours` writes them; an empty text for none."""
    return ", ".join(f"{_days(one.days, language)} {_times(one)}" for one in parse(text))


def open_now(text: str, minute: int, language: str) -> str:
    """Say whether it is open by these hours in a minute of the week, and when it opens; nothing where none are said."""
    wait = minutes_until_open(text, minute)
    if wait is None:
        return ""
    if wait == 0:
        return str(_("By these hours it is open now."))
    day, time = divmod((minute + wait) % WEEK, DAY)
    words = str(_("By these hours it is closed now and opens on {day} at {time}. Your report arrives all the same."))
    return words.format(day=Locale.parse(language).days["format"]["wide"][day], time=clock(time))


def _days(days: tuple[int, ...], language: str) -> str:
    if days == EVERY_DAY:
        return str(_("Every day"))
    names = Locale.parse(language).days["format"]["abbreviated"]
    in_a_row = days[-1] - days[0] == len(days) - 1
    if in_a_row and len(days) >= RUN:
        return f"{names[days[0]]}–{names[days[-1]]}"
    return "·".join(names[day] for day in days)


def _times(opening: Opening) -> str:
    if opening.until_minute - opening.from_minute == DAY:
        return str(_("24 hours"))
    times = f"{clock(opening.from_minute)}–{clock(opening.until_minute)}"
    if opening.until_minute > opening.from_minute:
        return times
    return str(_("{times} (next morning)")).format(times=times)
