"""The choice of who sees what, on a phone: proposed with reasons, nothing ticked, told before one agrees, practised."""

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import LINK, STORY, begin, choose, code_of, on_to

CENTRE, REGIONAL, COMMISSION = "demo-centre", "demo-regional", "demo-commission"


@pytest.fixture
def page(new_context):
    return new_context(width=320, height=640).new_page()


def order(page):
    return [card.get_attribute("data-organisation") for card in page.locator("[data-card]").all()]


def threatened(page):
    """A young person, a deepfake, a threat with a time; asked for in Vietnamese, near Gangwon."""
    begin(page)
    page.locator("#step-links [data-back]").click()
    expect(page.locator("#step-urgent")).to_be_visible()
    page.locator("#threat_kinds-money").check()
    page.locator("#threat_deadline").fill("오늘 밤 10시")
    page.locator("#threat_deadline").blur()
    on_to(page, "links")
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "harm")
    page.locator("#material-deepfake").check()
    on_to(page, "you")
    page.locator("#age_group-14_to_18").check()
    page.locator("#language").evaluate("(field) => { field.closest('details')?.setAttribute('open', ''); }")
    page.locator("#language").select_option("vi")
    page.locator("#region").select_option("gangwon")
    on_to(page, "wishes")
    page.locator("#wishes-delete").check()
    on_to(page, "organisations")


def test_those_that_fit_come_first_with_reasons_and_nothing_is_ticked(page, axe, overflow):
    threatened(page)
    assert page.locator("#report [data-organisation] input:checked").count() == 0
    assert order(page) == [REGIONAL, CENTRE, "demo-police", COMMISSION]
    regional, police = (page.locator(f"[data-card][data-organisation={slug}]") for slug in (REGIONAL, "demo-police"))
    assert {"가장 가까운 센터", "빨리 알리면 좋아요"} <= set(regional.locator("[data-badges] span").all_inner_texts())
    expect(regional.locator("[data-badges]")).to_contain_text("베트남어")
    expect(police.locator("[data-reasons]")).to_contain_text("분명한 협박과 기한이 있어요")
    expect(police.locator("[data-later]")).to_contain_text("본인 확인")
    assert police.locator("[data-sources] li").count() > 0
    assert page.locator("#proposed [data-card]").count() == 4
    page.locator("#near").select_option("undisclosed")  # any centre: the order is no longer that of the map
    expect(regional.locator("[data-badges]")).not_to_contain_text("가장 가까운 센터")
    page.locator("#near").select_option("seoul")
    expect(page.locator(f"[data-card][data-organisation={CENTRE}] [data-badges]")).to_contain_text("가장 가까운 센터")
    assert page.locator("#report [data-organisation] input:checked").count() == 0
    assert axe(page) == []
    assert overflow(page) == 0


def test_each_consent_is_asked_where_it_belongs_and_the_table_says_what_came_of_it(page, axe, overflow):
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    page.locator(f"#organisation-{CENTRE}-chosen").check()
    notice = page.locator(f"[data-card][data-organisation={CENTRE}] .consent:visible")
    for words in ("받는 곳", "쓰는 목적", "받는 내용", "가지고 있는 기간", "거절할 권리", "72시간", "1366"):
        expect(notice).to_contain_text(words)
    page.locator("#step-organisations [data-next]").click()
    expect(page.locator(f"#organisation-{CENTRE}-sensitive-error")).not_to_be_empty()
    expect(page.locator("#errors")).to_be_focused()
    assert axe(page) == []
    choose(page, CENTRE, "purposes-deletion")
    choose(page, COMMISSION, "purposes-review")
    on_to(page, "account")
    readers = page.locator("[data-who-reads=account]")
    expect(readers.locator("label:visible")).to_have_count(1)
    expect(readers.locator("[data-never]")).to_contain_text("방송미디어통신심의위원회")
    assert readers.locator("input:checked").count() == 0
    page.locator("#account_events").fill(STORY)
    expect(readers.locator("[data-nobody]")).not_to_be_empty()
    page.locator(f"#organisation-{CENTRE}-compartments-account").check()
    expect(readers.locator("[data-nobody]")).to_be_empty()
    assert axe(page) == []
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="직접 적고 싶은 이야기"))
    assert [cell.inner_text().split()[-1] for cell in row.get_by_role("cell").all()] == ["읽어요", "않아요"]
    assert page.get_by_role("columnheader").count() == 3
    assert axe(page) == []
    assert overflow(page) == 0


def test_an_organisation_that_is_left_out_again_takes_its_consents_with_it(page):
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    choose(page, CENTRE)
    choose(page, "demo-police")
    on_to(page, "offender")
    page.locator("#offender_name").fill("카나리아-이름")
    page.locator("#organisation-demo-police-compartments-offender").check()
    page.locator(".tasks summary").click()
    page.locator(".tasks [data-goto=organisations]").click()
    page.locator("#organisation-demo-police-chosen").uncheck()
    on_to(page, "offender")
    expect(page.locator("#organisation-demo-police-compartments-offender")).to_be_hidden()
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    expect(page.locator("#letters article")).to_have_count(1)
    expect(page.locator("#letters")).not_to_contain_text("카나리아-이름")
    expect(page.locator("#letters")).not_to_contain_text("경찰")


def test_the_code_is_practised_on_this_device_alone(page, axe):
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    choose(page, "demo-commission")
    on_to(page, "review")
    page.locator("#send:visible").click()
    code = code_of(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#practice summary").click()
    field, said = page.locator("#practice-code"), page.locator("#practice-said")
    field.fill(code[:9])
    page.locator("#practise").click()
    expect(said).to_contain_text("24자리")
    field.fill(f"{(int(code[0]) + 1) % 10}{code[1:]}")
    field.press("Enter")
    offered = page.locator("#practice-candidates button")
    expect(offered.filter(has_text=code)).to_have_count(1)
    assert axe(page) == []
    offered.filter(has_text=code).click()
    expect(said).to_contain_text("맞습니다")
    expect(offered).to_have_count(0)
    assert asked == []
    page.emulate_media(media="print")
    visible = "(element) => getComputedStyle(element).visibility"
    assert page.locator("#receipt-card").evaluate(visible) == "visible"
    assert page.locator("h1:visible, .page-header__name").first.evaluate(visible) == "hidden"
    page.emulate_media(media="screen")
    page.locator("#last-digits").fill(code[-4:])
    page.locator("#confirm-code").click()
    expect(page.locator("#kept")).to_be_visible()
