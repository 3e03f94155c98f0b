"""What is served of the static tree, as names and bytes, and what each module of it imports.

Our own scripts and style sheets are served one by one, each line in its place, without comments and indentation.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

# A static import or re-export; `import("…")` has a bracket and stays out: what is loaded later is not preloaded but
# listed with its integrity (`modules_later`), since an `Integrity-Policy` lets nothing else be imported.
_IMPORT: Final = re.compile(
    r"""^\s*(?:import|export)\s*(?:[\w\s{},*$]*?\bfrom\s*)?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE
)
_LATER: Final = re.compile(r"""\bimport\(\s*["'](\.{1,2}/[^"']+)["']\s*\)""")
# What is reviewed with its comments; the rest (`vendor/`) is served byte for byte.
_OURS: Final = ("js/", "css/")


def served_files(tree: Path) -> Iterator[tuple[str, bytes]]:
    """Give the name and the content of every file below `tree`, as it is served."""
    for path in sorted(path for path in tree.rglob("*") if path.is_file() and not path.name.startswith(".")):
        name, content = path.relative_to(tree).as_posix(), path.read_bytes()
        if name.startswith(_OURS) and path.suffix in {".js", ".css"}:
            content = without_comments(content.decode("utf-8"), path.suffix).encode("utf-8")
        yield name, content


def without_comments(source: str, suffix: str) -> str:
    """Give a script or a style sheet without the comments that have lines to themselves, and without indentation.

    Line n stays line n, or is empty: whoever compares needs no tool, and an error names the line that was reviewed. A
    source in which a line may lie within a template literal or a string, or where code follows a comment of several
    lines, is given as it is. `tests/rules/test_served_sources.py` has every file parsed both ways.
    """
    lines: list[str] = []
    within = False
    for each in source.split("\n"):
        line = each.strip(" \t\r")
        if within or (line.startswith("/*") and "*/" not in line):
            within = "*/" not in line
            if not (within or line.endswith("*/")):
                return source
            lines.append("")
        elif line.endswith("\\") or re.sub(r"\\.", "", line).count("`") % 2:
            return source
        else:
            alone = line.startswith("/*") and line.index("*/") == len(line) - 2
            lines.append("" if alone or (suffix == ".js" and line.startswith("//")) else line)
    return "\n".join(lines)


def imports_of(name: str, source: str) -> tuple[str, ...]:
    """Give what a module imports at once; what it imports later, if ever, is not among it."""
    return _resolved(name, _IMPORT.findall(source))


def later_imports_of(name: str, source: str) -> tuple[str, ...]:
    """Give what a module imports while it runs."""
    return _resolved(name, _LATER.findall(source))


def _resolved(name: str, targets: list[str]) -> tuple[str, ...]:
    folder = PurePosixPath(name).parent
    return tuple(dict.fromkeys(_resolve(folder, target) for target in targets))


def _resolve(folder: PurePosixPath, target: str) -> str:
    parts: list[str] = list(folder.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
