"""Working by link at the commission: three hundred decided with keys alone, files out and in, and nothing lost."""

import csv
import io
import json

import pytest
from playwright.sync_api import expect

from tests.browser.deciding import MOST_PRESSES, decide_all, only, saved, saved_list, states_told
from tests.browser.desk import give_passphrase
from tests.browser.many_links import LINKS, OWN, made_up
from tests.browser.reporter import Reporter

pytestmark = pytest.mark.own_portal  # every link of the commission is decided here.
expect.set_options(timeout=30_000)
COMMISSION = "demo-commission"
LETTERS = 9


@pytest.fixture(scope="module")
def reporters(portal):
    return [Reporter(portal.url, COMMISSION, made_up(letter)) for letter in range(LETTERS)]


@pytest.fixture(scope="module")
def summaries(portal, browser, reporters):
    """Let the summaries of all letters be made: from then on they are opened ones."""
    context = browser.new_context(base_url=portal.url, locale="ko-KR")
    page = context.new_page()
    give_passphrase(page, portal.account("commission", "caseworker"))
    page.locator("#first-opening-go:visible").click()
    expect(page.locator("#first-opening")).to_be_hidden()
    yield context.cookies(), page.evaluate("({...sessionStorage})")
    context.close()


@pytest.fixture
def at_desk(new_context, summaries):
    """A page by link of the commission's caseworker, with the links of all letters opened."""

    def opened(prefix="", **options):
        cookies, tab = summaries
        context = new_context(**options)
        context.add_cookies(cookies)
        page = context.new_page()
        page.goto("/help")
        page.evaluate("(tab) => Object.assign(sessionStorage, tab)", tab)
        page.goto(f"{prefix}/links")
        expect(page.locator("#open-letters")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#work")).to_be_visible()
        return page

    return opened


def typed(page, key):
    """Press a key that only a Korean keyboard has."""
    page.evaluate("(key) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))", key)


def test_one_key_decides_one_goes_back_and_a_reason_is_asked_for(at_desk, reporters, axe, overflow):
    page = at_desk()
    only(page, "board0.example")
    expect(page.locator("#rows tr")).to_have_count(LINKS)
    expect(page.locator("#card-address")).to_have_text("hxxps[:]//board0[.]example/view/0?x=1")
    assert page.locator("main a[href*='example']").count() == 0
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []
    page.keyboard.press("1")
    expect(page.locator("#card-title")).to_have_text(f"링크 2 / {LINKS}")
    page.keyboard.press("5")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reason-error")).to_be_visible()
    page.keyboard.type("12345 심의 대상이 아님")
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_have_text(f"링크 3 / {LINKS}")
    typed(page, "ㅕ")  # the key of u on a Korean keyboard: taken back before it left
    expect(page.locator("#card-title")).to_have_text(f"링크 2 / {LINKS}")
    page.keyboard.press("2")
    saved(page)
    items = [item["id"] for item in reporters[0].letter["items"]]
    assert states_told(reporters[0]) == {items[0]: "correction_requested", items[1]: "blocked"}
    page.keyboard.press("u")
    expect(page.locator(f"[data-link='{items[1]}'] .state--item-reported")).to_be_visible()
    assert states_told(reporters[0])[items[1]] == "reported"
    assert "잘못" in reporters[0].read()[-1]["text"]


def test_a_list_goes_out_and_decisions_come_in_and_go_back(at_desk, reporters, portal, tmp_path):
    page = at_desk()
    only(page, "board2.example")
    items = [item["id"] for item in reporters[2].letter["items"]]
    files = saved_list(page, portal, tmp_path)
    listed = json.loads(files["json"])
    assert listed["counts"]["links"] == LINKS
    assert {one["id"] for one in listed["links"]} == set(items)
    assert reporters[2].referral["referral_id"].encode() not in files["csv"] + files["json"]

    choose(page, decided_in(files["csv"]).encode("cp949", "replace"))
    expect(page.locator("#import-rows tr")).to_have_count(5)
    expect(page.locator("#import-counts")).to_contain_text("이 화면에 열린 링크가 아님: 1")
    assert states_told(reporters[2]) == {}
    page.locator("#import-go").click()
    expect(page.locator("#counts")).to_contain_text("저장됨 5 · 보내는 중 0")
    assert states_told(reporters[2]) == dict.fromkeys(items[9:14], "blocked")
    page.locator("#import-undo").click()
    expect(page.locator("#counts")).to_contain_text("결정 0 · 저장됨 0 · 보내는 중 0")
    assert states_told(reporters[2]) == dict.fromkeys(items[9:14], "reported")
    many = "링크 번호표,결정\n" + "x,삭제됨\n" * 50_000
    for content, words in ((many, "5,000줄까지"), ("주소,이름\na,b\n", "“링크 번호표”, “결정”")):
        choose(page, content.encode())
        expect(page.locator("#import-error")).to_contain_text(words)
        expect(page.locator("#import-preview")).to_be_hidden()


def decided_in(listed):
    """The list as somebody gives it back: five decided, and one that nobody knows."""
    rows = list(csv.reader(io.StringIO(listed.decode("utf-8-sig"))))
    decision, link_id = rows[0].index("결정"), rows[0].index("링크 번호표")
    for row in rows[10:15]:
        row[decision] = "접속차단"
    rows.append(["" for _ in rows[0]])
    rows[-1][link_id], rows[-1][decision] = "A" * 22, "삭제됨"
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def choose(page, content):
    """Choose a file to read decisions from."""
    page.locator("#import-file").set_input_files({"name": "decided.csv", "mimeType": "text/csv", "buffer": content})


@pytest.mark.slow
def test_two_people_a_broken_line_and_an_ended_session_lose_nothing(at_desk, reporters, watch):
    watch.allow("409")
    watch.allow("401")
    watch.allow("ERR_INTERNET_DISCONNECTED")
    page, other = at_desk(), at_desk()
    for one in (page, other):
        only(one, "board1.example")
    items = [item["id"] for item in reporters[1].letter["items"]]
    for key in "23":
        other.keyboard.press(key)
    saved(other)
    page.keyboard.press("1")
    page.keyboard.press("3")
    page.keyboard.press("2")
    saved(page)
    expect(page.locator("#needs-rows li")).to_have_count(1)
    expect(page.locator("#needs-rows")).to_contain_text("board1[.]example/view/0")
    told = states_told(reporters[1])
    assert [told[item] for item in items[:3]] == ["blocked", "removed", "blocked"]
    page.locator("#needs-rows button").first.click()
    expect(page.locator("#needs")).to_be_hidden()

    page.context.set_offline(True)
    for key in "121":
        page.keyboard.press(key)
    page.keyboard.press("w")
    expect(page.locator("#trouble")).to_contain_text("연결이 끊겼어요. 결정 3건")
    page.context.set_offline(False)
    expect(page.locator("#counts")).to_contain_text("보내는 중 0")
    assert [states_told(reporters[1])[item] for item in items[3:6]] == [
        "correction_requested",
        "blocked",
        "correction_requested",
    ]


def test_a_break_is_offered_after_a_long_read_and_covers_the_links(at_desk, axe):
    page = at_desk()
    page.clock.install()
    page.reload()
    page.locator("#open-letters").click()
    only(page, "board0.example")
    expect(page.locator("#card-title")).to_contain_text("링크")
    standing = page.locator("#card-title").text_content()
    read = "{day: '', seconds: 2990, since: 2990, at: Date.now()}"
    page.evaluate(f"sessionStorage.setItem('onestop.reading', JSON.stringify({read}))")
    page.clock.fast_forward(16_000)
    expect(page.locator("#break")).to_contain_text("쉬")
    assert axe(page) == []
    page.locator("#break-now").click()
    expect(page.locator("#resting")).to_contain_text("결정한 것은 그대로")
    page.keyboard.press("1")  # nothing is decided by somebody who rests
    page.locator("#break-over").click()
    expect(page.locator("#break")).to_be_hidden()
    expect(page.locator("#card-title")).to_have_text(standing)
    expect(page.locator("#counts")).to_contain_text("결정 0")


@pytest.mark.slow
def test_three_hundred_links_in_one_sitting_by_keys_alone(at_desk, reporters, overflow):
    page = at_desk()
    shown, presses = decide_all(page, "sitting")
    assert shown == (LETTERS - OWN) * LINKS >= 300
    assert presses / shown <= MOST_PRESSES
    assert overflow(page) <= 0
    for reporter in reporters[OWN:]:
        told = states_told(reporter)
        assert len(told) == LINKS
        assert len(reporter.read()) <= 2, "a reporter is told once for what was decided in one go"
