"""Every module that a page may come to import is named by the page with its hash; an Integrity-Policy wants that.

So is every style sheet, and /code lists all that reporters' pages load.
"""

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from app.code_list import read_code
from app.static_tree import imports_of, later_imports_of, served_files
from tests.databases import on_one
from tests.rules.tree import ROOT, own, text

# What browsers without Ed25519 of their own import; those know no Integrity-Policy either.
ELSEWHERE = {"vendor/ed25519.js"}
PUBLIC = ["/", "/report", "/report/plain", "/report/plain/write", "/follow-up", "/follow-up/plain", "/help", "/privacy"]
PUBLIC += ["/code", "/organisations", "/organisation/centre", "/statistics", "/n", "/nowhere"]


@cache
def sources():
    return {name: content.decode() for name, content in served_files(ROOT / "static") if name.endswith(".js")}


def closure(names):
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imports_of(name, sources()[name])
    return found


def pages():
    """Each page's module → the names that templates list for later, those preloaded with it among them."""
    found = {}
    for template in own(".html", under="templates/"):
        for call in re.finditer(r"module_links\((\"[^)]*)\)", text(template)):
            names = re.findall(r'"(pages/[^"]+)"', call[1])
            found.setdefault(names[0], set()).update(names[1:])
        for call in re.finditer(r"modules_later\(([^)]*)\)", text(template)):
            first, *names = re.findall(r'"([^"]+)"', call[1])
            found.setdefault(first, set()).update(names)
    return found


def unnamed(page, listed):
    named = closure({f"js/{name}" for name in {page, *listed}})
    return sorted({
        f"{name} imports {target}"
        for name in named
        for target in later_imports_of(name, sources()[name])
        if target not in named | ELSEWHERE
    })  # fmt: skip


# What it lists is for the page that comes next, and is imported there.
@pytest.mark.parametrize("page", sorted(pages().keys() - {"pages/sign_in.js"}))
def test_a_page_names_all_that_it_may_come_to_import(page):
    assert unnamed(page, pages()[page]) == []


def test_a_module_that_is_not_named_would_be_seen():
    assert len(pages()) > 20
    without = unnamed("pages/report.js", {"pages/report/form.js"})
    assert "js/pages/report/form.js imports js/pages/report/journey.js" in without


def test_an_import_by_a_name_that_is_made_up_at_run_time_would_be_seen():
    made_up = [name for name in sources() if re.search(r"\bimport\((?!\s*[\"'])", sources()[name])]
    assert [name for name in made_up if not name.startswith("vendor/")] == []


class Loaded(HTMLParser):
    def __init__(self):
        super().__init__()
        self.bare, self.files = [], set()

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        address = said.get("src") or (said.get("href") if tag == "link" else None)
        if address:
            self.files.add(re.sub(r"^/static/\w{16}/", "", address))
            if said.get("rel") != "icon" and "integrity" not in said:
                self.bare.append(address)


@on_one
@pytest.mark.parametrize("path", PUBLIC)
def test_all_that_a_public_page_loads_has_its_hash_and_is_listed(client, make, path):
    make.organisation(slug="centre")
    seen = Loaded()
    seen.feed(client.get(path).text)
    assert len(seen.files) >= 2
    assert seen.bare == []
    assert seen.files <= set(read_code(ROOT).reporter)
