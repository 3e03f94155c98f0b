"""Reporting without scripts, over the pages that a browser sees: checked, shown, sealed by the server, kept once."""

import re
from html import escape

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.crypto import receipt
from app.domain import receipt_code
from app.domain.wire import b64u_decode
from app.errors import KeyRetired
from app.models import Referral, Report
from app.services import plain_report as services
from tests.databases import on_one
from tests.plain_pages import Visitor

CENTRE = {"organisation-centre-chosen": "y", "organisation-centre-sensitive": "y"}
TO_CENTRE = {name.replace("-", "__"): value for name, value in CENTRE.items()}
LINK = {"link-0-address": "https://board.example/1"}


@pytest.fixture
def centre(make, session):
    made = make.organisation()
    session.rollback()
    return made


@pytest.fixture
def visitor(client, centre):
    return Visitor(client)


def kept(session):
    session.rollback()
    found = session.scalars(select(Report)).all(), session.scalars(select(Referral)).all()
    session.rollback()  # a transaction left open would keep the portal from writing
    return found


def test_a_report_is_shown_sealed_by_the_server_and_kept(visitor, session, centre):
    page = visitor.report(**LINK, **TO_CENTRE, threat_kinds=["share"], threat_ongoing="yes", account_events="그날 밤")
    assert page.status == 200
    assert "https://board.example/1" in page.html
    assert "그날 밤" not in page.html.split("<form")[0]  # the centre was not allowed to read it
    hidden = page.hidden("/report/plain/send")
    assert kept(session) == ([], [])
    receipt_page = visitor.press("/report/plain/send", agreed="y")
    assert receipt_page.status == 201
    assert all(group in receipt_page.html for group in receipt_code.format(hidden["code"]).split(" "))
    ((report,), (letter,)) = kept(session)
    assert (letter.sealed_by, letter.urgent, letter.kid) == ("server", True, centre.kid)
    assert report.report_id == b64u_decode(hidden["report_id"], "id", 16)
    portal_id = services.organisation.directory(session).portal_id
    session.rollback()
    assert (
        report.lookup
        == report.body_hash
        == receipt.lookup_of(receipt.token(receipt.stretch(hidden["code"], portal_id)))
    )
    assert report.own is not None


@on_one
def test_the_same_form_again_is_answered_as_the_first_time(visitor, session, centre):
    visitor.report(**LINK, **TO_CENTRE)
    before = visitor.page
    first = visitor.press("/report/plain/send", agreed="y")
    visitor.page = before
    again = visitor.press("/report/plain/send", agreed="y")
    assert (first.status, again.status, first.html) == (201, 201, again.html)
    assert [len(rows) for rows in kept(session)] == [1, 1]


@on_one
def test_the_code_is_confirmed_or_declined(visitor, session, centre):
    code = visitor.sent(**LINK, **TO_CENTRE, own_declined="y")
    (report,), _letters = kept(session)
    assert report.own is None
    receipt_page = visitor.page
    wrong = visitor.press("/report/plain/kept", last_digits="0000" if code[-4:] != "0000" else "1111")
    assert (wrong.status, set(wrong.errors), wrong.summary) == (422, {"last_digits"}, ["last_digits"])
    right = visitor.press("/report/plain/kept", last_digits=f" {code[-4:-2]}-{code[-2:]}")
    assert (right.status_code, right.location) == (303, "/report/plain/sent")
    assert 'href="/report/plain/sent"' in receipt_page.html
    done = visitor.go("/report/plain/sent")
    assert done.status == 200
    assert code not in done.html


@on_one
def test_easy_words_go_along_where_they_were_chosen_and_nowhere_else(visitor):
    def chosen(page):
        (box,) = re.findall(r'<input class="easy-switch__box"[^>]*>', page.html)
        return "checked" in box

    for path in ("/report/plain", "/report/plain/write", "/report/plain/sent"):
        assert [chosen(visitor.go(path)), chosen(visitor.go(f"{path}/easy"))] == [False, True]
    assert not chosen(visitor.report(**LINK, **TO_CENTRE))
    assert "easy" not in visitor.page.hidden("/report/plain/write")
    visitor.go("/report/plain/write/easy")
    assert chosen(visitor.press("/report/plain/check", easy="y"))  # faults are said in easy words, too
    page = visitor.report(**LINK, **TO_CENTRE, easy="y")
    code = page.hidden("/report/plain/send")["code"]
    assert chosen(page)
    assert chosen(visitor.press("/report/plain/write"))
    visitor.page = page
    assert chosen(visitor.press("/report/plain/send", agreed="y", easy="y"))
    assert visitor.press("/report/plain/kept", last_digits=code[-4:], easy="y").location == "/report/plain/sent/easy"


@on_one
def test_what_was_typed_can_be_changed_before_it_is_sent(visitor):
    words = '한 줄\r\n<b>두 줄</b> & "셋" 🙂 \u200f'
    visitor.report(**LINK, **TO_CENTRE, account_events=words, harm=["filming", "threat"], region="busan")
    page = visitor.press("/report/plain/write")
    assert page.status == 200
    assert str(escape(words)).replace("&quot;", "&#34;").replace("\r\n", "\n") in page.html.replace("\r\n", "\n")
    for field in ("harm-filming", "harm-threat", "organisation-centre-chosen"):
        assert re.search(rf'id="{field}"[^>]* checked', page.html), field
    assert re.search(r'value="busan" selected', page.html)
    again = visitor.press("/report/plain/check", **LINK, **TO_CENTRE, understood="y", sentence="다시")
    assert (again.status, "다시" in again.html) == (200, True)


@on_one
def test_pasted_text_is_taken_apart_and_answers_that_are_not_asked_stay_out(visitor):
    pasted = "여기예요 https://board.example/1 그리고\r\nhttps://mirror.example/2?x=1"
    page = visitor.report(
        **{"link-0-address": pasted}, **TO_CENTRE, contact_address="010-0000-0000", proxy="yes", role="victim"
    )
    shown = page.html.split("</article>")[0]
    assert "https://board.example/1" in shown
    assert "https://mirror.example/2?x=1" in shown
    assert "010-0000-0000" not in shown
    left_out = page.html.split("</article>")[0].split("letter__rows")[0]
    assert "위임장" in left_out


@on_one
def test_under_14_only_addresses_and_ticks_are_sent(visitor):
    page = visitor.report(
        **LINK, **TO_CENTRE, age_group="under_14", role="victim", account_events="이야기", region="seoul"
    )
    letter = page.html.split("<article")[1].split("</article>")[0]
    assert "https://board.example/1" in letter
    assert "이야기" not in letter
    assert "서울" not in letter
    assert 'href="tel:1388"' in page.html


@on_one
def test_under_14_what_was_ticked_is_enough_and_nothing_at_all_is_not(visitor):
    child = {**TO_CENTRE, "age_group": "under_14", "role": "victim"}
    assert visitor.report(**child, threat_kinds="none").status == 422
    page = visitor.report(**child, harm=["filming"])
    assert page.status == 200
    assert "촬영" in page.html.split("<article")[1].split("</article>")[0]
    grown = {**child, "age_group": "19_or_over"}
    assert visitor.report(**grown, harm=["filming"]).status == 422


@on_one
def test_nothing_is_sent_without_both_consents(visitor, session):
    visitor.report(**LINK, **TO_CENTRE)
    page = visitor.press("/report/plain/send")
    assert (page.status, page.summary) == (422, ["agreed"])
    hidden = page.hidden("/report/plain/send")
    del hidden["understood"]
    assert visitor.press("/report/plain/send", agreed="y").status == 422
    assert kept(session) == ([], [])


@on_one
def test_a_spent_budget_or_a_database_that_is_away_loses_nothing(visitor, session, app, monkeypatch):
    words = "잃지 말아야 할 말"
    visitor.report(**LINK, **TO_CENTRE, sentence=words)
    hidden = visitor.page.hidden("/report/plain/send").copy()
    turns = app.extensions["onestop_limits"].turns
    turns.longest_wait = 0.01
    with turns.take():
        busy = visitor.press("/report/plain/send", agreed="y")
    assert (busy.status, int(busy.answer.headers["Retry-After"]) > 0) == (429, True)

    def away(*_args, **_kwargs):
        raise OperationalError("INSERT", {}, Exception("locked"))

    with monkeypatch.context() as broken:
        broken.setattr(services, "keep", away)
        locked = visitor.press("/report/plain/send", agreed="y")
    assert locked.status == 503
    for page in (busy, locked):
        assert page.hidden("/report/plain/send").to_dict(flat=False) == hidden.to_dict(flat=False)
    assert kept(session) == ([], [])
    assert visitor.press("/report/plain/send", agreed="y").status == 201


@on_one
def test_an_organisation_that_is_gone_is_said(visitor, monkeypatch):
    visitor.report(**LINK, **TO_CENTRE)

    def gone(*_args):
        raise KeyRetired

    monkeypatch.setattr(services, "recipients", gone)
    page = visitor.press("/report/plain/send", agreed="y")
    assert (page.status, page.summary) == (409, ["organisation-centre-chosen"])
    assert "https://board.example/1" in page.html
