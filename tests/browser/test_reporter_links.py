"""Addresses on the report page: what was pasted is taken apart, read at once on the device, and never lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import begin, choose, on_to

MESSAGE = """[홍길동] [오후 3:12] 이거 너 아니야?
[홍길동] [오후 3:12] https://t.me/+AbC_dEf 여기랑 hxxps://board[.]example/1입니다.
[홍길동] [오후 3:13] (naver.com에도 있대)"""
SPLIT = ["https://t.me/+AbC_dEf", "hxxps://board[.]example/1", "naver.com"]


@pytest.fixture
def page(new_context):
    return new_context(width=360, height=740).new_page()


def paste(page, text, field="#link-0-address"):
    page.locator(field).focus()
    page.keyboard.insert_text(text)
    page.locator(field).dispatch_event("change")


def addresses(page):
    return page.locator("#links textarea[id$=address]")


def typed(page):
    return addresses(page).evaluate_all("(fields) => fields.map((field) => field.value)")


def reading(page, index=0):
    return page.locator("#links [data-reading]").nth(index)


def test_a_pasted_message_becomes_links_and_its_words_are_offered(page, axe, overflow):
    begin(page)
    paste(page, MESSAGE)
    expect(addresses(page)).to_have_count(3)
    assert typed(page) == SPLIT
    expect(reading(page)).to_contain_text("텔레그램 · 대화방 또는 초대 링크")
    expect(reading(page, 1)).to_contain_text("웹페이지")
    expect(reading(page, 2)).to_contain_text("네이버 검색 · 첫 화면")
    beside = reading(page).locator(".link__words")
    expect(beside).to_contain_text("이거 너 아니야?")
    assert axe(page) == []
    assert overflow(page) == 0
    reading(page).locator(".link__beside button").first.click()
    expect(page.locator("#sentence")).to_be_focused()
    assert "이거 너 아니야?" in page.locator("#sentence").input_value()
    expect(beside).to_have_count(0)
    reading(page).locator("details summary").click()
    expect(reading(page)).to_contain_text("다시 찾아보지 않으셔도 돼요")


def test_the_kind_that_is_seen_is_proposed_and_can_be_changed(page):
    begin(page)
    page.locator("#link-0-address").fill("https://www.instagram.com/someone")
    expect(reading(page)).to_contain_text("인스타그램 · 계정(프로필)")
    reading(page).get_by_role("button", name="다른 곳이에요").click()
    kind = page.locator("#link-0-kind")
    expect(kind).to_be_focused()
    expect(kind.locator("option").first).to_have_text("보이는 대로: SNS 계정")
    page.locator("#add-link").click()
    page.locator("#link-1-address").fill("https://drive.google.com/file/d/AbC/view")
    kind.select_option("forum")
    on_to(page, "organisations")
    choose(page, "demo-centre")
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    letter = page.locator("#letters article").first
    expect(letter).to_contain_text("커뮤니티")
    expect(letter).not_to_contain_text("SNS 계정")
    expect(letter).to_contain_text("클라우드")


def test_text_without_an_address_is_not_lost(page):
    begin(page)
    paste(page, "텔레그램 방 이름은 하늘바다")
    expect(reading(page)).to_contain_text("주소가 없어도 괜찮아요")
    reading(page).locator("button").last.click()
    expect(page.locator("#link-0-place")).to_have_value("텔레그램 방 이름은 하늘바다")
    expect(page.locator("#link-0-address")).to_have_value("")
    page.locator("#link-0-address").fill("했어요.그래서")
    page.locator("#sentence").focus()
    expect(page.locator("#link-0-address")).to_have_value("했어요.그래서")


def test_what_is_wanted_as_it_stands_stays(page):
    """Who puts back what was cut off means it."""
    begin(page)
    paste(page, "https://board.example/1입니다")
    expect(page.locator("#link-0-address")).to_have_value("https://board.example/1")
    page.locator("#link-0-address").fill("https://board.example/1입니다")
    page.locator("#sentence").focus()
    expect(reading(page)).to_contain_text("웹페이지")
    expect(page.locator("#link-0-address")).to_have_value("https://board.example/1입니다")


def test_five_hundred_addresses_at_once_and_the_page_answers_meanwhile(page):
    """At every moment every address stands in some field, and the page takes input while it works."""
    begin(page)
    many = [f"https://board.example/post/{number}" for number in range(520)]
    page.locator("#link-0-address").fill("https://board.example/")
    expect(reading(page)).to_be_visible()
    page.evaluate("""() => {
        window.seen = {turns: 0, lost: 0};
        const look = () => {
            const fields = [...document.querySelectorAll("#links textarea[id$=address]")];
            window.seen.turns += 1;
            const whole = fields.map((field) => field.value).join("\\n").split("\\n").length;
            if (window.watched && whole !== 520) window.seen.lost += 1;
            if (fields.length < 500) setTimeout(look);
        };
        setTimeout(look);
    }""")
    page.locator("#link-0-address").fill("\n".join(many))
    page.evaluate("window.watched = true")
    page.locator("#sentence").focus()
    page.keyboard.type("한 줄")
    expect(addresses(page)).to_have_count(500)
    expect(page.locator("#links-count")).to_contain_text("500개까지")
    kept = typed(page)
    assert kept[:-1] == many[:499]
    assert kept[-1].split("\n") == many[499:]
    assert page.locator("#sentence").input_value() == "한 줄"
    seen = page.evaluate("window.seen")
    assert seen["lost"] == 0
    assert seen["turns"] > 10
    expect(page.locator("#add-link")).to_be_hidden()


def test_what_reads_addresses_is_fetched_once_somebody_begins_and_typing_asks_nothing_of_anybody(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/report", wait_until="networkidle")
    assert not [url for url in asked if re.search("platforms|address_words|link_reading", url)]
    with page.expect_request("**/report/link_reading.js"):
        begin(page)
    page.wait_for_load_state("networkidle")
    before = len(asked)
    page.locator("#link-0-address").fill("https://site.example/1")
    expect(reading(page)).to_be_visible()
    assert asked[before:] == []


def test_the_lines_speak_the_language_of_the_page(new_context):
    page = new_context(language="en").new_page()
    begin(page, "/en/report")
    page.locator("#link-0-address").fill("https://bit.ly/3abc")
    expect(reading(page)).to_contain_text("Bitly · Shortened address")
    page.locator("#link-0-address").fill("https://іnstagram.com/p/1")
    expect(reading(page)).to_contain_text("It looks like Instagram but is another site")
    page.locator("#link-0-address").fill("그냥 글")
    expect(reading(page)).to_be_hidden()
