"""Dates as people write them: the form without scripts reads what the page with scripts reads."""

import re

from app.forms.rough_date import rough_date
from tests.rules.tree import text

# The examples of the page's own test, so that the two cannot drift apart.
PAGE = text("tests/js/rough_date.test.js")
READ = dict(re.findall(r'^  \["([^"]*)", "([^"]*)"\],$', PAGE, re.MULTILINE))
UNREAD = re.findall(r'^  "([^"]*)",$', PAGE, re.MULTILINE)


def test_what_people_write_is_read():
    assert len(READ) >= 15
    assert {typed: rough_date(typed) for typed in READ} == READ


def test_what_cannot_be_read_is_asked_for_once_more():
    assert len(UNREAD) >= 9
    assert {rough_date(typed) for typed in UNREAD} == {None}
