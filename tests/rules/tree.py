"""What is in the repository: the files that git knows or would take."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE_ELSEWHERE = ("static/vendor/", "package-lock.json", "requirements", "LICENSE")


@cache
def files():
    """Every file of the tree, as paths with slashes from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def own(*endings, under=""):
    """Our own files with one of the endings, below a folder."""
    return [
        name
        for name in files()
        if name.endswith(endings or ("",)) and name.startswith(under) and not name.startswith(MADE_ELSEWHERE)
    ]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")
