"""Tabs, histories and previews of a reporter's pages say the portal's name and nothing else, whatever the page is."""

import re

import pytest

from tests.rules.callers import endpoints
from tests.rules.who import WHO

# Pages that only those who work here come to; the way out has the title of a weather page (tests/routes/test_exit.py).
NOT_HERS = {"/sign-in", "/invitation", "/recovery", "/verify", "/x", "/n"}
NAMES = {"": "원스톱", "/en": "Onestop"}


def titles_of(page):
    return re.findall(r"<title>(.*?)</title>|<meta property=\"og:title\" content=\"(.*?)\"", page, re.DOTALL)


def said(client, path):
    answer = client.get(path)
    if answer.mimetype != "text/html" or answer.status_code in range(300, 400):
        return None
    return {"".join(one).strip() for one in titles_of(answer.text)}


@pytest.fixture
def hers(app):
    """Every address that anyone may open, a real organisation's own page among them, and one that is not there."""
    open_to_all = {line.split()[1] for line in WHO["anyone"].strip().splitlines() if line.split()[0] == "GET"}
    assert open_to_all <= {path for _name, _method, path in endpoints(app)}
    filled_in = {"/organisation/<slug>": "/organisation/centre", "/privacy/policy/<version>": "/privacy/policy/1"}
    return [filled_in.get(path, path) for path in sorted(open_to_all - NOT_HERS)] + ["/not-there"]


@pytest.mark.parametrize("prefix", NAMES)
def test_a_page_of_hers_says_the_name_and_nothing_else(client, make, hers, prefix):
    make.organisation(slug="centre")
    found = {path: said(client, prefix + path) for path in hers}
    pages = {path: titles for path, titles in found.items() if titles is not None}
    assert {path for path, titles in pages.items() if titles != {NAMES[prefix]}} == set()
    assert {"/", "/help", "/rights", "/organisation/centre", "/report/plain/write", "/not-there"} <= set(pages)


def test_another_title_would_be_seen():
    page = '<title>상담 전화</title><meta property="og:title" content="원스톱">'
    assert {"".join(one) for one in titles_of(page)} == {"상담 전화", "원스톱"}
