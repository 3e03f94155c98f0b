"""An organisation begins anew after all its keys were lost, in a real Chromium: everybody is told, nobody is stuck."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.ceremonies import fill_account, new_sheet
from tests.browser.desk import CENTRE, give_passphrase, opened
from tests.browser.reporter import Reporter
from tests.browser.reporting import come_back

ROOT = Path(__file__).parents[2]
NOT_SIGNED_IN = 401
PASSPHRASE = "seven words that nobody else here has ever said"

pytestmark = pytest.mark.own_portal
expect.set_options(timeout=30_000)


def refounded(portal):
    """Run the operator's command; give what it prints as the end of an address."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "refound", CENTRE, "--operator"]
    command.append(portal.account("operator", "operator")["login"])
    ran = subprocess.run(
        command, cwd=ROOT, env=portal.environment, input=f"{CENTRE}\n", capture_output=True, text=True, check=True
    )
    return re.search(r"/invitation#[\w-]{43}", ran.stdout)[0]


def looks_well(page, axe, overflow):
    assert overflow(page) <= 0
    assert axe(page) == []


def founds_anew(page, address, axe, overflow):
    page.goto(address)
    expect(page.locator("[data-part=anew]")).to_contain_text("이미 열쇠가 있었지만 잃어버렸어요")
    looks_well(page, axe, overflow)
    fill_account(page, "found.anew", PASSPHRASE)
    new_sheet(page)
    printed = page.locator("[data-part=founded-fingerprint]")
    expect(printed).to_have_text(re.compile(r"(\d{5} ){5}\d{5}"), timeout=60_000)
    return printed.inner_text()


def sends_it_once_more(page, reporter, axe, overflow):
    """Come back with the code: the thread says what was lost; the same organisation is chosen once more."""
    come_back(page, reporter.code)
    card = page.locator("#threads .thread")
    expect(card.locator("[data-lost]")).to_contain_text("당신이 잘못한 것은 없어요")
    expect(card.locator("[data-message]")).to_be_hidden()
    expect(card.locator("[data-next-part]")).to_be_hidden()
    expect(page.locator("#withdraw")).to_be_visible()
    looks_well(page, axe, overflow)
    page.locator("#add-organisation > summary").click()
    page.locator(f"#organisation-{CENTRE}-chosen").check()
    page.locator(f"#organisation-{CENTRE}-sensitive").check()
    page.locator("#addition-look").click()
    page.locator("#addition-send").click()
    expect(page.locator("#threads .thread")).to_have_count(2)
    expect(page.locator("[data-lost]:visible")).to_have_count(1)
    expect(page.locator("[data-message]:visible")).to_have_count(1)


@pytest.mark.slow
def test_keys_are_made_anew_everybody_is_told_and_the_letter_is_sent_once_more(portal, new_context, axe, overflow):
    reporter = Reporter(portal.url, CENTRE, keep_own=True)
    old = reporter.referral["referral_id"]
    before = new_context().new_page()
    give_passphrase(before, portal.account("support_centre", "lead"))
    opened(before, reporter)

    page = new_context(width=360, height=740).new_page()
    address = refounded(portal)
    before.goto("/people")
    expect(before.locator(".taken-over")).to_contain_text("초대를 취소할 수 있어요")
    fingerprint = founds_anew(page, address, axe, overflow)

    assert before.context.request.get("/queue", max_redirects=0).status == NOT_SIGNED_IN
    page.goto(f"/organisation/{CENTRE}")
    expect(page.locator("p.fingerprint")).to_have_text(fingerprint)
    expect(page.locator("li.fingerprint s")).to_have_count(1)
    looks_well(page, axe, overflow)
    sends_it_once_more(page, reporter, axe, overflow)

    desk = new_context(width=360, height=740).new_page()
    give_passphrase(desk, {"login": "found.anew", "passphrase": PASSPHRASE})
    expect(desk.locator(".taken-over")).to_contain_text("책임자와 복구 단어를 모두 잃었기 때문")
    expect(desk.locator(f"[id='referral-{old}']")).to_contain_text("더 이상 열 수 없는")
    fresh = next(row for row in reporter.threads() if row["referral_id"] != old)
    desk.goto(f"/referral/{fresh['referral_id']}")
    expect(desk.locator("#case")).to_be_visible()
    desk.goto(f"/referral/{old}")
    expect(desk.locator("#lost")).to_be_visible()
    expect(desk.locator("#case")).to_be_hidden()
    looks_well(desk, axe, overflow)
    desk.locator("#lost-close").click()
    expect(desk.locator("#head-state")).to_contain_text("종결됨")
    assert {one["referral_id"]: one["state"] for one in reporter.threads()}[old] == "closed"
