"""Platforms by their addresses: aliases of hosts, forms of one address, posters. Twin of `platform.js`.

The list is `app/data/platforms.json`; its patterns use only what Python and JavaScript read alike.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_LIST: Final = Path(__file__).parent.parent / "data" / "platforms.json"


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of an address, without its scheme, and how it is written in the end; `$1` is the first group."""

    pattern: re.Pattern[str]
    to: str
    lower: bool


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform. `poster` finds who posted in a canonical address without its scheme."""

    slug: str
    name: dict[str, str]
    host: str
    aliases: tuple[str, ...]
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
    platforms = tuple(
        Platform(
            slug=each["slug"],
            name=each["name"],
            host=each["host"],
            aliases=tuple(each["aliases"]),
            rules=tuple(
                Rule(re.compile(rule["from"], re.ASCII), rule["to"], rule.get("lower", False)) for rule in each["rules"]
            ),
            poster=re.compile(each["poster"], re.ASCII) if "poster" in each else None,
        )
        for each in read["platforms"]
    )
    return PlatformList(
        version=read["version"],
        tracking_prefixes=tuple(read["tracking_prefixes"]),
        tracking_parameters=frozenset(read["tracking_parameters"]),
        platforms=platforms,
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
                return form.lower() if rule.lower else form
    return address


def platform_of(address: str) -> str | None:
    """Give the slug of the platform that a canonical address without its scheme is on, or None."""
    host = re.split(r"[/?]", address, maxsplit=1)[0]
    return next((each.slug for each in platform_list().platforms if host == each.host), None)


def poster_in(address: str) -> str | None:
    """Give who posted, where a canonical address without its scheme says so: in lower case, without a leading @."""
    for each in platform_list().platforms:
        found = each.poster.search(address) if each.poster else None
        if found:
            return found[1].lower().removeprefix("@")
    return None


def _filled(form: str, found: re.Match[str]) -> str:
    return re.sub(r"\$([1-9])", lambda number: found[int(number[1])], form)
