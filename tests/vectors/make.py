"""Makes the vector files anew: `python -m tests.vectors.make`. What HPKE made is kept, unless `--reseal` is given."""

import sys

from tests.vectors.recipes import FILES
from tests.vectors.replay import FOLDER


def made(*, reseal=False):
    """Give the text of every file by its name."""
    return {f"{file.module}.json": file.text() for file in (make(reseal=reseal) for make in FILES)}


def main():
    """Write the files."""
    for name, text in made(reseal="--reseal" in sys.argv).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
