"""Passing a letter on, answering for what was passed on, and the package of evidence that is made of it."""

from playwright.sync_api import expect

from app.crypto import evidence
from tests.browser.desk import proved
from tests.browser.reporter import MADE_UP

CONSENT = {"purposes": ["counselling", "deletion", "police"], "pass_on": ["police"]}
AGREED = {**MADE_UP, "consent": CONSENT}


def compose(page, referral_id, links=3, *, urgent=True):
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
    expect(page.locator("#goes-links-count")).to_contain_text(str(links))
    expect(page.locator("#stays")).to_contain_text("연락처")
    expect(page.locator("#stays")).to_contain_text("가해자")
    expect(page.locator("#onward-urgent")).to_be_checked(checked=urgent)


def pass_on(page, referral_id, links=3, *, urgent=True):
    compose(page, referral_id, links, urgent=urgent)
    seal_and_pass_on(page)


def seal_and_pass_on(page):
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


def accept(officer):
    officer.locator("#onward-form [data-part=send]").click()
    expect(officer.locator("#referrer-state")).to_have_text("수락함")


def refuse(officer, reason):
    officer.locator("#onward-choice").select_option("refused")
    officer.locator("#onward-form [data-part=send]").click()
    expect(officer.locator("#onward-reason-error")).to_be_visible()
    officer.locator("#onward-reason").fill(reason)
    officer.locator("#onward-form [data-part=send]").click()
    expect(officer.locator("#referrer-state")).to_have_text("받지 않음")


def made_package(page, referral_id, account):
    """Make and save a package of evidence, with the reporter's own words and what was asked of others."""
    page.goto(f"/referral/{referral_id}/evidence")
    page.locator("#include-account").check()
    page.locator("#include-records").check()
    page.locator("#evidence-make").click()
    proved(page, "#evidence-made", account)
    with page.expect_download() as saving:
        page.locator("#evidence-save").click()
    return saving.value.path().read_bytes()


def verified_offline(page, content):
    """The page that checks holds it to be whole, with no line to anywhere."""
    page.goto("/verify", wait_until="networkidle")
    page.context.set_offline(True)
    page.locator("#package").fill(content.decode())
    page.get_by_role("button", name="확인하기").click()
    expect(page.locator("#outcome-title")).to_have_text("이 패키지는 그대로입니다")
    expect(page.locator("#outcome-words")).to_contain_text(evidence.signer(content))
