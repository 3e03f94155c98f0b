"""Pictures in the documentation are small, said in words for whoever does not see them, and all of them shown."""

import re

from tests.rules.tree import ROOT, files, own, text

PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<path>[^)\s]+)\)")
ENDINGS = (".png", ".webp", ".jpg", ".jpeg", ".gif")
MOST_BYTES = 100_000


def shown():
    """Path of a picture → what is said of it."""
    found = {}
    for name in own(".md"):
        for one in PICTURE.finditer(text(name)):
            path = (ROOT / name).parent / one["path"]
            found[path.resolve().relative_to(ROOT).as_posix()] = one["words"]
    return found


def test_pictures_are_small_and_shown_and_said():
    kept = {name for name in files() if name.endswith(ENDINGS)}
    assert kept == set(shown())
    assert {name for name in kept if (ROOT / name).stat().st_size > MOST_BYTES} == set()
    assert [name for name, words in shown().items() if len(words.split()) < 4] == []
