"""What a reporter reads of an organisation's hours and absences, in the page's language or, failing that, the other."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.forms.opening_words import usual
from app.services.rota import Reachable, Words


@dataclass(frozen=True, slots=True)
class Said:
    """Words of an organisation, with the language that they are in: `ko` or `en`."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Hours and absence as they are shown today; None where nothing is said.

    `opening` are the usual hours as `app.domain.opening_hours` writes them, `usual` the same in the page's words.
    """

    opening: str = ""
    usual: str = ""
    hours: Said | None = None
    away: Said | None = None
    away_until: date | None = None
    commission_paused_on: date | None = None

    @classmethod
    def of(cls, reachable: Reachable | None, language: str) -> "Reach":
        """Choose the words for a page in `language`."""
        if reachable is None:
            return cls()
        hours, away = said(reachable.hours, language), said(reachable.away, language)
        opening = reachable.opening
        return cls(opening, usual(opening, language), hours, away, reachable.away_until, reachable.commission_paused_on)


SILENT: Final = Reach()


def said(words: Words, language: str) -> Said | None:
    """Give the words in `language`, else in the other; None where there are none."""
    korean, english = Said(words.ko, "ko"), Said(words.en, "en")
    first, second = (korean, english) if language == "ko" else (english, korean)
    return first if first.text else second if second.text else None
