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

PHONE = 320


class Plain:
    """A browser without scripts, each of whose pages is looked at."""

    def __init__(self, new_context, prefix, look):
        self.page = new_context(width=PHONE, height=740, java_script_enabled=False).new_page()
        self.prefix, self.look = prefix, look

    def go(self, path):
        self.page.goto(self.prefix + path)
        return self.looked_at()

    def send(self, number=-1):
        self.page.locator("main form button[type=submit]").nth(number).click()
        return self.looked_at()

    def looked_at(self):
        self.look(self.page)
        return self.page

    def tick(self, *ids):
        for name in ids:
            self.page.locator(f"[id='{name}']").check()


SCRIPTS = re.compile(r"</?noscript>|<script\b.*?</script>|<link rel=\"modulepreload\"[^>]*>", re.DOTALL)


@pytest.fixture
def look(new_context, axe, overflow):
    """Give the same page, as it stands, to a browser in which axe can run."""
    scripted = new_context(width=PHONE, height=740).new_page()

    def check(page):
        shown = SCRIPTS.sub("", page.content())
        scripted.route("**/looked-at", lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
        scripted.goto("/looked-at", wait_until="networkidle")
        assert axe(scripted) == []
        assert overflow(scripted) == 0
        assert scripted.locator("h1:visible").count() == 1
        scripted.unroute("**/looked-at")

    return check


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


@pytest.mark.parametrize("language", ["ko", "en"])
def test_from_the_form_to_the_receipt_to_the_answer(portal, new_context, look, language, watch):
    watch.allow(r"Failed to load resource.*(?:422|404)")
    before = letters_to_the_centre(portal)
    mark = secrets.token_hex(4)
    someone = Plain(new_context, {"ko": "", "en": "/en"}[language], look)
    page = someone.go("/")
    page.locator("noscript a[href$='/report/plain']").click()
    someone.looked_at()
    page.locator("main a[href$='/report/plain/write']").click()
    someone.looked_at()
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
    page = someone.go("/follow-up/plain")
    someone.tick("understood")
    page.locator("#code").fill(code)
    someone.send(0)
    page.locator("main textarea").fill(f"고맙습니다 {mark}")
    someone.send(0)
    assert page.context.cookies() == []
    assert portal.url in page.url
    assert "?" not in page.url

    (referral_id,) = letters_to_the_centre(portal) - before
    desk = new_context().new_page()
    give_passphrase(desk, portal.account("support_centre"), f"/referral/{b64u_encode(referral_id)}")
    expect(desk.locator("#case")).to_be_visible()
    expect(desk.locator(".links__url").first).to_contain_text(f"hxxps[:]//board-{mark}[.]example/1")
    expect(desk.locator("#head-sealed-by")).to_contain_text("포털에서 암호화")
    expect(desk.locator("#thread")).to_contain_text(f"고맙습니다 {mark}")
    desk.locator("[data-closed=account] button").click()
    expect(desk.locator("#case")).to_contain_text(f"두 줄 {mark}")
