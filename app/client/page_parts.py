"""What a page has a browser load and run: each file with the hash named beside it, and what ought not be there."""

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

_RELEASED: Final = re.compile(r"/static/[0-9a-f]{16}/([^?#]+)")
# Elements that run or load something, and that no page of the portal has.
_NEVER: Final = frozenset({"applet", "base", "embed", "frame", "frameset", "iframe", "math", "object", "portal"})
_LOADING: Final = frozenset({"stylesheet", "modulepreload", "preload", "icon", "manifest", "prefetch", "import"})
_SOURCES: Final = {"img": "src", "video": "src", "audio": "src", "source": "src", "track": "src", "input": "src"}


@dataclass(slots=True)
class Parts:
    """Files (name below `static/` → SHA-256 in hex, or "" where none is named), and faults in plain words."""

    files: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def parts_of(page: str, path: str) -> Parts:
    """Take a page apart; `path` is where it stands."""
    reader = _Reader(path)
    reader.feed(page)
    reader.close()
    return reader.parts


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.parts = Parts()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.parts.faults += [
            f"<{tag} {name}> runs or paints from within the page"
            for name in said
            if name == "style" or name[:2] == "on"
        ]
        if tag in _NEVER:
            self.parts.faults.append(f"<{tag}> is on no page of the portal")
        elif tag == "script":
            self._script(said)
        elif tag == "link" and _LOADING & set(said.get("rel", "").lower().split()):
            self._load(said.get("href", ""), said.get("integrity", ""), needed="icon" not in said["rel"])
        elif tag == "style":
            self.parts.faults.append("<style> paints from within the page")
        elif tag == "meta" and "http-equiv" in said:
            self.parts.faults.append(f'<meta http-equiv="{said["http-equiv"]}"> is on no page of the portal')
        elif tag in _SOURCES and said.get(_SOURCES[tag]):
            self._load(said[_SOURCES[tag]], "", needed=False)
        if "data-modules" in said:
            self._later(said["data-modules"])

    def _script(self, said: dict[str, str]) -> None:
        if not said.get("src"):
            self.parts.faults.append("a script stands within the page")
        elif said.get("type") != "module":
            self.parts.faults.append(f"{said['src']} is a script that is no module")
        else:
            self._load(said["src"], said.get("integrity", ""), needed=True)

    def _load(self, address: str, integrity: str, *, needed: bool) -> None:
        parts = urlsplit(urljoin(self.path, address))
        found = _RELEASED.fullmatch(parts.path)
        if parts.scheme or parts.netloc or parts.query or not found:
            self.parts.faults.append(f"{address} is loaded, which is no file of the portal")
            return
        digest = _hex(integrity)
        if needed and not digest:
            self.parts.faults.append(f"{address} is loaded without its hash")
        if digest and self.parts.files.get(found[1], digest) not in {digest, ""}:
            self.parts.faults.append(f"{address} is named with two hashes")
        self.parts.files[found[1]] = digest or self.parts.files.get(found[1], "")

    def _later(self, lists: str) -> None:
        try:
            named = [(str(path), str(integrity)) for group in json.loads(lists) for path, integrity in group]
        except (ValueError, TypeError):
            self.parts.faults.append("the list of what comes later cannot be read")
            return
        for path, integrity in named:
            self._load(urljoin("/static/0000000000000000/js/", path), integrity, needed=True)


def _hex(integrity: str) -> str:
    """Give the one SHA-256 that an integrity attribute names, in hex; otherwise nothing."""
    kind, _, encoded = integrity.partition("-")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return digest.hex() if kind == "sha256" and len(digest) == 32 else ""
