"""Coming back without scripts: states and messages by the code, which no page shows and nothing keeps."""

import json
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.crypto import opening, receipt, recipient_key
from app.domain import receipt_code
from app.domain.letter import parse_letter
from app.domain.message_content import parse_message
from app.domain.wire import b64u_decode
from app.models import DestroyedReport, Message, Referral, Report
from app.services import legal_hold, message, portal, shredding
from tests.databases import on_one
from tests.making import NOW, Maker, staff_message, with_items
from tests.plain_pages import SAME_ORIGIN, Visitor
from tests.services.holding import hold_of

TYPED = {
    "link-0-address": "https://board.example/1",
    "account_events": "그날 밤",
    "organisation-centre-chosen": "y",
    "organisation-centre-sensitive": "y",
    "organisation-centre-compartments": ["account"],
}


@pytest.fixture
def seeds(monkeypatch):
    """The seeds of all organisations' keys that are made, by kid."""
    made = {}
    generate = recipient_key.generate

    def recorded():
        keys = generate()
        made[keys.kid] = keys.seed
        return keys

    monkeypatch.setattr(recipient_key, "generate", recorded)
    return made


@pytest.fixture
def centre(seeds, session):
    made = Maker(session).organisation()
    session.rollback()
    return made


@pytest.fixture
def visitor(client, centre):
    return Visitor(client)


def rows(session, model):
    session.rollback()
    found = session.scalars(select(model).options(undefer("*"))).all()
    session.expunge_all()
    session.rollback()  # a transaction left open would keep the portal from writing
    return found


def portal_id_of(session):
    found = portal.current(session).portal_id
    session.rollback()
    return found


@on_one
def test_what_the_server_sealed_opens_for_the_organisation_and_its_answer_with_the_code(
    visitor, session, centre, seeds
):
    code = visitor.sent(**TYPED)
    portal_id = portal_id_of(session)
    (kept,) = rows(session, Referral)
    opened = opening.open_letter(
        seeds[centre.kid], portal_id, kept.report_id, "server", shredding.letter(session, kept)
    )
    letter = parse_letter(opened)
    assert [item["url"] for item in letter["items"]] == ["https://board.example/1"]
    assert "그날 밤" in letter["account"]["text"]
    reply_key = receipt.reply_key(receipt.stretch(code, portal_id), centre.kid)
    assert b64u_decode(letter["reply_key"], "key", 32) == reply_key

    page = visitor.come_back(code)
    assert page.status == 200
    sent = visitor.press("/follow-up/plain/message", message="고맙습니다\r\n하나 더")
    assert sent.status == 201
    (said,) = rows(session, Message)
    said_sealed = shredding.taken_out(session, said)
    content = parse_message(
        opening.open_message(
            reply_key, "to_organisation", portal_id, kept.report_id, centre.kid, said.message_id, said_sealed
        )
    )
    assert (content["kind"], content["text"]) == ("text", "고맙습니다\n하나 더")


@on_one
def test_the_code_is_asked_for_understood_and_never_shown_again(visitor):
    code = visitor.sent(**TYPED)
    visitor.go("/follow-up/plain")
    without = visitor.press("/follow-up/plain", code=code)
    assert (without.status, without.summary) == (422, ["understood"])
    page = visitor.come_back(re.sub(r"(\d{4})", r"\1-", code))
    assert page.status == 200
    for written in (code, receipt_code.format(code)):
        assert written not in page.html
    assert "board.example" not in page.html  # nothing is opened here
    assert "주소 1" not in page.html  # nor is it known how many there are before the letter was opened


@on_one
def test_a_slip_is_offered_and_what_no_report_belongs_to_is_one_page(visitor, session):
    code = visitor.sent(**TYPED)
    visitor.go("/follow-up/plain")
    slipped = code[:5] + str((int(code[5]) + 1) % 10) + code[6:]
    page = visitor.press("/follow-up/plain", understood="y", code=slipped)
    assert page.status == 422
    offered = [one["code"] for one in page.forms["/follow-up/plain"] if "code" in one]
    assert receipt_code.format(code) in offered
    number = 1 + [one.get("code") for one in page.forms["/follow-up/plain"][1:]].index(receipt_code.format(code))
    assert visitor.press("/follow-up/plain", number).status == 200
    unknown = visitor.come_back(receipt_code.generate())
    visitor.come_back(code)
    assert visitor.press("/follow-up/plain/withdrawal", when="now", sure="y").status == 200
    assert [rows(session, Report), len(rows(session, DestroyedReport))] == [[], 1]
    destroyed = visitor.come_back(code)
    assert (unknown.status, destroyed.status) == (404, 404)
    again = re.compile(r'value="[^"]*"')
    assert again.sub("", unknown.html) == again.sub("", destroyed.html)


@on_one
def test_states_and_waiting_answers_are_shown_by_organisation_and_link(visitor, session, make, centre):
    code = visitor.sent(**TYPED)
    (kept,) = rows(session, Referral)
    signed_in = make.signed_in(centre)
    with_items(session, signed_in, centre, kept.referral_id, 2)
    message.send(session, signed_in, kept.referral_id, staff_message(), NOW)
    session.rollback()
    page = visitor.come_back(code)
    assert "주소 2" in page.html
    assert "답장 1개가 와 있습니다" in page.html
    english = Visitor(visitor.client, "/en").come_back(code)
    assert "1 answer waits for you." in english.html
    assert "Address 2" in english.html


@on_one
def test_a_message_arrives_once_and_is_not_lost_by_a_fault(visitor, session):
    visitor.come_back(visitor.sent(**TYPED))
    before = visitor.page
    for text in ("", "  ", "data:image/png;base64,AAAA", "가" * 10_001):
        page = visitor.press("/follow-up/plain/message", message=text)
        (field,) = page.errors
        assert (page.status, page.summary) == (422, [field])
        assert text.strip() in page.html
        assert field in page.ids
        visitor.page = before
    for _time in range(2):
        visitor.page = before
        assert visitor.press("/follow-up/plain/message", message="한 번만").status == 201
    visitor.page = before
    assert visitor.press("/follow-up/plain/message", message="다른 말").status == 201
    assert len(rows(session, Message)) == 2


@on_one
def test_a_withdrawal_is_chosen_made_sure_and_may_be_sent_twice(visitor, session):
    visitor.come_back(visitor.sent(**TYPED))
    page = visitor.press("/follow-up/plain/withdrawal")
    assert (page.status, page.summary) == (422, ["when", "sure"])
    page = visitor.press("/follow-up/plain/withdrawal", when="72h")
    assert (page.status, page.summary) == (422, ["sure"])
    before = visitor.page
    for _time in range(2):
        visitor.page = before
        assert visitor.press("/follow-up/plain/withdrawal", when="72h", sure="y").status == 200
    assert {"when-now"} == set(visitor.page.ids) & {"when-now", "when-72h"}  # nothing is left to wait for
    (report,) = rows(session, Report)
    assert report.state == "withdrawn"
    assert len(rows(session, Message)) == 1
    visitor.page = before
    late = visitor.press("/follow-up/plain/message", message="늦은 말")
    assert late.status == 409
    for _time in range(2):
        visitor.page = before
        gone = visitor.press("/follow-up/plain/withdrawal", when="now", sure="y")
        assert (gone.status, "파기" in gone.html) == (200, True)
    assert rows(session, Report) == []


@on_one
def test_a_busy_portal_keeps_the_code_in_the_field(visitor, app):
    code = visitor.sent(**TYPED)
    turns = app.extensions["onestop_limits"].turns
    turns.longest_wait = 0.01
    with turns.take():
        page = visitor.come_back(code)
    assert (page.status, f'value="{code}"' in page.html) == (429, True)
    assert visitor.press("/follow-up/plain", understood="y", code=code).status == 200


@on_one
def test_what_is_no_key_or_id_is_refused_and_anothers_referral_is_not_there(visitor, client, session):
    visitor.come_back(visitor.sent(**TYPED))
    good = visitor.page.hidden("/follow-up/plain/message").to_dict()
    for changed in ({"key": "x"}, {"page_id": ""}, {"referral_id": "AA"}, {"key": "A" * 43}):
        answer = client.post("/follow-up/plain/message", data=good | changed | {"message": "x"}, headers=SAME_ORIGIN)
        assert answer.status_code == (404 if changed == {"key": "A" * 43} else 400), json.dumps(changed)
    other = good | {"referral_id": "A" * 22, "message": "x"}
    assert client.post("/follow-up/plain/message", data=other, headers=SAME_ORIGIN).status_code == 404
    assert rows(session, Message) == []


@on_one
def test_until_when_it_is_kept_and_a_hold_that_outlives_now_are_said(visitor, session, centre):
    code = visitor.sent(**TYPED)
    assert "까지 보관합니다" in visitor.come_back(code).html
    (letter,) = rows(session, Referral)
    lead = Maker(session).signed_in(centre, "lead")
    legal_hold.put(session, lead, letter.referral_id, hold_of(centre, letter.version), NOW)
    session.rollback()
    page = visitor.come_back(code)
    assert "지금은 파기할 수 없습니다 (보존 조치)" in page.html
    assert "까지 보관합니다" not in page.html
    kept = visitor.press("/follow-up/plain/withdrawal", when="now", sure="y")
    assert kept.status == 200
    assert "보존 조치가 끝나면 파기합니다" in kept.html
    assert [one.state for one in rows(session, Referral)] == ["withdrawn"]
    assert visitor.press("/follow-up/plain/message", message="왜 보관하나요?").status == 201
