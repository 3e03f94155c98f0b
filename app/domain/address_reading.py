"""What one address tells by itself: where it is, what it points at, and what is unusual about it. Never fetched.

Twin of `static/js/domain/address_reading.js`; both replay `tests/vectors/address_reading.json`. A reading is a proposal
to whoever typed the address, never a judgement: what cannot be told is said to be unclear.
"""

import re
from typing import Final, NamedTuple, TypedDict

from ada_url import URL

from app.domain.canonical_url import canonical_url
from app.domain.look_alike import imitated, mixes_scripts
from app.domain.pasted_text import addresses_in
from app.domain.platform import Platform, platform_at, platform_of_scheme
from app.domain.refang import refanged
from app.domain.vocabulary import UNDISCLOSED
from app.errors import FormatError

FORMS: Final = ("web", "magnet", "app_link", "other", "words")
POINTS_AT: Final = ("thing", "account", "room", "search", "list", "home", "short_link", "unclear")
NOTES: Final = (
    "onion", "ip_address", "port", "look_alike", "mixed_scripts", "name_in_front", "no_key", "no_topic",
)  # fmt: skip
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):(?![0-9])", re.ASCII | re.IGNORECASE)
_INTENT: Final = re.compile(r"intent:(?://)?(.*?)#intent;(?:.*;)?scheme=([a-z][a-z0-9+.-]*);", re.ASCII | re.IGNORECASE)
_PARTS: Final = re.compile(r"(\[[^\]]*\]|[^:/?]*)(?::([0-9]+))?(.*)", re.ASCII | re.DOTALL)
_IPV4: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", re.ASCII)
# Boards of software that many small sites run: an address that names one entry, and one that names none.
_BOARD: Final = (
    (re.compile(r"[?&](?:wr_id|document_srl)=[0-9]|/(?:bbs|board)/.*[?&](?:no|idx|num|id|article_id)=[0-9]"), "thing"),
    (re.compile(r"[?&](?:bo_table|mid)=|^/(?:bbs|board|forum|community)(?:/|$)"), "list"),
)


class Reading(TypedDict):
    """What was read. `host` is ASCII, empty where there is none; `platform` is a slug, `like` that of one imitated."""

    form: str
    host: str
    platform: str | None
    kind: str
    points_at: str
    like: str | None
    notes: list[str]


class _Parts(NamedTuple):
    host: str
    port: str
    rest: str


def read_address(typed: str) -> Reading:
    """Read one address as typed, with or without its scheme, defanged or not. Words are read as words."""
    address = _plain(typed)
    named = _SCHEME.match(address)
    scheme = named[1].lower() if named else ""
    if scheme == "magnet":
        return _magnet(address)
    if scheme not in {"", "http", "https"}:
        return _app_link(scheme, address)
    if not scheme and not addresses_in(typed):
        return _reading("words")
    try:
        return _web(address, canonical_url(address).removeprefix("https://"))
    except FormatError:
        return _reading("words" if not scheme else "other")


def proposed_kind(typed: str) -> str:
    """Give the kind of place that an address shows, or `undisclosed` where it shows none."""
    return read_address(typed)["kind"]


def _plain(typed: str) -> str:
    address = refanged(typed.strip(" \t\r\n"))
    intent = _INTENT.match(address)
    return f"{intent[2]}://{intent[1]}" if intent else address


def _magnet(address: str) -> Reading:
    try:
        canonical_url(address)
    except FormatError:
        return _reading("magnet", kind="p2p", notes=["no_topic"])
    return _reading("magnet", kind="p2p", points_at="thing")


def _app_link(scheme: str, address: str) -> Reading:
    if scheme == "ed2k":
        return _reading("app_link", kind="p2p", points_at="thing")
    platform = platform_of_scheme(scheme)
    rest = address[len(scheme) + 1 :]
    if not platform:
        return _reading("other" if rest.startswith("//") else "words")
    rest = rest.removeprefix("//")
    kind, points_at = _shaped(platform, f"{scheme}:{rest}")
    return _reading("app_link", platform=platform, kind=kind, points_at=points_at)


def _web(address: str, canonical: str) -> Reading:
    found = _PARTS.match(canonical)
    parts = _Parts(found[1], found[2] or "", found[3]) if found else _Parts(canonical, "", "")
    platform = platform_at(parts.host)
    kind, points_at = _placed(platform, parts)
    like = None if platform else imitated(parts.host)
    given = URL(address if _SCHEME.match(address) else f"https://{address}")
    said = {
        "onion": parts.host.endswith(".onion"),
        "ip_address": parts.host.startswith("[") or _IPV4.fullmatch(parts.host) is not None,
        "port": parts.port != "",
        "look_alike": like is not None,
        "mixed_scripts": like is None and mixes_scripts(parts.host),
        "name_in_front": "." in given.username,
        "no_key": platform is not None and platform.needs_fragment and points_at != "home" and len(given.hash) < 2,
    }
    notes = [note for note in NOTES if said.get(note)]
    return _reading("web", host=parts.host, platform=platform, kind=kind, points_at=points_at, like=like, notes=notes)


def _placed(platform: Platform | None, parts: _Parts) -> tuple[str, str]:
    """Give the kind of a web address and what it points at."""
    if platform and parts.host in platform.also:
        kind, points_at = platform.also[parts.host]
        return kind, points_at if parts.rest else "home"
    if platform:
        own = any(parts.host.endswith(f".{end}") for end in platform.suffixes)  # somebody's own place there
        return _shaped(platform, parts.rest) if parts.rest or own else (platform.kind, "home")
    for pattern, points_at in _BOARD:
        if pattern.search(parts.rest):
            return "forum", points_at
    return "page", "thing" if parts.rest else "home"


def _shaped(platform: Platform, rest: str) -> tuple[str, str]:
    for shape in platform.shapes:
        if shape.pattern.search(rest):
            return shape.kind, shape.points_at
    return platform.kind, platform.points_at


def _reading(  # a reading has that many sides
    form: str,
    *,
    host: str = "",
    platform: Platform | None = None,
    kind: str = UNDISCLOSED,
    points_at: str = "unclear",
    like: str | None = None,
    notes: list[str] | None = None,
) -> Reading:
    return {
        "form": form,
        "host": host,
        "platform": platform.slug if platform else None,
        "kind": kind,
        "points_at": points_at,
        "like": like,
        "notes": notes or [],
    }
