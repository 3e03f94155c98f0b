"""What can be seen from the addresses of a report that came without scripts, and what may be missing.

What `static/js/pages/report/link_view.js` says under each address. Nothing is opened, and nothing here is a judgement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _

from app.data import read
from app.domain.address_reading import Reading, read_address
from app.domain.letter import Item
from app.domain.platform import Platform, platform_list
from app.domain.vocabulary import UNDISCLOSED
from app.forms.labels import LABELS

MOST_NUMBERS: Final = 12  # of addresses that are alike; of the others it is as true


@dataclass(frozen=True, slots=True)
class Copying:
    """How the exact address is copied there, under its heading, and that nobody need go and look."""

    title: str
    words: str
    no_need: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said of one address, or of several alike: what it looks like, what may be missing, how it is copied."""

    seen: str
    lines: tuple[str, ...]
    copying: Copying | None


def advice_on(items: Sequence[Item], language: str) -> list[tuple[str, Advice]]:
    """Give what there is to say, each once, with the addresses it is said of as the letter counts them, from 1.

    Where nothing is missing there is nothing to say.
    """
    found: dict[Advice, list[int]] = {}
    for number, item in enumerate(items, 1):
        advice = None if item["url"] is None else _advice(read_address(item["url"]), language)
        if advice is not None and (advice.lines or advice.copying):
            found.setdefault(advice, []).append(number)
    return [(_numbered(numbers), advice) for advice, numbers in found.items()]


def _numbered(numbers: list[int]) -> str:
    listed = ", ".join(str(number) for number in numbers[:MOST_NUMBERS])
    return str(_("Address %(number)s", number=listed if len(numbers) <= MOST_NUMBERS else f"{listed} …"))


def _advice(reading: Reading, language: str) -> Advice:
    if reading["form"] in {"words", "other"}:
        return Advice("", (_words("says", "other", language),), None)
    platform, like = _platform(reading["platform"]), _platform(reading["like"])
    places = {"name": like.name[language] if like else "", "host": reading["host"]}
    lines = [_words("missing", reading["points_at"], language)]
    lines += [_words("notes", note, language, **places) for note in reading["notes"]]
    is_right = reading["points_at"] == "thing" and not reading["notes"]
    copying = None if is_right else _copying(reading, platform, language)
    return Advice(_seen(reading, platform, language), tuple(line for line in lines if line), copying)


def _copying(reading: Reading, platform: Platform | None, language: str) -> Copying | None:
    name = "p2p" if reading["form"] == "magnet" else platform.copy if platform else ""
    words = _words("copying", name, language)
    title, no_need = (_words("says", one, language) for one in ("how_to_copy", "no_need"))
    return Copying(title, words, no_need) if words else None


def _seen(reading: Reading, platform: Platform | None, language: str) -> str:
    kind = "" if reading["kind"] == UNDISCLOSED else str(LABELS["link_kinds"][reading["kind"]])
    what = _words("forms", reading["form"], language) or _words("points_at", reading["points_at"], language) or kind
    words = " · ".join(part for part in (platform.name[language] if platform else "", what) if part)
    return _words("says", "seen", language, words=words)


def _platform(slug: str | None) -> Platform | None:
    return next((each for each in platform_list().platforms if each.slug == slug), None)


def _words(part: str, name: str, language: str, /, **places: str) -> str:
    """Give the words of the list, or none where it has none."""
    said: dict[str, dict[str, Any]] = read("address_words")[part]
    words: str = said.get(name, {}).get(language, "")
    for place, value in places.items():
        words = words.replace(f"{{{place}}}", value)
    return words
