"""Letters with more links than anybody decides one by one with a mouse."""

from tests.browser.reporter import MADE_UP

LINKS = 55


def made_up(letter, links=LINKS):
    """A letter with that many links, and no words that its reporter asked not to be used."""
    return MADE_UP | {
        "links": [
            {"url": f"https://board{letter}.example/view/{number}?x=1", "kind": "forum"} for number in range(links)
        ],
        "contact": None,
        "urgent": False,
    }
