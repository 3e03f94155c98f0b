"""Makes the vector files anew: `python -m tests.vectors.make`. What HPKE made is kept, unless `--reseal` is given.

The browser's copy of the list of platforms is written too: a module, since browsers cannot yet import JSON everywhere.
"""

import json
import sys

from tests.vectors.recipes import FILES
from tests.vectors.replay import FOLDER

ROOT = FOLDER.parents[1]
PLATFORMS = ROOT / "app" / "data" / "platforms.json"
BROWSER_PLATFORMS = ROOT / "static" / "js" / "data" / "platforms.js"


def made(*, reseal=False):
    """Give the text of every file by its name."""
    return {f"{file.module}.json": file.text() for file in (make(reseal=reseal) for make in FILES)}


def platforms_module():
    """Give the browser's copy of the list of platforms."""
    listed = json.dumps(json.loads(PLATFORMS.read_text(encoding="utf-8")), ensure_ascii=False, separators=(",", ":"))
    return (
        "/** The list of platforms: app/data/platforms.json, written by tests/vectors/make.py. Never edited here. */\n"
        f"export const PLATFORMS = JSON.parse(\n  String.raw`{listed}`,\n);\n"
    )


def main():
    """Write the files."""
    for name, text in made(reseal="--reseal" in sys.argv).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    BROWSER_PLATFORMS.write_text(platforms_module(), encoding="utf-8")


if __name__ == "__main__":
    main()
