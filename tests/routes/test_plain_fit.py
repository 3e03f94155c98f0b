"""Proposals without scripts, on the pages: with their reasons, without a tick, kept nowhere, and never a condition."""

import logging
import re

import pytest
from sqlalchemy import select

from app.data import read
from app.models import Base, Referral
from tests.databases import on_one
from tests.plain_pages import SAME_ORIGIN, Visitor

TO_CENTRE = {"organisation-centre-chosen": "y", "organisation-centre-sensitive": "y"}
THREATENED = {
    "link-0-address": "https://t.me/somewhere",
    "threat_kinds": ["share", "money"],
    "threat_ongoing": "yes",
    "threat_deadline": "오늘 밤 10시",
    "account_events": '"적어 둔" 말 <b>하나</b>',
    "wishes": ["delete"],
}
REASONS = {rule["id"]: rule["reason"]["ko"] for rule in read("routing")["rules"]}
WRITE = "/report/plain/write"


@pytest.fixture
def visitor(client, session, make):
    make.organisation()
    make.organisation("police", "police")
    make.organisation("review", "commission")
    session.rollback()
    return Visitor(client)


def ticked(page):
    return re.findall(r'id="([^"]+)"[^>]* checked', page.html)


def fitting(page):
    """The part of the page that says what fits, in words."""
    return page.html.split('id="fitting-title"')[1].split("</section>")[0]


def rows(session):
    session.rollback()
    found = {table.name: len(session.execute(select(table)).all()) for table in Base.metadata.sorted_tables}
    session.rollback()
    return found


@on_one
def test_before_anything_is_chosen_the_form_says_what_fits_and_ticks_nothing(visitor):
    visitor.go(WRITE)
    blank = visitor.page.html
    assert REASONS["anyone"] not in blank
    page = visitor.press("/report/plain/check", **THREATENED, understood="y")
    assert (page.status, len(page.summary)) == (422, 1)  # somebody has to be chosen; who fits stands there
    for path in ("/report/plain/check", WRITE):
        visitor.go(WRITE)
        token = visitor.page.hidden("/report/plain/check")["csrf_token"]
        data = THREATENED | {"understood": "y", "csrf_token": token}
        html = visitor.client.post(path, data=data, headers=SAME_ORIGIN).text
        assert REASONS["threat_deadline"] in html
        assert REASONS["wants_deletion"] in html
        assert "오늘 밤 10시" in html
        assert html.index("organisation-police-chosen") < html.index("organisation-review-chosen")
        assert html.index(">답하신 내용에 맞는 기관<") < html.index(">이 기관들도 고를 수 있어요<")
        chosen = [name for name in re.findall(r'id="([^"]+)"[^>]* checked', html) if name.startswith("organisation-")]
        assert chosen == []


@on_one
def test_nothing_is_made_of_it_before_the_first_consent(visitor):
    visitor.go(WRITE)
    token = visitor.page.hidden("/report/plain/check")["csrf_token"]
    answer = visitor.client.post(WRITE, data=THREATENED | {"csrf_token": token}, headers=SAME_ORIGIN)
    assert answer.status_code == 422
    assert 'href="#understood"' in answer.text
    assert "오늘 밤 10시" in answer.text  # nothing typed is lost
    assert REASONS["anyone"] not in answer.text


@on_one
def test_what_was_not_chosen_is_said_before_sending_with_a_way_back_that_keeps_everything(visitor):
    page = visitor.report(**THREATENED, **TO_CENTRE)
    assert page.status == 200
    said = fitting(page)
    centre, police = said.split('class="organisation"')[1:]
    assert "고르셨어요" in centre
    assert "아직 고르지 않으셨어요" in police
    assert "그래도 괜찮아요" in police
    assert REASONS["threat_deadline"] in police
    assert "빨리 알리면 좋아요" in police
    assert read("routing")["later"]["police_complaint"]["ko"] in police
    assert "성폭력처벌법 제14조의3" in police
    assert "기관 review" not in said  # no rule holds that speaks of it
    back = visitor.press(f"{WRITE}#organisation-police-chosen")
    assert back.status == 200
    assert {"organisation-centre-chosen", "organisation-centre-sensitive"} <= set(ticked(back))
    assert "organisation-police-chosen" not in ticked(back)
    assert "&#34;적어 둔&#34; 말 &lt;b&gt;하나&lt;/b&gt;" in back.html
    both = {"organisation-police-chosen": "y", "organisation-police-sensitive": "y"}
    again = visitor.press("/report/plain/check", **THREATENED, **TO_CENTRE, **both, understood="y")
    assert "아직 고르지 않으셨어요" not in fitting(again)


@on_one
def test_whoever_leaves_the_police_out_is_helped_all_the_same(visitor, session):
    visitor.report(**THREATENED, **TO_CENTRE)
    assert "아직 고르지 않으셨어요" in fitting(visitor.page)
    assert visitor.press("/report/plain/send", agreed="y").status == 201
    assert len(session.scalars(select(Referral)).all()) == 1
    session.rollback()


@on_one
def test_what_was_proposed_is_stored_and_logged_nowhere(visitor, session, app, caplog):
    before = rows(session)
    with caplog.at_level(logging.DEBUG):
        visitor.report(**THREATENED, **TO_CENTRE)
        visitor.press(WRITE)
    assert rows(session) == before
    assert not [words for words in [*REASONS.values(), "t.me/somewhere", "기관"] if words in caplog.text]
    kept = app.extensions["onestop_renderings"].kept
    for reason in REASONS.values():
        assert not [key for key, (page, _hash) in kept.items() if reason.encode() in page]


@on_one
def test_english_says_it_in_english(visitor):
    page = Visitor(visitor.client, "/en").report(**THREATENED, **TO_CENTRE)
    assert "There is a clear threat with a time." in page.html
    assert "You have not chosen this." in page.html
    assert "as known on 2026-" in page.html


@on_one
def test_addresses_are_read_and_what_may_be_missing_is_said(visitor):
    typed = THREATENED | {"link-0-address": "https://www.instagram.com/somebody/\r\nhttps://board.example/1"}
    page = visitor.report(**typed, **TO_CENTRE)
    said = page.html.split('id="reading-title"')[1].split("</section>")[0]
    assert "주소 1" in said
    assert "주소 2" not in said
    assert read("address_words")["missing"]["account"]["ko"] in said
    plain = visitor.report(**THREATENED | {"link-0-address": "https://board.example/1"}, **TO_CENTRE)
    assert "reading-title" not in plain.html


@on_one
def test_a_form_of_any_size_is_read_in_a_bounded_time(visitor, monkeypatch):
    """Each address costs some reading, and of a form that was not checked there may be many more than a letter has."""
    read_addresses = []
    from app.forms import plain_letter

    monkeypatch.setattr(plain_letter, "proposed_kind", lambda address: read_addresses.append(address) or "page")
    visitor.go(WRITE)
    token = visitor.page.hidden("/report/plain/check")["csrf_token"]
    many = "\n".join(f"https://a.example/{number}" for number in range(5000))
    data = {"link-0-address": many, "understood": "y", "csrf_token": token}
    assert visitor.client.post(WRITE, data=data, headers=SAME_ORIGIN).status_code == 200
    assert len(read_addresses) == 500
