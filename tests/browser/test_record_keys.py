"""Records that belong to no referral move to new keys with everything else, and whoever works on goes on."""

import pytest
from playwright.sync_api import expect

from tests.browser.composing import AGREED, begin, keep
from tests.browser.desk import CENTRE, give_passphrase
from tests.browser.reporter import Reporter

pytestmark = pytest.mark.own_portal  # keys change here


@pytest.fixture
def reporter(portal):
    return Reporter(portal.url, CENTRE, AGREED)


@pytest.mark.slow
def test_records_without_a_referral_move_to_new_keys(sign_in, portal, new_context, reporter):
    page = sign_in()
    begin(page, reporter)
    page.locator("#to").fill("열쇠가 바뀌어도")
    keep(page)
    address = page.url
    lead = new_context().new_page()
    give_passphrase(lead, portal.account("support_centre", "lead"), "/keys")
    lead.locator("#new-keys:enabled").click()
    expect(lead.locator("#keys-said")).to_contain_text("이제 새 열쇠를 씁니다")
    lead.locator("#resealing-start:enabled").click()
    expect(lead.locator("#resealing-said")).to_contain_text("모든 신고서를 새 열쇠로 잠갔습니다", timeout=120_000)
    lead.goto("/requests")
    expect(lead.locator("#groups")).to_contain_text("열쇠가 바뀌어도")
    lead.goto(address)
    expect(lead.locator("#request-title")).to_have_text("열쇠가 바뀌어도")
    expect(lead.locator("#facts")).to_contain_text("centre.caseworker")
