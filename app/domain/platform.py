"""Platforms by their addresses: aliases of hosts, forms of one address, posters, shapes. Twin of `platform.js`.

The list is `app/data/platforms.json`; its patterns use only what Python and JavaScript read alike. It holds services
that everybody knows: a list of lesser sites would be a map.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_ESCAPE: Final = re.compile(r"%[0-9a-f]{2}", re.ASCII)
_LIST: Final = Path(__file__).parent.parent / "data" / "platforms.json"


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of an address, without its scheme, and how it is written in the end; `$1` is the first group."""

    pattern: re.Pattern[str]
    to: str
    lower: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What an address tells by its shape: `pattern` is sought in all that follows the host, or in a link of an app."""

    pattern: re.Pattern[str]
    kind: str
    points_at: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform.

    `poster` finds who posted in a canonical address without its scheme. `kind` and `points_at` hold where no shape
    fits; `also` are hosts of its own that mean one thing only, `suffixes` what its hosts end in, `schemes` its app's.
    `copy` names the words on how to copy a link there; with `needs_fragment`, a link without one opens nothing.
    """

    slug: str
    name: dict[str, str]
    host: str
    aliases: tuple[str, ...]
    kind: str
    points_at: str
    copy: str
    also: Mapping[str, tuple[str, str]]
    suffixes: tuple[str, ...]
    schemes: tuple[str, ...]
    needs_fragment: bool
    shapes: tuple[Shape, ...]
    rules: tuple[Rule, ...]
    poster: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class PlatformList:
    """The whole list. `version` is the canonicaliser's: tags of two versions are never compared."""

    version: int
    tracking_prefixes: tuple[str, ...]
    tracking_parameters: frozenset[str]
    platforms: tuple[Platform, ...]


@cache
def platform_list() -> PlatformList:
    """Read the list, once."""
    read = json.loads(_LIST.read_text(encoding="utf-8"))
    return PlatformList(
        version=read["version"],
        tracking_prefixes=tuple(read["tracking_prefixes"]),
        tracking_parameters=frozenset(read["tracking_parameters"]),
        platforms=tuple(_platform(each) for each in read["platforms"]),
    )


def _platform(each: Mapping[str, Any]) -> Platform:
    return Platform(
        slug=each["slug"],
        name=each["name"],
        host=each["host"],
        aliases=tuple(each["aliases"]),
        kind=each["kind"],
        points_at=each["points_at"],
        copy=each["copy"],
        also={host: (kind, points_at) for host, (kind, points_at) in each.get("also", {}).items()},
        suffixes=tuple(each.get("suffixes", ())),
        schemes=tuple(each.get("schemes", ())),
        needs_fragment=each.get("needs_fragment", False),
        shapes=tuple(Shape(re.compile(pattern, re.ASCII), kind, at) for pattern, kind, at in each["shapes"]),
        rules=tuple(
            Rule(re.compile(rule["from"], re.ASCII), rule["to"], rule.get("lower", False)) for rule in each["rules"]
        ),
        poster=re.compile(each["poster"], re.ASCII) if "poster" in each else None,
    )


def is_tracking(parameter: str) -> bool:
    """Say whether a parameter of a query only tells who passed the link on."""
    name = parameter.lower()
    listed = platform_list()
    return name in listed.tracking_parameters or name.startswith(listed.tracking_prefixes)


def host_of_record(host: str) -> str:
    """Give the host that stands for a host: itself, or that of the platform whose alias it is."""
    return next((each.host for each in platform_list().platforms if host in each.aliases), host)


def one_form(address: str) -> str:
    """Give the one form of an address without its scheme: the first rule that fits decides, else it stays."""
    for each in platform_list().platforms:
        for rule in each.rules:
            found = rule.pattern.search(address)
            if found:
                form = _filled(rule.to, found)
                return _small(form) if rule.lower else form
    return address


def platform_at(host: str) -> Platform | None:
    """Give the platform that a canonical host belongs to: by its own name first, then by what it ends in."""
    listed = platform_list().platforms
    named = next((each for each in listed if host == each.host or host in each.also), None)
    return named or next(
        (each for each in listed for end in each.suffixes if host == end or host.endswith(f".{end}")), None
    )


def platform_of(address: str) -> str | None:
    """Give the slug of the platform that a canonical address without its scheme is on, or None."""
    found = platform_at(re.split(r"[/?]", address, maxsplit=1)[0])
    return found.slug if found else None


def platform_of_scheme(scheme: str) -> Platform | None:
    """Give the platform whose app opens links of a scheme, written in small letters, or None."""
    return next((each for each in platform_list().platforms if scheme in each.schemes), None)


def poster_in(address: str) -> str | None:
    """Give who posted, where a canonical address without its scheme says so: in lower case, without a leading @."""
    for each in platform_list().platforms:
        found = each.poster.search(address) if each.poster else None
        if found:
            return found[1].lower().removeprefix("@")
    return None


def _filled(form: str, found: re.Match[str]) -> str:
    return re.sub(r"\$([1-9])", lambda number: found[int(number[1])], form)


def _small(form: str) -> str:
    """Give letters small, except in percent-encoding, which has capitals in every canonical form."""
    return _ESCAPE.sub(lambda found: found[0].upper(), form.lower())
