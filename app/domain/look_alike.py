"""Hosts that look like a known one and are another: letters of a second script, or accents, in place of plain ones.

Twin of `static/js/domain/look_alike.js`; both replay `tests/vectors/look_alike.json`. The table holds what Unicode's
confusables have for small Latin letters in Cyrillic, Greek, Armenian and Latin itself (UTS #39, in our own choice).
"""

import re
import unicodedata
from typing import Final

from app.domain.platform import platform_list

_LIKE: Final = {
    "a": "аɑα", "b": "ьƅ", "c": "сϲ", "d": "ԁɗđ", "e": "еҽєɛ", "f": "ƒք", "g": "ɡցǥ", "h": "һհħ", "i": "іıɩιӏ",
    "j": "јյ", "k": "кκᴋ", "l": "ӏłƚι", "m": "мⅿ", "n": "ոηпɴ", "o": "оοօøσ", "p": "рρ", "q": "ԛզ", "r": "гᴦʀ",
    "s": "ѕꜱʂ", "t": "тτŧ", "u": "υսμʋц", "v": "νѵᴠ", "w": "ԝωшᴡ", "x": "хχ", "y": "уγүʏ", "z": "ᴢƶʐ",
}  # fmt: skip
_PLAIN: Final = {sign: letter for letter, signs in reversed(_LIKE.items()) for sign in signs}
_LATIN: Final = re.compile(r"[a-z\u00c0-\u024f]")
_OTHER: Final = re.compile(r"[\u0370-\u052f\u0530-\u058f\u10a0-\u10ff\u13a0-\u13ff\uab70-\uabbf]")
_ACCENT: Final = re.compile(r"[\u0300-\u036f]")
_MOST_LETTERS: Final = 63


def spoken_host(host: str) -> str:
    """Give a host in its own letters: labels in punycode are decoded, as far as they can be."""
    return ".".join(_label(label) for label in host.split("."))


def imitated(host: str) -> str | None:
    """Give the slug of the platform that a host (as parsed: ASCII) imitates with other letters, or None."""
    spoken = spoken_host(host)
    plain = "".join(_PLAIN.get(sign, sign) for sign in _ACCENT.sub("", unicodedata.normalize("NFD", spoken)))
    if plain == spoken:
        return None
    for each in platform_list().platforms:
        known = (each.host, *each.aliases, *each.also, *each.suffixes)
        if any(plain == name or plain.endswith(f".{name}") for name in known):
            return each.slug
    return None


def mixes_scripts(host: str) -> bool:
    """Say whether a label of a host (as parsed: ASCII) has Latin letters beside such of a script that looks alike."""
    labels = spoken_host(host).split(".")
    return any(_LATIN.search(label) and _OTHER.search(label) for label in labels)


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    return _decoded(label.removeprefix("xn--")) or label


def _decoded(code: str) -> str:
    """Decode punycode (RFC 3492, 6.2); empty when it is none."""
    split = code.rfind("-")
    letters = [ord(sign) for sign in code[: max(split, 0)]]
    point, at, bias, done = 128, 0, 72, split + 1
    while done < len(code):
        before, weight, k = at, 1, 36
        while True:
            digit = _digit(code[done : done + 1])
            if digit < 0 or len(letters) > _MOST_LETTERS:
                return ""
            done += 1
            at += digit * weight
            least = min(max(k - bias, 1), 26)
            if digit < least:
                break
            weight *= 36 - least
            k += 36
        size = len(letters) + 1
        bias = _adapted(at - before, size, first=before == 0)
        point += at // size
        at %= size
        if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
            return ""
        letters.insert(at, point)
        at += 1
    return "".join(map(chr, letters))


def _digit(sign: str) -> int:
    found = "abcdefghijklmnopqrstuvwxyz0123456789".find(sign)
    return found if sign else -1


def _adapted(delta: int, size: int, *, first: bool) -> int:
    delta = delta // 700 if first else delta // 2
    delta += delta // size
    k = 0
    while delta > 455:
        delta //= 35
        k += 36
    return k + 36 * delta // (delta + 38)
