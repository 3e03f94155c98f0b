"""Somebody joins, is let in over the telephone and reads a letter; somebody leaves, and the keys go on without them."""

import json
import re
import urllib.request

from playwright.sync_api import expect

from tests.browser.desk import give_passphrase
from tests.browser.reporter import Reporter

expect.set_options(timeout=20_000)
SIX_GROUPS = re.compile(r"\d{5}( \d{5}){5}")
PASSPHRASE = "여섯 낱말로 된 아주 긴 비밀 문장"
POLICE = "police"


def unlocked(page, passphrase):
    """Answer the dialog that asks for the passphrase in place."""
    page.locator("#again-passphrase").fill(passphrase)
    page.locator("#passphrase-form button[type=submit]").click()
    expect(page.locator("#passphrase-dialog")).to_be_hidden()


def card_of(page, login):
    return page.locator(f".people__card[data-login='{login}']")


def in_force(portal, slug):
    with urllib.request.urlopen(f"{portal.url}/api/v1/directory") as answer:
        return next(one for one in json.load(answer)["organisations"] if one["slug"] == slug)


def joined(page, link, login):
    """Go through the invitation; give the number that the newcomer sees."""
    page.goto(link)
    page.locator("#login").fill(login)
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("#passphrase-again").fill(PASSPHRASE)
    page.locator("#account-on").click()
    number = page.locator("[data-part=joined-fingerprint]")
    expect(number).to_have_text(SIX_GROUPS)
    assert "#" not in page.url
    return number.inner_text()


def waiting_numbers(page, login):
    """What somebody who waits reads aloud, and what they hear: both from their own browser."""
    page.goto("/sign-in")
    page.locator("#submit:enabled").wait_for()
    page.locator("#login").fill(login)
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("#submit").click()
    page.wait_for_url(re.compile("/waiting$"))
    page.locator("#show-number").click()
    unlocked(page, PASSPHRASE)
    expect(page.locator("#own-number")).to_have_text(SIX_GROUPS)
    return page.locator("#own-number").inner_text(), page.locator("#organisation-number").inner_text()


def test_joining_being_let_in_and_leaving(portal, new_context, watch, axe, overflow):
    watch.allow("401")
    lead_account = portal.account(POLICE, "lead")
    leaver_account = portal.account(POLICE, "caseworker")
    slug = "demo-police"
    report = Reporter(portal.url, slug)
    before = in_force(portal, slug)

    lead = new_context().new_page()
    give_passphrase(lead, lead_account, "/people")
    expect(card_of(lead, leaver_account["login"])).to_be_visible()
    lead.locator("#invite button").click()
    link = lead.locator("#invited-link").input_value()
    expect(lead.locator("#invited svg")).to_be_visible()

    newcomer = new_context(width=360).new_page()
    number = joined(newcomer, link, "newcomer")
    own, theirs = waiting_numbers(newcomer, "newcomer")
    assert own == number
    newcomer.goto("/queue")
    expect(newcomer.locator(".queue")).to_have_count(0)
    newcomer.goto("/waiting")

    lead.reload()
    card = card_of(lead, "newcomer")
    shown = card.locator(".fingerprint")
    assert [shown.nth(0).inner_text(), shown.nth(1).inner_text()] == [own, theirs]
    for width in (1280, 360):
        lead.set_viewport_size({"width": width, "height": 900})
        assert overflow(lead) <= 0
        assert axe(lead) == []
    let_in = card.locator("button").first
    let_in.click()
    expect(card.locator("[role=alert]")).to_be_visible()
    card.locator("input[type=checkbox]").check()
    let_in.click()
    lead.wait_for_url(re.compile("done=let_in"))
    expect(card_of(lead, "newcomer").locator("select")).to_have_value("caseworker")
    assert in_force(portal, slug)["chain"] == before["chain"]

    newcomer.locator("#look-again").click()
    newcomer.wait_for_url(re.compile("/queue"))
    newcomer.goto(f"/referral/{report.referral['referral_id']}")
    unlocked(newcomer, PASSPHRASE)
    expect(newcomer.locator("#case")).to_contain_text("초대로만 들어가는 방")

    leaver = new_context().new_page()
    give_passphrase(leaver, leaver_account, "/queue")
    lead.goto("/people")
    card_of(lead, leaver_account["login"]).locator("button").last.click()
    lead.locator("#leaving-dialog [data-part=confirm]").click()
    lead.wait_for_url(re.compile("done=left"))
    leaver.reload()
    leaver.wait_for_url(re.compile("/sign-in"))
    expect(lead.locator("#due")).to_contain_text(leaver_account["login"])
    lead.locator("#new-keys").click()
    lead.wait_for_url(re.compile("done=keys"))
    expect(lead.locator("#due")).to_be_hidden()

    after = in_force(portal, slug)
    assert after["kid"] != before["kid"]
    assert (after["fingerprint"], after["chain"][: len(before["chain"])]) == (before["fingerprint"], before["chain"])
    later = Reporter(portal.url, slug)
    for one in (report, later):
        newcomer.goto(f"/referral/{one.referral['referral_id']}")
        if one is report:
            unlocked(newcomer, PASSPHRASE)
        expect(newcomer.locator("#case")).to_contain_text("초대로만 들어가는 방")
