"""Junk in a real Chromium: selected with the keyboard or at once, out of the way, back again, and gone for good."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE
from tests.browser.reporter import Reporter

pytestmark = pytest.mark.own_portal
expect.set_options(timeout=20_000)
JUNK = "/queue?state=junk"


@pytest.fixture
def reporters(portal):
    """Three reports that nobody has opened."""
    return [Reporter(portal.url, CENTRE) for _ in range(3)]


def row(page, one):
    return page.locator(f"[id='referral-{one.referral['referral_id']}']")


def pick(page, *reporters):
    for one in reporters:
        row(page, one).locator("[data-pick]").check()


def marked(page, *reporters):
    pick(page, *reporters)
    page.get_by_role("button", name="장난·스팸으로 표시").click()
    expect(page.locator("#bulk-said")).to_contain_text(f"{len(reporters)}건을 장난·스팸으로 표시했습니다")


def test_several_leave_the_queue_and_undo_puts_each_back_in_its_place(sign_in, reporters):
    page = sign_in()
    order = page.locator(".queue__row").evaluate_all("rows => rows.map((row) => row.id)")
    first, second, third = reporters
    marked(page, first, second)
    expect(page.locator("#bulk-said")).to_be_focused()
    expect(row(page, first)).to_have_count(0)
    expect(row(page, third)).to_be_visible()
    page.locator("#bulk-undo").click()
    expect(page.locator("#bulk-said")).to_contain_text("2건을 목록으로 되돌렸습니다")
    assert page.locator(".queue__row").evaluate_all("rows => rows.map((row) => row.id)") == order
    marked(page, first)
    page.goto("/queue")
    expect(row(page, first)).to_have_count(0)
    expect(row(page, second)).to_be_visible()


def test_with_the_keyboard_alone(sign_in, reporters):
    page = sign_in()
    row(page, reporters[0]).locator("[data-pick]").focus()
    page.keyboard.press("Space")
    expect(page.locator("#picked")).to_have_text("1건 선택함")
    page.get_by_role("button", name="장난·스팸으로 표시").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#bulk-said")).to_contain_text("1건을 장난·스팸으로 표시했습니다")
    page.keyboard.press("Tab")
    expect(page.locator("#bulk-undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, reporters[0])).to_be_visible()


def test_all_at_once_but_not_those_who_wrote_anew(sign_in, reporters):
    reporters[1].say("장난이 아니에요.")
    page = sign_in()
    page.locator("#pick-all").check()
    expect(page.locator("#picked")).to_contain_text("새로 글을 남긴 건은 뺐습니다")
    expect(row(page, reporters[0]).locator("[data-pick]")).to_be_checked()
    expect(row(page, reporters[1]).locator("[data-pick]")).not_to_be_checked()
    page.locator("#pick-all").uncheck()
    expect(page.locator("#picked")).to_have_text("")


def test_whoever_writes_comes_back_and_reads_before_that_what_awaits(sign_in, new_context, reporters):
    one = reporters[0]
    page = sign_in()
    marked(page, one)
    assert one.referral["state"] == "closed"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", one.referral["destroy_on"])
    page.goto(JUNK)
    expect(row(page, one)).to_contain_text(re.compile("님이 .+에 표시함, .+ 파기"))
    one.say("아직 도움이 필요해요.")
    page.goto(JUNK)
    expect(row(page, one)).to_have_count(0)
    page.goto("/queue")
    expect(row(page, one)).to_be_visible()
    assert one.referral["state"] == "received"


def test_what_somebody_else_changed_stays_and_is_said(sign_in, reporters):
    page, other = sign_in(), sign_in("lead")
    marked(other, reporters[0])
    pick(page, reporters[0], reporters[1])
    page.get_by_role("button", name="장난·스팸으로 표시").click()
    said = page.locator("#bulk-said")
    expect(said).to_contain_text("1건을 장난·스팸으로 표시했습니다")
    expect(said).to_contain_text("1건은 그대로 두었습니다")
    expect(row(page, reporters[0])).to_be_visible()
    expect(row(page, reporters[1])).to_have_count(0)


def test_only_a_lead_destroys_now_and_is_asked_first(sign_in, reporters):
    page = sign_in()
    marked(page, *reporters)
    page.goto(JUNK)
    expect(page.get_by_role("button", name="지금 파기")).to_have_count(0)
    pick(page, reporters[0])
    page.get_by_role("button", name=re.compile("목록으로 되돌리기")).click()
    expect(page.locator("#bulk-said")).to_contain_text("1건을 목록으로 되돌렸습니다")
    lead = sign_in("lead", JUNK)
    doomed, spared = row(lead, reporters[1]), row(lead, reporters[2])
    doomed.locator("[data-pick]").check()
    lead.get_by_role("button", name="지금 파기").click()
    lead.get_by_role("button", name="그대로 두기").click()
    expect(doomed).to_be_visible()
    lead.get_by_role("button", name="지금 파기").click()
    expect(lead.locator("#destroy-what")).to_contain_text("1건")
    lead.get_by_role("button", name="영구히 파기").click()
    expect(lead.locator("#bulk-said")).to_contain_text("1건을 파기했습니다")
    expect(doomed).to_have_count(0)
    expect(spared).to_be_visible()


def test_without_a_choice_it_says_so_and_a_lost_line_changes_nothing(sign_in, reporters, watch):
    watch.allow("ERR_FAILED")
    page = sign_in()
    page.get_by_role("button", name="장난·스팸으로 표시").click()
    expect(page.locator("#bulk-said")).to_contain_text("먼저 한 건 이상")
    page.route("**/queue/junk", lambda route: route.abort())
    pick(page, reporters[0])
    page.get_by_role("button", name="장난·스팸으로 표시").click()
    expect(page.locator("#bulk-said")).to_contain_text("연결할 수 없습니다")
    expect(row(page, reporters[0]).locator("[data-pick]")).to_be_checked()
    page.unroute("**/queue/junk")
    page.get_by_role("button", name="장난·스팸으로 표시").click()
    expect(row(page, reporters[0])).to_have_count(0)


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.slow)])
def test_it_fits_every_width_and_has_no_fault(sign_in, reporters, axe, overflow, language):
    page = sign_in("lead", language=language)
    prefix = "" if language == "ko" else "/en"
    page.goto(f"{prefix}/queue")
    marked_boxes = page.locator("[data-pick]")
    marked_boxes.first.check()
    page.locator("[data-act=mark]").click()
    expect(page.locator("#bulk-undo")).to_be_visible()
    for path in ("", f"{prefix}{JUNK}"):
        if path:
            page.goto(path)
            page.locator("#pick-all").check()
        for width in (1280, 768, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) <= 0
            assert axe(page) == []
    page.locator("[data-act=destruction]").click()
    expect(page.locator("#destroy-dialog")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#destroy-dialog")).to_be_hidden()
