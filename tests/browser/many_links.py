"""Letters with more links than anybody decides one by one with a mouse."""

from tests.browser.reporter import MADE_UP

LINKS = 55
OWN = 3  # letters that are one test's each; what comes after them is decided in one sitting


def made_up(letter, links=LINKS):
    """A letter with that many links, and no words that its reporter asked not to be used."""
    host = f"{'board' if letter < OWN else 'sitting'}{letter}.example"
    return MADE_UP | {
        "links": [{"url": f"https://{host}/view/{number}?x=1", "kind": "forum"} for number in range(links)],
        "contact": None,
        "urgent": False,
    }
