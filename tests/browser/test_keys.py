"""New keys, letters that move to them, and recovery from paper, in a real Chromium: nothing old is lost on the way."""

import pytest
from playwright.sync_api import expect

from app.domain.recovery_words import words
from tests.browser.ceremonies import fill_account, move_all, move_some_and, new_sheet, words_typed
from tests.browser.desk import CENTRE, give_passphrase, opened
from tests.browser.paper import PASSPHRASE, founded_on_paper
from tests.browser.reporter import QuickReporter, Reporter

pytestmark = pytest.mark.own_portal
expect.set_options(timeout=30_000)
PAPER = "paper-centre"


def new_keys(page):
    page.locator("#new-keys:enabled").click()
    expect(page.locator("#keys-said")).to_contain_text("이제 새 열쇠를 씁니다")


@pytest.mark.slow
def test_keys_change_letters_move_the_tab_closes_and_nothing_is_lost(portal, new_context):
    account = portal.account("support_centre", "lead")
    first, last = Reporter(portal.url, CENTRE), [QuickReporter(portal.url, CENTRE) for _number in range(29)][-1]
    context = new_context()
    page = context.new_page()
    give_passphrase(page, account)
    opened(page, first)
    page.locator("#note-words").fill("열쇠가 바뀌어도 남는 메모")
    page.locator("#note-form [data-part=send]").click()
    expect(page.locator("#notes")).to_contain_text("남는 메모")
    page.goto("/keys")
    new_keys(page)
    move_some_and(page, lambda page: page.close(run_before_unload=False))
    first.say("열쇠가 바뀌는 동안 쓴 글")
    page = context.new_page()
    give_passphrase(page, account, "/keys")
    move_all(page)
    for one in (first, last):
        assert one.referral["kid"] != one.referral["origin_kid"]
        assert one.referral["origin_kid"]
        opened(page, one)
    opened(page, first)
    expect(page.locator("#thread")).to_contain_text("열쇠가 바뀌는 동안 쓴 글")
    expect(page.locator("#notes")).to_contain_text("남는 메모")
    page.locator("#message-words").fill("새 열쇠로 답합니다.")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#thread")).to_contain_text("새 열쇠로 답합니다.")
    assert [said["text"] for said in first.read()] == ["새 열쇠로 답합니다."]
    after = Reporter(portal.url, CENTRE)
    assert after.referral["kid"] == first.referral["kid"]


@pytest.fixture(scope="module")
def paper(portal):
    """An organisation whose recovery words are at hand: its words, and the fingerprint on paper."""
    return founded_on_paper(portal, PAPER, "paper")


def works_on(page, reporter, axe):
    """The new lead signs in, has the letter sealed to the new keys, answers, and says that the recovery is known."""
    give_passphrase(page, {"login": "paper.again", "passphrase": PASSPHRASE}, "/keys")
    expect(page.locator(".taken-over")).to_be_visible()
    move_all(page)
    opened(page, reporter)
    page.locator("#message-words").fill("복구한 뒤에 답합니다.")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#thread")).to_contain_text("복구한 뒤에 답합니다.")
    assert [said["text"] for said in reporter.read()] == ["복구한 뒤에 답합니다."]
    page.goto("/keys")
    page.get_by_role("button", name="이 복구를 알고 있습니다").click()
    expect(page.locator(".taken-over")).to_be_visible()
    assert axe(page) == []


@pytest.mark.slow
def test_recovery_from_paper_and_everything_old_still_opens(portal, new_context, paper, axe, overflow):
    written, fingerprint = paper
    reporter = Reporter(portal.url, PAPER)
    page = new_context(width=360).new_page()
    page.goto("/recovery")
    page.locator("#slug").fill(PAPER)
    expect(words_typed(page, [*written[:4], "appel", *written[5:]])).to_contain_text("5번 (appel)")
    expect(words_typed(page, written[:20])).to_contain_text("20개")
    expect(words_typed(page, [written[1], written[0], *written[2:]])).to_contain_text("순서가 바뀌었거나")
    expect(words_typed(page, words(bytes(32)))).to_contain_text("다른 기관의 것이거나")
    assert axe(page) == []
    assert overflow(page) <= 0
    words_typed(page, written)
    expect(page.locator("#login")).to_be_visible()
    expect(page.locator("#recovery-words")).to_have_value("")
    assert overflow(page) <= 0
    fill_account(page, "paper.again", PASSPHRASE)
    assert new_sheet(page) != written
    expect(page.locator("[data-part=recovered-fingerprint]")).to_have_text(fingerprint, timeout=60_000)
    page.close()

    works_on(new_context().new_page(), reporter, axe)
    old = new_context().new_page()
    old.goto("/recovery")
    old.locator("#slug").fill(PAPER)
    expect(words_typed(old, written)).to_contain_text("예전 종이의 것")
