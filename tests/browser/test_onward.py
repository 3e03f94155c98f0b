"""A letter that is passed on, in a real Chromium: by the centre, accepted by the police, followed by the reporter; and
the package of evidence that is made of it, checked by whoever gets it."""

import pytest
from playwright.sync_api import expect

from app.crypto import evidence
from app.domain.evidence import parse_package
from tests.browser.desk import CENTRE, enter, opened
from tests.browser.reporter import MADE_UP, Reporter
from tests.browser.reporting import come_back

expect.set_options(timeout=20_000)
CONSENT = {"purposes": ["counselling", "deletion", "police"], "pass_on": ["police"]}
ANSWER = "경찰에 드리는 말 카나리아-6006"
REASON = "이미 다른 관할에서 수사 중입니다."


@pytest.fixture
def reporter(portal):
    return Reporter(portal.url, CENTRE, {**MADE_UP, "consent": CONSENT}, keep_own=True)


@pytest.fixture
def officer(portal, new_context, sessions):
    page = new_context().new_page()
    enter(page, sessions, portal.account("police"), "/onward")
    return page


def compose(page, referral_id):
    """At the centre: whom the reporter agreed to, one closed part, and exactly what would go."""
    page.goto(f"/referral/{referral_id}/onward")
    police = page.locator("#receiver-demo-police")
    expect(police).to_be_enabled()
    expect(page.locator("#receiver-demo-commission")).to_be_disabled()
    expect(page.locator("#receivers")).to_contain_text("동의하지 않은 곳: 심의위원회")
    assert page.locator("#receiver-demo-centre").count() == 0
    police.check()
    page.locator("#compartment-account").check()
    expect(page.locator("#goes")).to_contain_text("14–18세")
    expect(page.locator("#goes")).to_contain_text("수사 의뢰")
    expect(page.locator("#goes-links-count")).to_contain_text("3")
    expect(page.locator("#stays")).to_contain_text("연락처")
    expect(page.locator("#stays")).to_contain_text("가해자")
    expect(page.locator("#onward-urgent")).to_be_checked()


def pass_on(page, referral_id):
    compose(page, referral_id)
    page.get_by_role("button", name="봉인해서 연계하기").click()
    expect(page.locator("#done")).to_be_visible()


def card_of(phone, name):
    """The card of one organisation, on the reporter's page."""
    return phone.locator("#threads .thread").filter(has=phone.get_by_role("heading", name=name))


def received(officer):
    """The addresses of what waits for an answer."""
    officer.goto("/onward")
    links = officer.locator("[aria-labelledby=received-title] tbody a")
    return [link.get_attribute("href") for link in links.all()]


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
    officer.locator("#onward-form [data-part=send]").click()
    expect(officer.locator("#referrer-state")).to_have_text("수락함")
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
    officer.locator("#onward-choice").select_option("refused")
    officer.locator("#onward-form [data-part=send]").click()
    expect(officer.locator("#onward-reason-error")).to_be_visible()
    officer.locator("#onward-reason").fill(REASON)
    officer.locator("#onward-form [data-part=send]").click()
    expect(officer.locator("#referrer-state")).to_have_text("받지 않음")
    centre.goto(f"/referral/{referral_id}")
    expect(centre.locator("#passed-on")).to_contain_text(REASON)
    phone = new_context(width=360, height=740).new_page()
    come_back(phone, reporter.code)
    card = card_of(phone, "경찰 사이버수사 (시범)")
    expect(card.locator("[data-state]")).to_contain_text("이 기관에서는 맡지 않음")
    expect(card.locator("[data-messages]")).to_contain_text("맡기 어렵습니다")
    assert REASON not in phone.content()


def test_a_package_of_evidence_holds_and_an_altered_one_is_named(sign_in, reporter, new_context, axe, overflow):
    page = opened(sign_in(), reporter)
    page.goto(f"/referral/{reporter.referral['referral_id']}/evidence")
    page.locator("#include-account").check()
    page.locator("#include-records").check()
    page.locator("#evidence-make").click()
    passphrase = page.locator("#evidence-made, dialog[open]").first
    expect(passphrase).to_be_visible()
    expect(page.locator("#evidence-made")).to_be_visible()
    assert axe(page) == []
    with page.expect_download() as saving:
        page.locator("#evidence-save").click()
    content = saving.value.path().read_bytes()
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
    other.goto("/verify", wait_until="networkidle")
    other.context.set_offline(True)
    other.locator("#package").fill(content.decode())
    other.get_by_role("button", name="확인하기").click()
    expect(other.locator("#outcome-title")).to_have_text("이 패키지는 그대로입니다")
    expect(other.locator("#outcome-words")).to_contain_text(evidence.signer(content))
    assert (overflow(other), axe(other)) == (0, [])
    other.locator("#package").fill(content.decode().replace('"state":"reported"', '"state":"removed"', 1))
    other.get_by_role("button", name="확인하기").click()
    expect(other.locator("#outcome-title")).to_have_text("이 패키지는 그대로가 아닙니다")
    expect(other.locator("#outcome-words")).to_contain_text("링크나 그 상태가 바뀌었습니다")
    other.locator("#package").fill("아무 글")
    other.get_by_role("button", name="확인하기").click()
    expect(other.locator("#outcome-words")).to_contain_text("증거 패키지가 아니거나")
