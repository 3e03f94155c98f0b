"""Somebody joins, is let in over the telephone and reads a letter; somebody leaves, and the keys go on without them."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.ceremonies import card_of, invited, joined, let_in, unlocked, waiting_numbers, without
from tests.browser.desk import give_passphrase
from tests.browser.reporter import Reporter

pytestmark = pytest.mark.own_portal
expect.set_options(timeout=20_000)
PASSPHRASE = "여섯 낱말로 된 아주 긴 비밀 문장"
POLICE, SLUG = "police", "demo-police"
# Where somebody leaves, keys are to change: whoever is let in next brings new ones.
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


@pytest.mark.slow
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


def own_account(portal, new_context, login):
    """A lead's page, and a colleague who was just let in, signed in, with a key in the tab."""
    lead = new_context().new_page()
    give_passphrase(lead, portal.account(LEAVING, "lead"), "/people")
    page = new_context(width=360).new_page()
    joined(page, invited(lead), login, PASSPHRASE)
    give_passphrase(page, {"login": login, "passphrase": PASSPHRASE}, "/waiting")
    numbers = waiting_numbers(page, lambda one: unlocked(one, PASSPHRASE))
    lead.reload()
    let_in(lead, login, numbers)
    return lead, page


@pytest.mark.slow
def test_an_open_tab_of_somebody_who_is_out_says_so_and_holds_no_key(portal, new_context, watch, axe, overflow):
    watch.allow("401|403")
    report = Reporter(portal.url, SLUG_OF_LEAVING)
    lead, page = own_account(portal, new_context, "open.tab")
    reads(page, report, PASSPHRASE)
    idle, unattended = page.context.new_page(), new_context(width=360).new_page()
    reads(idle, report, PASSPHRASE)
    unattended.clock.install()
    give_passphrase(unattended, {"login": "open.tab", "passphrase": PASSPHRASE}, "/queue")
    reads(unattended, report)
    unattended.locator("#note-words").fill("자리를 비운 사이의 메모")
    page.locator("#note-words").fill("아직 보내지 않은 메모")
    unattended.clock.fast_forward("30:30")
    expect(unattended.locator("#passphrase-dialog")).to_be_visible()
    without(lead, "open.tab")

    page.locator("#message-words").fill("아직 보내지 않은 답")
    page.locator("#message-form [data-part=send]").click()
    told = page.locator("#access-ended")
    expect(told).to_be_visible()
    expect(told).to_contain_text("기관의 책임자에게 물어봐 주세요")
    words = told.locator("textarea")
    assert [one.input_value() for one in words.all()] == ["아직 보내지 않은 답", "아직 보내지 않은 메모"]
    expect(page.locator("#case")).to_be_hidden()
    expect(page.locator("#passphrase-dialog")).to_be_hidden()
    assert page.evaluate("sessionStorage.getItem('onestop.tab')") is None
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(told).to_be_visible()
    assert (axe(page), overflow(page) <= 0) == ([], True)
    page.locator("#access-ended-leave").click()
    expect(page.locator("h1")).to_have_text("이용 권한이 끝났습니다")
    assert "안전을 위해" not in page.locator("main").inner_text()

    # Without words there is nothing to show: the page goes, with all that it held.
    idle.locator("#claim").click()
    expect(idle.locator("h1")).to_have_text("이용 권한이 끝났습니다")
    assert idle.evaluate("sessionStorage.getItem('onestop.tab')") is None

    # Nobody can prove any more who sits at a covered page: its words stay covered.
    unattended.locator("#again-passphrase").fill(PASSPHRASE)
    unattended.locator("#passphrase-form button[type=submit]").click()
    told = unattended.locator("#access-ended")
    expect(told).to_be_visible()
    expect(told).to_contain_text("더 보여 주지 않습니다")
    expect(told.locator("textarea")).to_have_count(0)
    assert "자리를 비운 사이의 메모" not in told.inner_text()

    answer = idle.goto("/en/queue")
    assert answer.status == 401
    expect(idle.locator("main")).to_contain_text("ask a lead of your organisation")
    expect(idle.locator("main a", has_text="Sign in")).to_have_count(0)
    stranger = new_context().new_page()
    stranger.goto("/queue")
    expect(stranger.locator("main")).not_to_contain_text("이용 권한이 끝났습니다")
