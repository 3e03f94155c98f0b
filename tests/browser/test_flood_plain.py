"""Somebody floods the form without scripts, which asks no proof of work: the others report as ever.

Whoever reports without scripts meanwhile is told to wait, keeps what was written, and arrives afterwards.
"""

import re
import secrets
import time
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.db import session_for
from app.domain import receipt_code
from app.domain.wire import b64u_encode
from app.models import Referral
from tests.browser.desk import CENTRE
from tests.browser.flooding import PATIENCE, about_to_send, flooded
from tests.browser.live_client import FORM, LiveClient
from tests.browser.live_portal import LivePortal
from tests.browser.reporting import REFUSED, code_of
from tests.browser.test_proof import WHY
from tests.plain_pages import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.slow

BUDGET, STRETCHED = 60, 20  # forms a minute, and codes stretched for them, for everybody together
TIMES = 20
HONEST = 5
FLOODERS = 32
PLENTY = "100000 per minute"
WRITTEN = "꽃집 앞 카나리아-7391"


@pytest.fixture
def portal(tmp_path):
    budgets = {"limit_plain_all": f"{BUDGET} per minute", "limit_stretch_all": f"{STRETCHED} per minute"}
    generous = {"limit_plain_each": PLENTY, "limit_stretch_each": PLENTY}
    with LivePortal(tmp_path / "portal", workers=1, **budgets, **generous) as running:
        yield running


def forms_for(portal):
    """A whole report that is to be sealed, as dear as any; one that is looked at only; and junk, in turn."""
    visitor = Visitor(LiveClient(portal.url))
    chosen = {f"organisation-{CENTRE}-chosen": "y", f"organisation-{CENTRE}-sensitive": "y"}
    fields = {name.replace("-", "__"): value for name, value in chosen.items()}
    page = visitor.report(**fields, link__0__address="https://board.example/1", sentence="가" * 200)
    hidden = page.hidden("/report/plain/send")
    headers = {"Content_Type": FORM} | {name.replace("-", "_"): value for name, value in SAME_ORIGIN.items()}

    def made(number):
        if number % 3 == 0:
            return "/report/plain/send", secrets.token_hex(2000).encode(), headers
        sent = hidden.copy()
        sent["report_id"], sent["code"] = b64u_encode(secrets.token_bytes(16)), receipt_code.generate()
        if number % 3 == 1:
            sent["agreed"] = "y"
        path = "/report/plain/send" if number % 3 == 1 else "/report/plain/check"
        return path, urlencode([(name, one) for name, many in sent.lists() for one in many]).encode(), headers

    return made


def sealed_by(portal, who):
    engine = portal.new_engine()
    with session_for(engine) as session:
        found = session.scalar(select(func.count(Referral.report_id.distinct())).where(Referral.sealed_by == who))
    engine.dispose()
    return found


def plain_report(context):
    """As far as the button that shows what will be sent."""
    page = context.new_page()
    page.goto("/report/plain/write")
    page.locator("#link-0-address").fill("https://mirror.example/7391")
    page.locator("#sentence").fill(WRITTEN)
    page.locator(f"[id='organisation-{CENTRE}-chosen']").check()
    page.locator(f"details:has([id='organisation-{CENTRE}-compartments']) > summary").click()
    for name in (f"organisation-{CENTRE}-sensitive", "understood"):
        page.locator(f"[id='{name}']").check()
    return page


def press(page):
    with page.expect_navigation() as gone:
        page.locator("main form button[type=submit]").last.click()
    return gone.value.status


def sent_again(page):
    """Load the page again, as it says, until the portal has room; a browser sends the same form once more."""
    until = time.monotonic() + 180
    while (status := page.reload().status) == 429:
        assert time.monotonic() < until, "the portal had no room any more"
        time.sleep(3)
    return status


def test_a_flood_of_the_form_without_scripts_keeps_nobody_else_from_reporting(portal, new_context, watch):
    watch.allow(REFUSED)
    pages = about_to_send(new_context, HONEST)
    plain = plain_report(new_context(width=360, height=740, java_script_enabled=False))
    plain.set_default_timeout(PATIENCE)
    before, began = sealed_by(portal, "browser"), time.monotonic()
    with flooded(portal, forms_for(portal), FLOODERS) as flooders:
        refused = press(plain)
        for page in pages:
            page.locator("#send").click()
        codes = [code_of(page) for page in pages]
        answers = [answer for one in flooders for answer in one.answers]
    minutes = (time.monotonic() - began) / 60

    assert len(set(codes)) == HONEST
    assert sealed_by(portal, "browser") - before == HONEST
    # Their budget is another one: nobody had to compute anything.
    assert not any(WHY in words for page in pages for words in page.evaluate("window.said"))
    assert len(answers) > TIMES * BUDGET * minutes
    assert answers.count(201) <= STRETCHED * (minutes + 2)

    assert refused == 429
    expect(plain.locator("main")).to_contain_text("사라진 것은 없습니다")
    assert sent_again(plain) == 200
    expect(plain.locator("article.letter")).to_contain_text(WRITTEN)
    plain.locator("#agreed").check()
    answered = press(plain)
    assert (answered if answered != 429 else sent_again(plain)) == 201
    code = " ".join(plain.locator(".receipt__group").all_inner_texts())
    assert re.fullmatch(r"(\d{4} ){5}\d{4}", code)
