"""What everybody reads once an organisation's keys were made anew: who chooses it, who comes back, its own people."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from app.access import COOKIE
from app.crypto import receipt
from app.crypto.receipt import lookup_of
from app.domain import receipt_code
from app.domain.wire import b64u_encode as b64u
from app.models import Caseworker, Epoch, Referral, Report
from app.services import portal
from app.services import session as staff_session
from tests.breaking import begin_anew, operator_for

NOTICE = "On Nov 22, 2026 this organisation made its keys anew"


@pytest.fixture
def code(session, make):
    """Break the centre's chain after somebody reported to it and to the police; give their code."""
    centre, police = make.organisation(), make.organisation("police", "police")
    typed = receipt_code.generate()
    stretched = receipt.stretch(typed, portal.current(session).portal_id)
    session.rollback()
    make.report(centre, police)
    session.execute(update(Report).values(lookup=lookup_of(receipt.token(stretched))))
    session.commit()
    begin_anew(session, operator_for(session, make))
    return typed


def test_who_chooses_is_told_and_where_to_read_more(client, session, code):
    for path in ("/en/report", "/en/report/plain/write"):
        page = client.get(path).text
        assert page.count(NOTICE) == 1
        assert "/en/organisation/centre" in page
    assert "made its keys anew" not in client.get("/en/organisation/police").text


def test_its_page_strikes_the_fingerprint_on_paper_through(client, session, code):
    page = client.get("/en/organisation/centre").text
    directory = client.get("/api/v1/directory").json["organisations"][0]
    true, (broken,) = directory["fingerprint"], directory["earlier"]
    assert f'<p class="fingerprint" translate="no">{true}</p>' in page
    assert f'<s translate="no">{broken["fingerprint"]}</s>' in page
    assert "Your receipt code still works" in page
    assert "열쇠를 새로 만들었어요" in client.get("/organisation/centre").text


def test_without_scripts_the_code_still_opens_and_only_the_lost_letter_says_so(client, session, code):
    client.set_cookie("plain", "1")
    sent = {"code": code, "understood": "y", "csrf_token": token_of(client.get("/en/follow-up/plain").text)}
    page = client.post("/en/follow-up/plain", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 200
    assert page.text.count("this organisation lost its keys and made new ones") == 1
    assert page.text.count('name="message"') == 1  # the police can still be written to


def token_of(page):
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_its_people_are_told_on_every_page_and_what_they_cannot_open(app, session, code):
    lead = session.scalars(select(Caseworker).where(Caseworker.login == "found.anew")).one()
    cookie, _signed_in = staff_session.start(session, lead.caseworker_id, datetime.now(UTC))
    lost = session.scalars(
        select(Referral.referral_id).join(Epoch, Epoch.kid == Referral.kid).where(Epoch.lost_on.is_not(None))
    ).one()
    session.commit()
    client = app.test_client()
    client.set_cookie(COOKIE, cookie)
    for path in ("/en/queue", "/en/keys", "/en/log"):
        assert "keys were made anew, because every lead and the recovery words had been lost" in client.get(path).text
    assert "A letter that can no longer be opened" in client.get("/en/queue").text
    page = client.get(f"/en/referral/{b64u(lost)}").text
    assert "Nobody can open this letter any more" in page
    assert 'id="lost-close"' in page
