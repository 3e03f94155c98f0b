"""The five written cases, in both languages, with scripts and without, until a caseworker opens what was sent."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.db import engine_for, session_for
from app.domain.wire import b64u_encode
from app.models import Organisation, Referral
from tests.browser.case_reporters import WithoutScripts, WithScripts
from tests.browser.cases import CASES, DESKS
from tests.browser.journey_people import Caseworker
from tests.browser.reporting import LINK

PHONE, DESK = 360, 1280
FEWEST = 25  # presses and fields for one address to one organisation: well under a minute


def referrals(portal, slug):
    """The ids of an organisation's referrals, as addresses have them."""
    engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
    wanted = select(Referral.referral_id).join(Organisation).where(Organisation.slug == slug)
    with session_for(engine) as session:
        found = {b64u_encode(one) for one in session.scalars(wanted)}
    engine.dispose()
    return found


def defanged(url):
    return url.replace("https://", "hxxps[:]//").replace(".example", "[.]example").replace("t.me", "t[.]me")


def opened(desk, portal, slug, referral_id, case, language):
    """What a caseworker of an organisation reads: the addresses, and only what it was given."""
    desk.sign_in(portal.account(DESKS[slug]))
    desk.go(f"/referral/{referral_id}")
    page = desk.page
    expect(page.locator("#case")).to_be_visible()
    if case.addresses:
        expect(page.locator(".links__url").first).to_be_visible()
        assert desk.links() == [defanged(address) for address in case.addresses]
    told = [words for name, words in case.typed(language).items() if name.startswith("account_")]
    assert not [words for words in told if words in page.content()]
    part = page.locator("[data-closed=account] button")
    if told and slug in case.readers.get("account", ()):
        part.click()
        for words in told:
            page.get_by_text(words).wait_for()
    elif told:
        expect(part).to_be_disabled()
    desk.picture("letter")


@pytest.mark.slow
@pytest.mark.parametrize("way", [WithScripts, WithoutScripts])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(portal, new_context, case, language, way):
    before = {slug: referrals(portal, slug) for slug in case.chosen}
    scripts = way is WithScripts
    context = new_context(width=PHONE, height=740, language=language, java_script_enabled=scripts)
    reporter = way(context, language, f"{case.name}{'' if scripts else '-plain'}")
    reporter.report(case)
    reporter.look_again(case)
    assert context.cookies() == []
    for slug, known in before.items():
        (referral_id,) = referrals(portal, slug) - known
        desk = Caseworker(
            new_context(width=DESK, height=900, language=language), language, f"{case.name}-{DESKS[slug]}"
        )
        opened(desk, portal, slug, referral_id, case, language)


def test_one_address_takes_few_presses(new_context):
    """Counted, not timed: each press and each field filled is one."""
    page = new_context(width=PHONE, height=740).new_page()
    page.goto("/report")
    done = 0

    def press(selector):
        nonlocal done
        page.locator(selector).first.click()
        done += 1

    press("#begin:enabled")
    while not page.locator("#send").is_visible():
        step = page.locator(".step:visible").get_attribute("data-step")
        if step == "links":
            page.locator("#link-0-address").fill(LINK)
            done += 1
        elif step == "organisations":
            press("#organisation-demo-centre-chosen")
            press("#organisation-demo-centre-sensitive")
        elif step == "review":
            page.locator("#send:visible").wait_for()
            break
        press(f"#step-{step} [data-next]")
        expect(page.locator(f"#step-{step}")).to_be_hidden()
    press("#send")
    page.locator("#receipt-code:visible").wait_for()
    press("#decline-code")
    expect(page.locator("#kept")).to_be_visible()
    assert done <= FEWEST
