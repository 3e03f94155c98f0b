"""What a monitor makes of one page, and of what it saw before."""

import pytest

from app.client import seen
from app.client.page_parts import parts_of

CHAIN = [{"kid": "a"}, {"kid": "b"}]


def remembered(**changes):
    one = {"fingerprint": "1", "chain": CHAIN, "earlier": ["0"]} | changes
    return {"v": 1, "portal_id": "p", "version": "1", "sum": "s", "organisations": {"centre": one}}


@pytest.mark.parametrize(
    ("now", "wrong", "notes"),
    [
        (remembered(), [], []),
        (remembered(chain=[*CHAIN, {"kid": "c"}]), [], ["centre: 1 newer keys"]),
        (remembered(chain=CHAIN[:1]), ["centre: 1 of its keys vanished from the chain"], []),
        (remembered(chain=[CHAIN[0], {"kid": "x"}]), ["centre: the chain of its keys was rewritten"], []),
        (remembered(earlier=[]), ["centre: keys that were lost before are no longer told of: 0"], []),
        (
            remembered(fingerprint="2", earlier=["0", "1"]),
            ["centre: other keys (the directory says that the keys were lost): the fingerprint was 1 and is 2"],
            [],
        ),
        (remembered() | {"organisations": {}}, ["centre: the organisation vanished from the directory"], []),
        (remembered() | {"portal_id": "q"}, ["another portal: its id is not the one that was seen before"], []),
        (remembered() | {"sum": "t"}, ["the code is another than before, and the version is still 1"], []),
        (remembered() | {"sum": "t", "version": "2"}, [], ["the code is that of another version: 2"]),
    ],
)
def test_what_was_seen_before_is_held_against_what_is_there(now, wrong, notes):
    assert seen.changes(remembered(), now) == (wrong, notes)


GOOD = '<script type="module" src="/static/0123456789abcdef/js/a.js" integrity="sha256-{}="></script>'.format("A" * 43)


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (GOOD, None),
        ("<p onclick='f()'>", "<p onclick> runs or paints from within the page"),
        ("<p style='x'>", "<p style> runs or paints from within the page"),
        ("<style>p{}</style>", "<style> paints from within the page"),
        ("<iframe src=/x></iframe>", "<iframe> is on no page of the portal"),
        ("<meta http-equiv=refresh content=0>", '<meta http-equiv="refresh"> is on no page of the portal'),
        ("<script>f()</script>", "a script stands within the page"),
        (GOOD.replace("module", "text/javascript"), "/static/0123456789abcdef/js/a.js is a script that is no module"),
        (GOOD.replace("sha256", "md5"), "/static/0123456789abcdef/js/a.js is loaded without its hash"),
        (GOOD.replace("/static", "https://elsewhere.example"),
         "https://elsewhere.example/0123456789abcdef/js/a.js is loaded, which is no file of the portal"),
        (GOOD + GOOD.replace("AAA", "BBB"), "/static/0123456789abcdef/js/a.js is named with two hashes"),
        ("<img src=https://elsewhere.example/p>",
         "https://elsewhere.example/p is loaded, which is no file of the portal"),
        ("<main data-modules='[[1]]'>", "the list of what comes later cannot be read"),
    ],
)  # fmt: skip
def test_a_page_is_taken_apart(page, fault):
    assert parts_of(page, "/report").faults == ([fault] if fault else [])
