"""New keys, letters that move to them, and recovery from paper, in a real Chromium: nothing old is lost on the way."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.cli.ceremony import Description, Person, found
from app.crypto import recipient_key
from app.db import engine_for, session_for
from app.domain.recovery_words import words
from app.services import portal as portals
from tests.browser.desk import CENTRE, give_passphrase, opened
from tests.browser.live_portal import LivePortal
from tests.browser.reporter import Reporter

expect.set_options(timeout=30_000)
PAPER = "paper-centre"
PASSPHRASE = "seven words that nobody else here has ever said"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of its own: what changes keys here changes them for nobody else's test."""
    with LivePortal(tmp_path_factory.mktemp("keys")) as running:
        yield running


def new_keys(page):
    page.locator("#new-keys:enabled").click()
    expect(page.locator("#keys-said")).to_contain_text("이제 새 열쇠를 씁니다")


def reporters(portal, number):
    return [Reporter(portal.url, CENTRE) for _number in range(number)]


def move_some_and_close(page):
    """Begin, and close the tab when five letters have moved and others are under way."""
    let_through, held = [], []

    def stop_after_five(route):
        (let_through if len(let_through) < 5 else held).append(route)
        if route in let_through:
            route.continue_()

    page.route(re.compile(r"/referral/[^/]+/resealing$"), stop_after_five)
    page.locator("#resealing-start:enabled").click()
    expect(page.locator("#resealing-words")).to_have_text(re.compile("중 5건$"))
    page.close(run_before_unload=False)
    assert held


@pytest.mark.parametrize("number", [30, pytest.param(500, marks=pytest.mark.slow)])
def test_keys_change_letters_move_the_tab_closes_and_nothing_is_lost(portal, new_context, number):
    account = portal.account("support_centre", "lead")
    first, *_rest = people = reporters(portal, number)
    context = new_context()
    page = context.new_page()
    give_passphrase(page, account)
    opened(page, first)
    page.locator("#note-words").fill("열쇠가 바뀌어도 남는 메모")
    page.locator("#note-form [data-part=send]").click()
    expect(page.locator("#notes")).to_contain_text("남는 메모")
    page.goto("/keys")
    new_keys(page)
    move_some_and_close(page)
    first.say("열쇠가 바뀌는 동안 쓴 글")
    page = context.new_page()
    give_passphrase(page, account, "/keys")
    expect(page.locator("#left-words")).to_contain_text("아직 예전 열쇠로")
    page.locator("#resealing-start:enabled").click()
    expect(page.locator("#resealing-said")).to_contain_text("모든 신고서를 새 열쇠로 잠갔습니다", timeout=180_000)
    page.reload()
    expect(page.locator("#left-words")).to_contain_text("없습니다")
    for one in (first, people[-1]):
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
    engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
    recovery = recipient_key.generate()
    people = [Person(f"paper.{role}", role, PASSPHRASE) for role in ("lead", "caseworker")]
    with session_for(engine) as session:
        portal_id = portals.current(session).portal_id
        session.rollback()
        described = Description(PAPER, "support_centre", "종이센터", "Paper centre", "seoul")
        founded = found(session, portal_id, described, people, datetime.now(UTC), recovery)
    engine.dispose()
    return words(recovery.seed), founded.fingerprint


def typed_words(page, typed):
    page.locator("#recovery-words").fill(" ".join(typed))
    page.locator("#words-on:enabled").click()
    return page.locator("[data-step=words] [data-part=problem-detail]")


def new_sheet(page):
    """Go through the new sheet and the two words that are asked back."""
    sheet = page.locator("[data-part=sheet-words] li")
    expect(sheet).to_have_count(24)
    on_paper = sheet.all_inner_texts()
    page.locator("#kit-on").click()
    for number in (1, 2):
        asked = int(re.search(r"\d+", page.locator(f"label[for=back-{number}]").inner_text())[0])
        page.locator(f"#back-{number}").fill(on_paper[asked - 1])
    page.locator("#back-on").click()
    return on_paper


def works_on(page, reporter, axe):
    """The new lead signs in, has the letter sealed to the new keys, answers, and says that the recovery is known."""
    give_passphrase(page, {"login": "paper.again", "passphrase": PASSPHRASE}, "/keys")
    expect(page.locator(".taken-over")).to_be_visible()
    page.locator("#resealing-start:enabled").click()
    expect(page.locator("#resealing-said")).to_contain_text("모든 신고서를 새 열쇠로 잠갔습니다")
    opened(page, reporter)
    page.locator("#message-words").fill("복구한 뒤에 답합니다.")
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#thread")).to_contain_text("복구한 뒤에 답합니다.")
    assert [said["text"] for said in reporter.read()] == ["복구한 뒤에 답합니다."]
    page.goto("/keys")
    page.get_by_role("button", name="이 복구를 알고 있습니다").click()
    expect(page.locator(".taken-over")).to_be_visible()
    assert axe(page) == []


def test_recovery_from_paper_and_everything_old_still_opens(portal, new_context, paper, axe, overflow):
    written, fingerprint = paper
    reporter = Reporter(portal.url, PAPER)
    page = new_context(width=360).new_page()
    page.goto("/recovery")
    page.locator("#slug").fill(PAPER)
    expect(typed_words(page, [*written[:4], "appel", *written[5:]])).to_contain_text("5번 (appel)")
    expect(typed_words(page, written[:20])).to_contain_text("20개")
    expect(typed_words(page, [written[1], written[0], *written[2:]])).to_contain_text("순서가 바뀌었거나")
    expect(typed_words(page, words(bytes(32)))).to_contain_text("다른 기관의 것이거나")
    assert axe(page) == []
    assert overflow(page) <= 0
    typed_words(page, written)
    expect(page.locator("#login")).to_be_visible()
    expect(page.locator("#recovery-words")).to_have_value("")
    assert overflow(page) <= 0
    page.locator("#login").fill("paper.again")
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("#passphrase-again").fill(PASSPHRASE)
    page.locator("#account-on").click()
    assert new_sheet(page) != written
    expect(page.locator("[data-part=recovered-fingerprint]")).to_have_text(fingerprint, timeout=60_000)
    page.close()

    works_on(new_context().new_page(), reporter, axe)
    old = new_context().new_page()
    old.goto("/recovery")
    old.locator("#slug").fill(PAPER)
    expect(typed_words(old, written)).to_contain_text("예전 종이의 것")
