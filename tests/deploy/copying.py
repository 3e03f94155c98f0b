"""Somebody who copies the commands of docs/operations.md into one shell, and answers what is asked."""

import re

from tests.browser.live_portal import ROOT

FETCHES = re.compile(r"^(?:apt-get|\S*pip) ", re.MULTILINE)
PASSPHRASE = "six plain words that nobody guesses"
SET_UP = "5. Your account and the first organisation"
AT_ONCE = "A first lead who sits with you"
# What is done again for the other database; all else stands already.
ONCE_MORE = {"4. PostgreSQL, or else SQLite", SET_UP, "7. Start", "10. Look"}


def blocks(text):
    """(heading, commands) of every fenced block of commands."""
    found, heading = [], ""
    for part in re.finditer(r"^#{2,3} ([^\n]+)$|^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if part[1]:
            heading = part[1]
        elif part[2] == "sh":
            found.append((heading, part[3]))
    return found


def section(heading):
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    return blocks(re.search(rf"^## {heading}$.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)[0])


def setting_up():
    return section("Setting up")


def to_copy(database):
    """(heading, commands) in the order of the document: on SQLite with an invitation, on PostgreSQL all at once."""
    (at_once,) = [block for heading, block in setting_up() if heading == AT_ONCE]
    for heading, block in setting_up():
        if heading == AT_ONCE or (database == "SQLite" and "PostgreSQL" in heading):
            continue
        if database == "SQLite":
            yield heading, block
        elif heading in ONCE_MORE:
            yield heading, block.replace("onestop setup\n", at_once)


def word_from_paper(asked, shown):
    """What the paper says: the numbered words that the set-up showed."""
    paper = shown.partition("Recovery words")[2].partition("To be sure")[0]
    return dict(re.findall(r"\b(\d+) ([a-z]{3,8})\b", paper))[asked[1].decode()]


# What somebody answers to the set-up; an empty line takes what is offered.
DESCRIBED = (
    ("Kind of organisation", ""),
    ("Name in Korean", "서울센터"),
    ("Name in English", "Seoul Centre"),
    ("Name in addresses", ""),
    ("Region", "seoul"),
)
TYPED = {
    "onestop setup": DESCRIBED,
    "onestop setup --at-once": (
        *DESCRIBED,
        ("Login", ""),
        ("Passphrase", PASSPHRASE),
        ("Once more", PASSPHRASE),
        (r"word (\d+) from your paper", word_from_paper),
    ),
}


class Shell:
    """The one shell in which somebody copies the blocks: variables and the directory last from block to block."""

    def __init__(self, machine):
        self.machine = machine
        self.before = ""

    def copy(self, block):
        """Run a block line by line; what fetches packages runs with this machine's network, the rest without any."""
        shown = ""
        for line in block.splitlines():
            answers = TYPED.get(line, ())
            shown += self.machine.run(f"{self.before}{line}", outside=bool(FETCHES.match(line)), answers=answers)
            if re.match(r"[A-Z_]+=|cd ", line):
                self.before += f"{line}\n"
        return shown
