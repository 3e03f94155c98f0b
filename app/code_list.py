"""The list of all that browsers are sent of the static tree: each file's SHA-256, and one number over all of them.

The same from a running portal and from a tree of its source, byte for byte, so that two sides can be compared.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.static_tree import imports_of, later_imports_of, served_files

# Where a reporter's pages begin; all that these import, at once or later, belongs to them.
REPORTER_MODULES: Final = (
    "js/pages/exit.js",
    "js/pages/neutral.js",
    "js/pages/report.js",
    "js/pages/follow_up.js",
    "js/workers/proof.js",
)
REPORTER_STYLES: Final = (
    "vendor/govuk-6.6.0.css",
    "css/onestop.css",
    "css/no_script.css",
    "css/report.css",
    "css/follow_up.css",
    "css/plain.css",
    "css/figures.css",
    "css/ceremony.css",
    "icon.svg",
)


@dataclass(frozen=True, slots=True)
class CodeList:
    """SHA-256 (hex) by name: of what reporters' pages load, and of the rest; `sum` is one number over both."""

    version: str
    release: str
    reporter: Mapping[str, str]
    staff: Mapping[str, str]

    @property
    def files(self) -> dict[str, str]:
        """All files, sorted by name."""
        return dict(sorted({**self.reporter, **self.staff}.items()))

    @property
    def sum(self) -> str:
        """Give the SHA-256 of what `sha256sum` would print of all files, sorted by name."""
        lines = (f"{digest}  {name}\n" for name, digest in self.files.items())
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def text(self) -> str:
        """Give the list as JSON, one file a line."""
        said = {
            "v": 1,
            "version": self.version,
            "release": self.release,
            "sum": self.sum,
            "reporter": dict(self.reporter),
            "staff": dict(self.staff),
        }
        return json.dumps(said, indent=1) + "\n"


def read_code(root: Path) -> CodeList:
    """Give the list of a tree of the portal's source."""
    contents = dict(served_files(root / "static"))
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    return code_list(root, digests, lambda name: contents[name])


def code_list(root: Path, digests: Mapping[str, str], content_of: Callable[[str], bytes]) -> CodeList:
    """Give the list of files whose SHA-256 is known; `root` is where the version stands."""
    release = hashlib.sha256("".join(f"{name}\0{digest}\n" for name, digest in digests.items()).encode())
    reporter = _closure(content_of, REPORTER_MODULES) | set(REPORTER_STYLES)
    with (root / "pyproject.toml").open("rb") as project:
        version = tomllib.load(project)["project"]["version"]
    return CodeList(
        version,
        release.hexdigest()[:16],
        {name: digests[name] for name in sorted(reporter)},
        {name: digests[name] for name in sorted(digests.keys() - reporter)},
    )


def _closure(content_of: Callable[[str], bytes], entries: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            source = content_of(name).decode("utf-8")
            waiting += [*imports_of(name, source), *later_imports_of(name, source)]
    return found
