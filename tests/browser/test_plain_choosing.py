"""With scripts switched off, on a small phone: to be shown who fits, to choose one more, and to leave it again."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE
from tests.browser.inspection import Inspection
from tests.browser.without_scripts import Plain

POLICE = "demo-police"


def shown_who_fits(someone, mark):
    page = someone.go("/report/plain/write")
    page.locator("#link-0-address").fill(f"https://www.instagram.com/{mark}/")
    someone.tick("threat_kinds-share", "threat_ongoing-yes", "wishes-delete", "understood")
    someone.press(page.get_by_role("button", name="맞는 기관 보기"))
    card = page.locator(".organisation", has=page.locator(f"[id='organisation-{POLICE}-chosen']"))
    expect(card).to_contain_text("경찰에 빨리 알릴수록")
    expect(card).to_contain_text("빨리 알리면 좋아요")
    centre = page.locator(".organisation", has=page.locator(f"[id='organisation-{CENTRE}-chosen']"))
    hours = centre.locator(".organisation__hours")
    expect(hours).to_contain_text("월–금 09:00–20:00, 토 10:00–15:00")
    expect(hours).to_contain_text(re.compile("이 시간대로라면 지금(은 닫혀 있고| 열려 있어요)"))  # whatever time it is
    expect(page.locator(".organisation input:checked")).to_have_count(0)
    expect(page.locator("#link-0-address")).to_have_value(f"https://www.instagram.com/{mark}/")
    assert re.search(r"/report/plain/write#before-title$", page.url)


def chosen(someone, slug):
    page = someone.page
    someone.tick(f"organisation-{slug}-chosen")
    page.locator(f"details:has([id='organisation-{slug}-sensitive']) > summary").first.click()
    someone.tick(f"organisation-{slug}-sensitive")


def sent_to_both(someone):
    page = someone.page
    chosen(someone, CENTRE)
    someone.send()
    left_out = page.locator("#fitting-title ~ .organisation", has_text="아직 고르지 않으셨어요")
    expect(left_out).to_have_count(1)
    expect(page.locator(".reading")).to_contain_text("계정 주소예요")
    someone.press(left_out.get_by_role("button", name="돌아가서 고르기"))
    expect(page.locator(f"[id='organisation-{CENTRE}-sensitive']")).to_be_checked()
    expect(page.locator(f"[id='organisation-{POLICE}-chosen']")).to_be_in_viewport()
    chosen(someone, POLICE)
    someone.send()
    expect(page.locator("article.letter")).to_have_count(2)
    expect(page.locator("section", has=page.locator("#fitting-title"))).not_to_contain_text("아직 고르지")
    someone.tick("agreed")
    someone.send()
    return " ".join(page.locator(".receipt__group").all_inner_texts())


def left_one(someone, code):
    page = someone.go("/follow-up/plain")
    someone.tick("understood")
    page.locator("#code").fill(code)
    someone.send(0)
    police = page.locator("article.thread", has_text="경찰")
    someone.press(police.get_by_role("button", name="에서만 신고 거두기"))
    expect(page.locator("h1")).to_contain_text("경찰")
    expect(page.locator("main")).to_contain_text("다른 기관은")
    someone.send(0)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    someone.tick("when-now", "sure")
    someone.send(0)
    expect(page.locator("main [role=status]")).to_contain_text("파기했어요")
    expect(page.locator("article.thread textarea")).to_have_count(1)  # the centre can be written to as before
    assert page.context.cookies() == []
    assert "?" not in page.url
    assert code.replace(" ", "") not in page.content().replace(" ", "")


@pytest.mark.slow
def test_who_fits_is_shown_one_more_is_chosen_and_left_again(new_context, axe, overflow, watch):
    watch.allow(r"Failed to load resource.*422")
    mark = f"p{secrets.token_hex(4)}"
    inspection = Inspection(axe, overflow, typed=mark)
    someone = Plain(new_context, "", 360, inspection)
    shown_who_fits(someone, mark)
    left_one(someone, sent_to_both(someone))
    found = inspection.findings()
    assert not found, "\n".join(found)
