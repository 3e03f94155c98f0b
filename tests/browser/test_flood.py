"""Somebody floods the portal without proofs of work, and ten people report meanwhile: all ten arrive, each once."""

import secrets
import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.db import engine_for, session_for
from app.models import Referral
from tests.bench.letters import recipients, submission
from tests.browser.flooding import about_to_send, flooded
from tests.browser.live_portal import LivePortal
from tests.browser.reporting import LOST, REFUSED, code_of
from tests.browser.test_proof import WHY

pytestmark = pytest.mark.slow

BUDGET = 60  # reports a minute, from everybody together
TIMES = 20
HONEST = 10
PLENTY = "100000 per minute"
# What the budget is that the flood spends, and over how many connections at once it comes.
FLOODS = {
    "over many connections": ({"limit_report_all": f"{BUDGET} per minute", "limit_report_each": PLENTY}, 64),
    "from one address": ({"limit_report_all": PLENTY, "limit_report_each": f"{BUDGET} per minute"}, 4),
}


@pytest.fixture(params=FLOODS.values(), ids=FLOODS)
def flood_of(request):
    return request.param


@pytest.fixture
def portal(tmp_path, flood_of):
    with LivePortal(tmp_path / "portal", workers=1, limit_report_proved="600 per minute", **flood_of[0]) as running:
        yield running


def reports_to(chosen):
    """What looks like a report, junk, and made-up proofs, in turn."""

    def made(number):
        body = submission(chosen)[0] if number % 3 else secrets.token_bytes(4000)
        return "/report", body, {"Proof_Of_Work": secrets.token_urlsafe(400)} if number % 2 else {}

    return made


def kept(portal):
    """The ids of the reports that came from browsers, one for each letter."""
    engine = engine_for(f"sqlite:///{portal.database}")
    with session_for(engine) as session:
        found = session.scalars(select(Referral.report_id).where(Referral.sealed_by == "browser")).all()
    engine.dispose()
    return found


def test_ten_people_report_in_the_middle_of_a_flood(portal, new_context, watch, flood_of):
    watch.allow(f"{REFUSED}|{LOST}")
    pages = about_to_send(new_context, HONEST)
    began = time.monotonic()
    with flooded(portal, reports_to(recipients(portal)), flood_of[1]) as flooders:
        for page in pages:
            page.locator("#send").click()
        codes = [code_of(page) for page in pages]
        answers = [answer for one in flooders for answer in one.answers]
    minutes = (time.monotonic() - began) / 60

    assert len(set(codes)) == HONEST
    letters = kept(portal)
    assert len(letters) == 2 * HONEST
    assert len(set(letters)) == HONEST
    for page in pages:
        said = page.evaluate("window.said")
        assert any(WHY in words for words in said)
    assert len(answers) > TIMES * BUDGET * minutes
    assert answers.count(201) <= BUDGET * (minutes + 2)
    expect(pages[0].locator("#receipt-code")).to_be_visible()
