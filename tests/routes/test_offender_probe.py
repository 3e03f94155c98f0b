"""Whoever reports a link to learn whether others reported it sees what he would see of any other link.

Here without scripts, where the portal has the address in hand for a moment: pages, states, days, lengths, and what is
asked of the database. The same with scripts: `tests/browser/test_matches.py`.
"""

import re
import secrets

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app.domain.casework import ItemState, ItemStateChange
from app.models import Referral
from app.services import disposition, organisation_record
from app.services import referral as referrals
from tests.databases import on_one
from tests.making import NOW, Maker, record_of, staff_message, with_items
from tests.plain_pages import Visitor

REPORTED, UNKNOWN = "https://share.example/view/1111", "https://other.example/view/2222"
CENTRE = {
    "organisation-centre-chosen": "y",
    "organisation-centre-sensitive": "y",
    "organisation-centre-compartments": ["account"],
}
OWN = {"Set-Cookie", "Date"}


@pytest.fixture
def centre(session):
    made = Maker(session).organisation()
    session.rollback()
    return made


@pytest.fixture
def asked():
    """Every statement that the portal asks the database, in order."""
    statements = []

    def note(_connection, _cursor, statement, *_more):
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def masked(html, link):
    """A page without what differs for everybody: codes, tokens, ids, and the address that was typed."""
    host, path = link.removeprefix("https://").split("/", 1)
    for own, same in ((link, "LINK"), (host, "HOST"), (path, "PATH")):
        html = html.replace(own, same)
    html = re.sub(r"(?<![\d#-])\d{4}(?![\d-])|(?<!\d)\d{24}(?!\d)", "CODE", html)  # its groups, or the whole
    return re.sub(r"[A-Za-z0-9_.-]{22,}", lambda found: f"ID{len(found[0])}", html)


class Probe:
    """Somebody with one link, and all that he can see from outside."""

    def __init__(self, client, asked, link):
        self.visitor, self.asked, self.link, self.seen = Visitor(client), asked, link, []

    def look(self, act):
        self.asked.clear()
        page = act()
        answer = page.answer
        headers = sorted((name, masked(value, self.link)) for name, value in answer.headers if name not in OWN)
        self.seen.append((answer.status_code, headers, masked(page.html, self.link), list(self.asked)))
        return page

    def send(self):
        page = self.look(lambda: self.visitor.report(**{"link-0-address": self.link}, **CENTRE))
        assert page.status == 200, page.errors
        self.code = page.hidden("/report/plain/send")["code"]
        self.look(lambda: self.visitor.press("/report/plain/send", agreed="y"))

    def come_back(self):
        self.look(lambda: self.visitor.come_back(self.code))


def worked(session, make, centre, known, states):
    """The desk opens what came since, and brings its link from state to state; give all ids."""
    new = [one for one in session.scalars(select(Referral.referral_id)) if one not in known]
    session.rollback()
    for referral_id in new:
        staff = make.signed_in(centre)
        (item,) = with_items(session, staff, centre, referral_id, 1)
        for state in states:
            version = referrals.held(session, staff, referral_id).version
            change = ItemStateChange(version, (ItemState(item, state),), staff_message(), None)
            disposition.change_items(session, staff, referral_id, change, NOW)
    session.rollback()
    return known | set(new)


@on_one
def test_without_scripts_a_link_that_others_reported_looks_like_any_other(client, session, make, centre, asked):
    victim = Probe(client, asked, REPORTED)
    victim.send()
    known = worked(session, make, centre, set(), ("requested_operator", "removed", "reappeared"))
    staff = make.signed_in(centre)
    for kind in ("list", "match"):
        organisation_record.save(session, staff, record_of(centre, type=kind, record_id=secrets.token_bytes(16)), NOW)
    session.rollback()
    probes = Probe(client, asked, REPORTED), Probe(client, asked, UNKNOWN)
    for probe in probes:  # the first look fills what is looked up once
        probe.visitor.go("/report/plain/write")
    for probe in probes:
        probe.send()
        probe.come_back()
        known = worked(session, make, centre, known, ("requested_operator", "removed"))
        probe.come_back()
    there, elsewhere = (probe.seen for probe in probes)
    assert len(there) == 4
    for one, other in zip(there, elsewhere, strict=True):
        assert one == other
    assert there[2] != there[3], "a state of his own does show"
    assert all(statements for *_rest, statements in there[1:]), "what is asked of the database was noted"
