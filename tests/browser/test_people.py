"""Somebody joins, is let in over the telephone and reads a letter; somebody leaves, and the keys go on without them."""

import json
import re
import urllib.request

from playwright.sync_api import expect

from tests.browser.ceremonies import card_of, invited, joined, let_in, unlocked, waiting_numbers, without
from tests.browser.desk import give_passphrase
from tests.browser.reporter import Reporter

expect.set_options(timeout=20_000)
PASSPHRASE = "여섯 낱말로 된 아주 긴 비밀 문장"
POLICE, SLUG = "police", "demo-police"
LEAVING, SLUG_OF_LEAVING = "monitor", "demo-monitor"


def in_force(portal, slug):
    with urllib.request.urlopen(f"{portal.url}/api/v1/directory") as answer:
        return next(one for one in json.load(answer)["organisations"] if one["slug"] == slug)


def reads(page, report, passphrase=None):
    page.goto(f"/referral/{report.referral['referral_id']}")
    if passphrase:
        unlocked(page, passphrase)
    expect(page.locator("#case")).to_contain_text("초대로만 들어가는 방")


def test_joining_being_let_in_and_leaving(portal, new_context, watch, axe, overflow):
    watch.allow("401|403")
    lead_account, leaver = portal.account(POLICE, "lead"), portal.account(POLICE, "caseworker")
    report, before = Reporter(portal.url, SLUG), in_force(portal, SLUG)
    lead = new_context().new_page()
    give_passphrase(lead, lead_account, "/people")
    expect(card_of(lead, leaver["login"])).to_be_visible()
    newcomer = new_context(width=360).new_page()
    number = joined(newcomer, invited(lead), "newcomer", PASSPHRASE)
    give_passphrase(newcomer, {"login": "newcomer", "passphrase": PASSPHRASE}, "/waiting")
    numbers = waiting_numbers(newcomer, lambda page: unlocked(page, PASSPHRASE))
    assert numbers[0] == number
    newcomer.goto("/queue")
    expect(newcomer.locator(".queue")).to_have_count(0)
    newcomer.goto("/waiting")
    lead.reload()
    expect(card_of(lead, "newcomer")).to_be_visible()
    for page, width in ((lead, 1280), (lead, 360), (newcomer, 360)):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []
    let_in(lead, "newcomer", numbers)
    assert in_force(portal, SLUG)["chain"] == before["chain"]
    newcomer.locator("#look-again").click()
    newcomer.wait_for_url(re.compile("/queue"))
    reads(newcomer, report, PASSPHRASE)


def test_leaving_ends_sessions_at_once_and_the_keys_go_on(portal, new_context, watch):
    watch.allow("401|403")
    report, before = Reporter(portal.url, SLUG_OF_LEAVING), in_force(portal, SLUG_OF_LEAVING)
    leaver = new_context().new_page()
    give_passphrase(leaver, portal.account(LEAVING, "caseworker"), "/queue")
    lead, lead_account = new_context().new_page(), portal.account(LEAVING, "lead")
    give_passphrase(lead, lead_account, "/people")
    without(lead, portal.account(LEAVING, "caseworker")["login"])
    assert leaver.reload().status == 401
    lead.locator("#new-keys").click()
    lead.wait_for_url(re.compile("done=keys"))
    expect(lead.locator("#due")).to_be_hidden()
    after = in_force(portal, SLUG_OF_LEAVING)
    assert after["kid"] != before["kid"]
    assert (after["fingerprint"], after["chain"][: len(before["chain"])]) == (before["fingerprint"], before["chain"])
    for one in (report, Reporter(portal.url, SLUG_OF_LEAVING)):
        reads(lead, one)
