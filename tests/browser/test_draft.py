"""«Go on later»: everything comes back on another device, with the code alone, and is gone once the report is sent."""

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from app.crypto import opening, receipt
from app.domain.wire import b64u_decode, b64u_encode
from tests.browser.reporting import LINK, REFUSED, STORY, begin, choose, come_back, on_to, sent, stored

NOTHING_KEPT = 404
ODD = "둘째 줄\n👩‍👩‍👧 مرحبا \u202e\u200b끝"
# The state of every field, what is blank and what is hidden included; organisations stand in an order of their own.
FIELDS = """() => [...document.querySelectorAll('#report [data-field]')].map((field) =>
    [field.dataset.field.replace(/^link-\\d+-/, ''), field.value, field.checked ?? null].join('|')).sort()"""


def keep(page):
    """Keep what is typed, confirm the code, and give it."""
    page.locator("#later-open").click()
    page.locator("#keep-now").click()
    page.locator("#keep-digits").wait_for()
    code = " ".join(page.locator("#keep-code .receipt__group").all_inner_texts())
    page.locator("#keep-digits").fill("0000" if not code.endswith("0000") else "1111")
    page.locator("#keep-confirm").click()
    expect(page.locator("#keep-digits-error")).not_to_be_empty()
    page.locator("#keep-digits").fill(code[-4:])
    page.locator("#keep-confirm").click()
    expect(page.locator("#keep-until")).to_be_visible()
    return code


def resume(page, code, path="/report"):
    page.goto(f"{path}#resume")
    page.locator("#open:enabled").wait_for()
    page.locator("#code").fill(code)
    page.locator("#open").click()


class Keeper:
    """What the portal gives for a code, opened by the portal's own code in Python."""

    def __init__(self, portal, code):
        with urllib.request.urlopen(f"{portal.url}/api/v1/directory", timeout=20) as answer:
            self.portal_id = b64u_decode(json.load(answer)["portal_id"], "portal_id")
        self.url, self.stretched = portal.url, receipt.stretch(code, self.portal_id)

    def draft(self):
        body = json.dumps({"token": b64u_encode(receipt.draft_token(self.stretched))}).encode()
        asked = urllib.request.Request(f"{self.url}/draft/open", body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                found = json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != NOTHING_KEPT:
                raise
            return None
        draft_id, sealed = (b64u_decode(found[name], name) for name in ("draft_id", "sealed"))
        return json.loads(opening.open_draft(self.stretched, self.portal_id, draft_id, sealed))


@pytest.fixture
def phone(new_context):
    return new_context(width=360, height=740)


@pytest.fixture
def filled(phone):
    """A page with answers of every kind, at the step of one's own words."""
    page = phone.new_page()
    begin(page)
    page.locator("#link-0-address").fill(f"{LINK}\nhttps://photo.example/둘")
    page.locator("#link-0-address").blur()
    expect(page.locator("[data-link]")).to_have_count(2)
    on_to(page, "harm")
    page.locator("[data-field='harm'][value='distribution']").check()
    on_to(page, "you")
    page.locator("[data-field='role'][value='victim']").check()
    on_to(page, "organisations")
    choose(page, "demo-centre", "purposes-deletion")
    on_to(page, "account")
    page.locator("#account_events").fill(STORY)
    page.locator("#account_worry").fill(ODD)
    page.locator("#organisation-demo-centre-compartments-account").check()
    return page


def test_everything_is_there_again_on_another_device_with_the_code_alone(
    filled, phone, portal, new_context, axe, overflow, watch
):
    watch.allow(REFUSED)
    before = filled.evaluate(FIELDS)
    filled.locator("#later-open").click()
    assert axe(filled) == []
    assert overflow(filled) <= 0
    filled.go_back()
    expect(filled.locator("#step-account")).to_be_visible()
    code = keep(filled)
    assert axe(filled) == []
    assert stored(phone, filled) == {"local": 0, "session": 0, "databases": 0, "caches": 0, "cookies": 0}
    first = Keeper(portal, code).draft()
    assert (first["step"], len(first["links"])) == ("account", 2)
    phone.close()

    other = new_context(width=1280)
    page = other.new_page()
    last = (int(code[-1]) + 1) % 10
    resume(page, f"{code[:-1]}{last}", "/en/report")
    page.locator(".candidate", has_text=code).click()
    expect(page.locator("#step-account")).to_be_visible()
    assert page.evaluate(FIELDS) == before
    assert stored(other, page) == {"local": 0, "session": 0, "databases": 0, "caches": 0, "cookies": 0}

    page.locator("#later-open").click()
    page.locator("#keep-again").click()
    expect(page.locator("#keep-again")).to_be_enabled()
    again = Keeper(portal, code).draft()
    assert again == first

    page.locator("#keep-on").click()
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    with page.expect_response("**/draft/destroy") as destroyed:
        assert sent(page) == code
    assert destroyed.value.status == 200
    assert Keeper(portal, code).draft() is None
    come_back(page, code, "/en/follow-up")
    expect(page.locator("#threads .thread")).to_have_count(1)


def test_a_code_without_a_report_leads_to_its_draft_and_one_without_either_to_nothing(page, portal, watch):
    watch.allow(REFUSED)
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    code = keep(page)
    come_back(page, code)
    page.locator("#draft-kept a").click()
    page.locator("#open:enabled").wait_for()
    page.locator("#code").fill(code)
    page.locator("#open").click()
    expect(page.locator("#link-0-address, #links textarea").first).to_have_value(LINK)
    page.locator("#later-open").click()
    page.locator("#keep-destroy").click()
    expect(page.locator("#keep-now")).to_be_visible()
    assert Keeper(portal, code).draft() is None
    resume(page.context.new_page(), code)
    other = page.context.pages[-1]
    expect(other.locator("#opening")).to_contain_text("보관한 내용이 없습니다")


def test_another_tab_does_not_overwrite_what_this_one_kept_unasked(page, watch):
    watch.allow(REFUSED)
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    code = keep(page)
    other = page.context.new_page()
    resume(other, code)
    expect(other.locator("#step-links")).to_be_visible()
    page.locator("#keep-on").click()
    for tab, words in ((page, "첫째 탭"), (other, "둘째 탭")):
        tab.locator("#sentence").fill(words)
        tab.locator("#later-open").click()
        tab.locator("#keep-again").click()
        expect(tab.locator("#keep-again")).to_be_enabled()
    expect(other.locator("#keep-status")).to_contain_text("다른 창에서")
    other.locator("#keep-again").click()
    expect(other.locator("#keep-status")).to_be_empty()
