"""Taking it back from one organisation without scripts: asked for on a page of its own, nothing in addresses."""

import re

import pytest
from sqlalchemy import select

from app.domain import receipt_code
from app.models import Message, Organisation, Referral, Report
from app.services import legal_hold
from tests.databases import on_one
from tests.making import NOW, Maker
from tests.plain_pages import SAME_ORIGIN, Visitor
from tests.services.holding import hold_of

ASK, LEAVE, VISIT = "/follow-up/plain/leaving", "/follow-up/plain/leaving/withdrawal", "/follow-up/plain/visit"
TO_CENTRE = {
    "link-0-address": "https://board.example/1",
    "organisation-centre-chosen": "y",
    "organisation-centre-sensitive": "y",
}
TO_BOTH = TO_CENTRE | {"organisation-police-chosen": "y", "organisation-police-sensitive": "y"}


@pytest.fixture
def both(session, make):
    """A support centre and the police, in the order in which a report's threads stand."""
    made = make.organisation(), make.organisation("police", "police")
    session.rollback()
    return made


@pytest.fixture
def visitor(client, both):
    return Visitor(client)


def states(session):
    """Where each organisation's letter stands, by its slug."""
    session.rollback()
    found = session.execute(select(Organisation.slug, Referral.state).join(Referral)).all()
    session.rollback()  # a transaction left open would keep the portal from writing
    return dict(tuple(row) for row in found)


def count(session, model):
    session.rollback()
    found = len(session.scalars(select(model)).all())
    session.rollback()
    return found


@on_one
def test_it_is_asked_first_and_says_what_happens(visitor, session):
    visitor.come_back(visitor.sent(**TO_BOTH))
    page = visitor.press(ASK)
    assert page.status == 200
    for words in (
        "기관 centre",
        "진행을 바로 멈추고",
        "72시간 뒤에",
        "법에 따라 그 기관에 남을 수",
        "보존 조치가 없",
        "다른 기관",
    ):
        assert words in page.html, words
    assert "기관 police" not in page.html
    assert "마지막 기관" not in page.html
    assert "checked" not in page.html
    nothing = visitor.press(LEAVE)
    assert (nothing.status, nothing.summary) == (422, ["when", "sure"])
    unsure = visitor.press(LEAVE, when="72h")
    assert (unsure.status, unsure.summary) == (422, ["sure"])
    assert re.search(r'id="when-72h"[^>]* checked', unsure.html)
    assert states(session) == {"centre": "received", "police": "received"}
    assert visitor.press(VISIT).status == 200  # one may keep it
    assert visitor.page.html.count('class="thread"') == 2


@on_one
def test_one_is_left_and_the_page_says_so(visitor, session):
    code = visitor.sent(**TO_BOTH)
    visitor.come_back(code)
    visitor.press(ASK, number=1)
    asked = visitor.page
    for _press in range(2):
        visitor.page = asked
        page = visitor.press(LEAVE, when="72h", sure="y")
        assert page.status == 200
        assert "기관 police에서 신고를 거두었어요" in page.html
    assert states(session) == {"centre": "received", "police": "withdrawn"}
    assert count(session, Message) == 1  # the other one is told nothing
    assert "에 파기됩니다" in page.html
    assert "기관 police에 남은 것 지금 파기하기" in page.html
    for written in (code, receipt_code.format(code)):
        assert written not in page.html
    visitor.page = asked
    destroyed = visitor.press(LEAVE, when="now", sure="y")
    assert "기관 police에 있던 것을 이 포털에서 모두 파기" in destroyed.html
    assert states(session) == {"centre": "received", "police": "destroyed"}
    assert len(destroyed.forms[ASK]) == 1  # of what is gone there is nothing to take back
    last = visitor.press(ASK)
    assert "마지막 기관" in last.html
    for _press in range(2):
        visitor.page = last
        gone = visitor.press(LEAVE, when="now", sure="y")
        assert (gone.status, "파기" in gone.html) == (200, True)
    assert count(session, Report) == 0


@on_one
def test_a_hold_is_said_before_and_keeps_it_after(visitor, session, both):
    code = visitor.sent(**TO_BOTH)
    centre, _police = both
    (held,) = session.scalars(select(Referral).where(Referral.organisation_id == centre.organisation_id))
    referral_id, version = held.referral_id, held.version
    session.rollback()
    lead = Maker(session).signed_in(centre, "lead")
    legal_hold.put(session, lead, referral_id, hold_of(centre, version), NOW)
    session.rollback()
    visitor.come_back(code)
    page = visitor.press(ASK)
    assert "보존 조치 때문에 지금 파기할 수 없습니다: 기관 centre" in page.html
    assert "보존 조치가 없" not in page.html
    assert "마지막 기관" not in page.html
    kept = visitor.press(LEAVE, when="now", sure="y")
    assert states(session) == {"centre": "withdrawn", "police": "received"}
    assert "보존 조치가 끝나면 파기합니다" in kept.html


@on_one
def test_wrong_codes_are_answered_alike_and_anothers_letter_is_not_there(visitor, client, session):
    visitor.come_back(visitor.sent(**TO_BOTH))
    visitor.press(ASK)
    good = visitor.page.hidden(LEAVE).to_dict() | {"when": "72h", "sure": "y"}

    def answer(path, **changed):
        return client.post(path, data=good | changed, headers=SAME_ORIGIN)

    unknown = {"key": "A" * 43}
    for path in (ASK, LEAVE, VISIT):
        answers = [answer(path, key=key * 43) for key in "AE"]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].data == answers[1].data
        assert "Set-Cookie" not in answers[0].headers
    for path in (ASK, LEAVE):
        assert answer(path, referral_id="A" * 22).status_code == 404
        assert answer(path, referral_id="A" * 22, when="now").status_code == 404
        assert answer(path, referral_id="A" * 22, **unknown).data == answer(path, **unknown).data
        assert answer(path, referral_id="").status_code == 400
        assert client.get(path).status_code == 405
    assert answer(LEAVE, page_id="x").status_code == 400
    assert states(session) == {"centre": "received", "police": "received"}


@on_one
def test_english_says_it_too(visitor, client, session):
    english = Visitor(client, "/en")
    english.come_back(visitor.sent(**TO_BOTH))
    page = english.press(ASK)
    assert "Take it back from The centre only" in page.html
    assert "do not learn of it" in page.html
    done = english.press(LEAVE, when="72h", sure="y")
    assert "You took it back from The centre." in done.html
