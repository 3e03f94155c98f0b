"""One form for all addresses of one thing, to match by and for nothing else: the letter keeps what was typed.

Twin of `static/js/domain/canonical_url.js`; both replay `tests/vectors/canonical_url.json`. WHATWG parsing on both
sides. Nothing here is ever fetched.
"""

import base64
import re
from collections.abc import Mapping
from typing import Final

from ada_url import URL

from app.domain.platform import host_of_record, is_tracking, one_form, platform_list, poster_in
from app.domain.refang import refanged
from app.errors import FormatError

CANONICALISER_VERSION: Final = platform_list().version
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.ASCII | re.IGNORECASE)  # no port: host:8080 has none
_MAGNET: Final = re.compile(r"magnet:\?", re.ASCII | re.IGNORECASE)
_MOBILE: Final = re.compile(r"^(?:(?:www|m|mobile)\.)+(?=[^.]+\.)", re.ASCII)
# A name of two labels or more, none empty, or an IPv6 address. Engines agree on no other sign in a host.
_HOST: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|\[[0-9a-f:.]+\]", re.ASCII)
_AUTHORITY: Final = re.compile(r"(?:https?:[/\\]*)?(?:[^/\\?#]*@)?([^/\\?#]*)", re.ASCII | re.IGNORECASE)
_DROPPED: Final = re.compile(r"[\t\r\n]")
_DEFAULT_PORTS: Final = frozenset({"", "80", "443"})  # of http and of https, which are one
_PERCENT: Final = re.compile(r"[%\uff05\ufe6a]")
_ENCODED: Final = re.compile(r"%([0-9A-Fa-f]{2})?", re.ASCII)
_OUTSIDE: Final = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]", re.ASCII)
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]", re.ASCII)
_TOPIC: Final = re.compile(
    r"urn:(btih:[0-9a-f]{40}|btih:[a-z2-7]{32}|btmh:[0-9a-f]{6,140})(?![0-9a-z])", re.ASCII | re.IGNORECASE
)
_BASE32: Final = len("btih:") + 32


def canonical_url(url: str) -> str:
    """Give the canonical form of a web address or magnet link, as typed, the scheme left out when it was.

    Defanged ones (`hxxp`, `[.]`) are made whole first; http and https are one. Raises FormatError("url") for all else.
    """
    typed = refanged(url.strip(" \t\r\n"))
    if _MAGNET.match(typed):
        return _canonical_magnet(typed)
    return "https://" + _without_scheme(typed)


def _without_scheme(typed: str) -> str:
    try:
        parsed = URL(typed if _SCHEME.match(typed) else f"https://{typed}")
    except (ValueError, UnicodeEncodeError) as error:
        raise FormatError("url") from error
    host = _MOBILE.sub("", parsed.hostname.removesuffix("."), count=1)
    if parsed.protocol not in {"http:", "https:"} or not _HOST.fullmatch(host) or _is_encoded(typed):
        raise FormatError("url")
    port = "" if parsed.port in _DEFAULT_PORTS else f":{parsed.port}"
    path = _normal(parsed.pathname).rstrip("/")
    query = _query(parsed.search.removeprefix("?"))
    return one_form(host_of_record(host) + port + path + query)


def _is_encoded(typed: str) -> bool:
    """Say whether the host is typed with a percent sign: what that means, Chromium and the standard do not agree on."""
    found = _AUTHORITY.match(_DROPPED.sub("", typed))
    return found is not None and _PERCENT.search(found[1]) is not None


def _query(search: str) -> str:
    """Give the sorted rest of a query without what only tracks, its question mark in front; empty when none is left."""
    pairs = [_normal(pair) for pair in search.split("&") if pair]
    kept = sorted(pair for pair in pairs if not is_tracking(pair.split("=", 1)[0]))
    return "?" + "&".join(kept) if kept else ""


def _normal(part: str) -> str:
    """Normalise percent-encoding (RFC 3986, 6.2.2): capitals in it, and none where none is needed.

    A percent sign that encodes nothing is encoded itself, or it would with what follows encode something the next time;
    so is a sign that belongs to no URI, such as `|`, which some engines encode and others leave.
    """

    def spell(found: re.Match[str]) -> str:
        if found[1] is None:
            return "%25"
        sign = chr(int(found[1], 16))
        return sign if _UNRESERVED.fullmatch(sign) else f"%{found[1].upper()}"

    return _OUTSIDE.sub(lambda found: f"%{ord(found[0]):02X}", _ENCODED.sub(spell, part))


def _canonical_magnet(typed: str) -> str:
    topics = {_topic(found.lower()) for found in _TOPIC.findall(typed)}
    if not topics:
        raise FormatError("url")
    return "magnet:?" + "&".join(f"xt=urn:{topic}" for topic in sorted(topics))


def _topic(found: str) -> str:
    """Give a topic in hexadecimal; an old client writes the same hash in base32."""
    if len(found) != _BASE32:
        return found
    return "btih:" + base64.b32decode(found.removeprefix("btih:").upper()).hex()


def match_keys(item: Mapping[str, str | None]) -> list[dict[str, str]]:
    """Give what an item (its `url` and `poster`) can be matched by: `url`, `site`, `poster`, as far as they are known.

    Raises FormatError("url") for an address that is none.
    """
    url, poster = item["url"], item["poster"] or ""
    if url is None:
        return []
    canonical = canonical_url(url)
    keys = [{"kind": "url", "canonical": canonical}]
    if not canonical.startswith("https://"):
        return keys
    address = canonical.removeprefix("https://")
    site = re.split(r"[/?]", address, maxsplit=1)[0]
    keys.append({"kind": "site", "canonical": site})
    handle = poster_in(address) or _handle(poster)
    if handle:
        keys.append({"kind": "poster", "canonical": f"{site}/{handle}"})
    return keys


def _handle(poster: str) -> str:
    """Give a handle as typed without spaces and a leading @, ASCII letters small."""
    bare = re.sub(r"[ \t\r\n\u3000]", "", poster).removeprefix("@")
    return "".join(sign.lower() if sign.isascii() else sign for sign in bare)
