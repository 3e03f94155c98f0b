"""A letter that is passed on, in a real Chromium: by the centre, accepted by the police, followed by the reporter; and
the package of evidence that is made of it, checked by whoever gets it."""

import pytest
from playwright.sync_api import expect

from app.crypto import evidence
from app.domain.evidence import parse_package
from tests.browser.desk import CENTRE, enter, opened
from tests.browser.passing_on import AGREED, accept, card_of, made_package, pass_on, received, refuse, verified_offline
from tests.browser.reporter import Reporter
from tests.browser.reporting import come_back

expect.set_options(timeout=20_000)
ANSWER = "경찰에 드리는 말 카나리아-6006"
REASON = "이미 다른 관할에서 수사 중입니다."


@pytest.fixture
def reporter(portal):
    return Reporter(portal.url, CENTRE, AGREED, keep_own=True)


@pytest.fixture
def officer(portal, new_context, sessions):
    page = new_context().new_page()
    enter(page, sessions, portal.account("police"), "/onward")
    return page


def test_a_letter_is_passed_on_accepted_and_followed(sign_in, officer, reporter, new_context, axe, overflow):
    referral_id = reporter.referral["referral_id"]
    before = received(officer)
    centre = opened(sign_in(), reporter)
    pass_on(centre, referral_id)
    (address,) = set(received(officer)) - set(before)
    assert axe(officer) == []
    officer.goto(address)
    expect(officer.locator("#referrer-title")).to_contain_text("디지털성범죄 피해자지원센터 (시범)에서 연계한 의뢰")
    expect(officer.locator("#referrer-signature")).to_contain_text("서명이 맞습니다")
    expect(officer.locator("[data-fact=pass_on]")).to_contain_text("먼저")
    expect(officer.locator("[data-closed=account] button")).to_be_enabled()
    expect(officer.locator("[data-closed=contact] button")).to_be_disabled()
    for width in (1280, 768):
        officer.set_viewport_size({"width": width, "height": 900})
        assert overflow(officer) <= 0
        assert axe(officer) == []
    accept(officer)
    expect(officer.locator("#onward-form")).to_be_hidden()
    expect(officer.locator("#head-state")).to_contain_text("담당자 확인 중")
    centre.goto(f"/referral/{referral_id}")
    expect(centre.locator("#passed-on")).to_contain_text("수락함")
    expect(centre.locator("#thread")).to_contain_text("연계했습니다")

    phone = new_context(width=360, height=740).new_page()
    come_back(phone, reporter.code)
    expect(phone.locator("#threads .thread")).to_have_count(2)
    card = card_of(phone, "경찰 사이버수사 (시범)")
    expect(card.locator("[data-referrer]")).to_contain_text("이 기관이 맡았어요")
    expect(card.locator("[data-messages]")).to_contain_text("저희가 맡았습니다")
    assert (overflow(phone), axe(phone)) == (0, [])
    card.locator("[data-message]").fill(ANSWER)
    card.locator("[data-send]").click()
    expect(card.locator("[data-sent]")).to_contain_text("보냈습니다")
    officer.reload()
    expect(officer.locator("#thread")).to_contain_text(ANSWER)


def test_a_refusal_gives_its_reason_to_the_referrer_alone(sign_in, officer, reporter, new_context):
    referral_id = reporter.referral["referral_id"]
    before = received(officer)
    centre = opened(sign_in(), reporter)
    pass_on(centre, referral_id)
    (address,) = set(received(officer)) - set(before)
    officer.goto(address)
    refuse(officer, REASON)
    centre.goto(f"/referral/{referral_id}")
    expect(centre.locator("#passed-on")).to_contain_text(REASON)
    phone = new_context(width=360, height=740).new_page()
    come_back(phone, reporter.code)
    card = card_of(phone, "경찰 사이버수사 (시범)")
    expect(card.locator("[data-state]")).to_contain_text("이 기관에서는 맡지 않음")
    expect(card.locator("[data-messages]")).to_contain_text("맡기 어렵습니다")
    assert REASON not in phone.content()


def test_a_package_of_evidence_holds_and_an_altered_one_is_named(
    sign_in, portal, reporter, new_context, axe, overflow, watch
):
    watch.allow("status of 403")  # where the last proof of the passphrase is too old
    page = opened(sign_in(), reporter)
    content = made_package(page, reporter.referral["referral_id"], portal.account("support_centre"))
    assert axe(page) == []
    assert evidence.faults(content) == []
    whole = parse_package(content)
    parts = whole["parts"]
    assert parts["letter"]["account"]["text"].startswith("조용히 적은")
    assert (parts["letter"]["offender"], parts["letter"]["left_out"]) == (None, ["offender", "contact"])
    assert b"reply_key" not in content
    assert [link["state"] for link in parts["links"]] == ["reported"] * 3
    assert [act["role"] for act in parts["actions"]] == ["caseworker"] * len(parts["actions"])
    assert parts["actions"][-1]["action"] == "evidence_made"

    other = new_context(width=768).new_page()
    verified_offline(other, content)
    assert (overflow(other), axe(other)) == (0, [])
    other.locator("#package").fill(content.decode().replace('"state":"reported"', '"state":"removed"', 1))
    other.get_by_role("button", name="확인하기").click()
    expect(other.locator("#outcome-title")).to_have_text("이 패키지는 그대로가 아닙니다")
    expect(other.locator("#outcome-words")).to_contain_text("링크나 그 상태가 바뀌었습니다")
    other.locator("#package").fill("아무 글")
    other.get_by_role("button", name="확인하기").click()
    expect(other.locator("#outcome-words")).to_contain_text("증거 패키지가 아니거나")
