"""Reporting and coming back with scripts switched off, on a phone; then a caseworker opens what the server sealed."""

import re
import secrets

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.db import engine_for, session_for
from app.domain.wire import b64u_encode
from app.models import Organisation, Referral
from tests.browser.desk import CENTRE, give_passphrase
from tests.browser.inspection import Inspection
from tests.browser.without_scripts import Plain


def letters_to_the_centre(portal):
    engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
    with session_for(engine) as session:
        found = session.scalars(
            select(Referral.referral_id)
            .join(Organisation)
            .where(Organisation.slug == CENTRE, Referral.sealed_by == "server")
        ).all()
    engine.dispose()
    return set(found)


def reported(someone, mark):
    """From the first page to the receipt; gives the code."""
    page = someone.go("/")
    someone.press(page.locator("noscript a[href$='/report/plain']"))
    someone.press(page.locator("main a[href$='/report/plain/write']"))
    someone.send()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("#link-0-address").fill(f"여기예요 https://board-{mark}.example/1\nhttps://mirror.example/2")
    someone.tick("harm-threat", "threat_kinds-money", "threat_ongoing-yes", "age_group-14_to_18")
    someone.tick(f"organisation-{CENTRE}-chosen")
    page.locator(f"details:has([id='organisation-{CENTRE}-compartments']) > summary").click()
    someone.tick(f"organisation-{CENTRE}-sensitive", f"organisation-{CENTRE}-compartments-account")
    page.locator("details:has(#account_events) > summary").first.click()
    page.locator("#account_events").fill(f"한 줄\n두 줄 {mark}")
    someone.tick("understood")
    someone.send()
    letter = page.locator("article.letter")
    expect(letter).to_contain_text(f"https://board-{mark}.example/1")
    expect(letter).to_contain_text(f"두 줄 {mark}")
    someone.tick("agreed")
    someone.send()
    code = " ".join(page.locator(".receipt__group").all_inner_texts())
    assert re.fullmatch(r"(\d{4} ){5}\d{4}", code)
    page.locator("#last_digits").fill(code[-4:])
    someone.send()
    assert page.url.endswith("/report/plain/sent")
    assert code not in page.content()
    return code


def came_back(someone, code, mark):
    """With the code, to look and to write."""
    page = someone.go("/follow-up/plain")
    someone.tick("understood")
    page.locator("#code").fill(code)
    someone.send(0)
    page.locator("main textarea").fill(f"고맙습니다 {mark}")
    someone.send(0)
    assert page.context.cookies() == []
    assert "?" not in page.url


def opened_by_a_caseworker(desk, portal, referral_id, mark):
    give_passphrase(desk, portal.account("support_centre"), f"/referral/{b64u_encode(referral_id)}")
    expect(desk.locator("#case")).to_be_visible()
    expect(desk.locator(".links__url").first).to_contain_text(f"hxxps[:]//board-{mark}[.]example/1")
    expect(desk.locator("#head-sealed-by")).to_contain_text("포털에서 암호화")
    expect(desk.locator("#thread")).to_contain_text(f"고맙습니다 {mark}")
    desk.locator("[data-closed=account] button").click()
    expect(desk.locator("#case")).to_contain_text(f"두 줄 {mark}")


@pytest.mark.parametrize(("language", "width"), [("ko", 320), pytest.param("en", 1280, marks=pytest.mark.slow)])
def test_from_the_form_to_the_receipt_to_the_answer(portal, new_context, axe, overflow, language, width, watch):
    watch.allow(r"Failed to load resource.*(?:422|404)")
    before = letters_to_the_centre(portal)
    mark = secrets.token_hex(4)
    inspection = Inspection(axe, overflow, typed=f"board-{mark} mirror")
    someone = Plain(new_context, {"ko": "", "en": "/en"}[language], width, inspection)
    code = reported(someone, mark)
    came_back(someone, code, mark)
    found = inspection.findings()
    assert not found, "\n".join(found)
    (referral_id,) = letters_to_the_centre(portal) - before
    if language == "ko":
        opened_by_a_caseworker(new_context().new_page(), portal, referral_id, mark)
