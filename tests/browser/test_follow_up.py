"""After a report was sent, on a phone: what comes next, what can be added, changed and taken back; both sides of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE, opened
from tests.browser.reporter import Reporter
from tests.browser.reporting import LOST, come_back

expect.set_options(timeout=20_000)
ADDED = "https://added.example/나중/1"
TOLD = "나중에 적은 이야기 카나리아-5520"


@pytest.fixture
def reporter(portal):
    return Reporter(portal.url, CENTRE, keep_own=True)


@pytest.fixture
def phone(new_context):
    return new_context(width=360, height=740)


@pytest.fixture
def page(phone, reporter):
    page = phone.new_page()
    come_back(page, reporter.code)
    expect(page.locator("#threads .thread")).to_have_count(1)
    return page


def add_address(page):
    page.locator("#add-links > summary").click()
    page.locator("#link-0-address").fill(ADDED)
    page.locator("#send-links").click()
    expect(page.locator("#visit-status")).to_contain_text("보냈습니다")


def test_where_it_stands_what_comes_next_and_addresses_that_stay_covered(page, axe, overflow):
    card = page.locator("#threads .thread")
    expect(card.locator("[data-state]")).to_contain_text("접수되었습니다")
    expect(card.locator("[data-next]")).to_contain_text("담당자가 열어 보고")
    expect(card.locator("[data-by]")).to_contain_text("약속은 아닙니다")
    assert "photo.example" not in page.content()
    show = card.get_by_role("button", name="주소 1 보기")
    show.click()
    expect(card.locator(".masked__address").first).to_have_text("https://photo.example/a/1?x=1")
    expect(card.get_by_role("button", name="주소 1 가리기")).to_have_attribute("aria-expanded", "true")
    page.evaluate(
        """() => {
            Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
            delete document.visibilityState;
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect(show).to_be_visible()
    assert "photo.example" not in page.content()
    assert page.locator("main a[href*='example']").count() == 0
    closed = page.locator("#visit details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()
    assert overflow(page) <= 0
    assert axe(page) == []


def test_what_is_added_reaches_the_organisation_and_can_be_worked(page, reporter, sign_in):
    add_address(page)
    card = page.locator("#threads .thread")
    expect(card.locator("[data-links-title]")).to_contain_text("4")
    assert "added.example" not in page.content()
    card.locator("[data-consent-part] > summary").click()
    expect(card.locator("[data-consent-known]")).to_contain_text("삭제지원")
    card.locator("[data-consent-send]").click()
    expect(card.locator("[data-consent-said]")).to_contain_text("아직 바뀐 것이 없습니다")
    card.locator("input[value=legal_medical]").check()
    card.locator("input[value=deletion]").uncheck()
    card.locator("[data-consent-send]").click()
    expect(card.locator("[data-consent-said]")).to_contain_text("이 기관만 알게 됩니다")

    desk = opened(sign_in(), reporter)
    rows = desk.locator(".links__row")
    expect(rows).to_have_count(4)
    expect(rows.last.locator(".links__url")).to_have_text("hxxps[:]//added[.]example/나중/1")
    expect(rows.last.locator(".state")).to_have_text("신고됨")
    expect(rows.last).to_contain_text("나중에 더한 주소")
    assert desk.locator("main a[href*='added']").count() == 0
    expect(desk.locator("#thread")).to_contain_text("hxxps[:]//added[.]example")
    expect(desk.locator("[data-fact=consent]")).to_contain_text("법률")
    expect(desk.locator("[data-fact=consent]")).not_to_contain_text("삭제")
    expect(desk.locator("[data-fact=consent]")).to_contain_text("바꾼")
    desk.locator("#claim").click()
    expect(desk.locator("#head-assignee")).to_have_text("centre.caseworker")
    desk.locator("#link-4").check()
    desk.locator("#item-state").select_option("requested_operator")
    desk.locator("#item-form [data-part=send]").click()
    expect(rows.last.locator(".state--item-requested_operator")).to_be_visible()

    page.locator("#refresh").click()
    expect(card.locator(".thread__link").nth(3)).to_contain_text("삭제를 요청했습니다")
    expect(card.locator(".thread__link").nth(3)).to_contain_text("기관이 직접 알린 내용")
    expect(card.locator("[data-links-next]")).to_contain_text("운영하는 곳이 지우고 답해요")
    card.locator("[data-so-far] > summary").click()
    expect(card.locator("[data-events]")).to_contain_text("담당자가 열어 보았습니다")
    expect(card.locator("[data-events]")).to_contain_text("주소 1개: 삭제를 요청했습니다")


def test_another_organisation_gets_a_letter_of_its_own_and_can_be_left_alone(page, phone, portal, reporter, watch):
    watch.allow(LOST)
    add_address(page)
    page.locator("#add-organisation > summary").click()
    expect(page.locator(f"#organisations [data-organisation={CENTRE}]")).to_be_hidden()
    expect(page.locator("#addition-links")).to_contain_text("4")
    police = page.locator("#organisations [data-organisation=demo-police]")
    page.locator("#addition-look").click()
    expect(page.locator("#organisations-error")).to_be_visible()
    police.locator("#organisation-demo-police-chosen").check()
    assert police.locator("[data-consent] input:checked").count() == 0
    page.locator("#account_note").fill(TOLD)
    page.locator("#account-for-choices input").check()
    page.locator("#addition-look").click()
    expect(police.locator("[id$=sensitive-error]")).to_be_visible()
    police.locator("#organisation-demo-police-sensitive").check()
    police.locator("#organisation-demo-police-purposes-police").check()
    page.locator("#addition-look").click()
    letters = page.locator("#letters")
    expect(letters).to_contain_text(TOLD)
    expect(letters.get_by_role("button", name=re.compile("주소 .* 보기"))).to_have_count(3)
    phone.set_offline(True)
    page.locator("#addition-send").click()
    expect(page.locator("#addition-status")).to_contain_text("연결이 끊겼습니다")
    phone.set_offline(False)
    expect(page.locator("#threads .thread")).to_have_count(2)
    expect(page.locator("#organisations [data-organisation=demo-police]")).to_be_hidden()

    card = page.locator("#threads .thread").filter(has=page.locator("h2", has_text="경찰"))
    expect(card.locator("[data-links-title]")).to_contain_text("4")
    card.locator("[data-leaving] > summary").click()
    card.locator("input[value=now]").check()
    card.locator("[data-leave-ask]").click()
    expect(card.locator("[data-leave-what]")).to_contain_text("이 기관이 여기서 받은 내용을")
    card.locator("[data-leave-yes]").click()
    expect(card.locator("[data-state]")).to_contain_text("파기되었습니다")
    expect(page.locator("#threads .thread [data-send]:visible")).to_have_count(1)
    assert reporter.states() == {CENTRE: "received", "demo-police": "destroyed"}
    expect(page.locator("#organisations [data-organisation=demo-police]")).to_be_visible()
