"""A site from a first entry to a request's contact, a signed list, a campaign, effort, and a group's many links."""

import json
import re

import pytest
from playwright.sync_api import expect

from app.crypto import signed_list
from app.domain.signed_list import KINDS, parse_list
from tests.browser.desk import CENTRE, give_passphrase, opened
from tests.browser.live_portal import ROOT
from tests.browser.reporter import MADE_UP, Reporter

pytestmark = pytest.mark.own_portal  # what is in the directory is this module's alone
expect.set_options(timeout=20_000)
AGREED = MADE_UP | {"consent": {"purposes": ["deletion", "counselling"], "pass_on": []}}
SIZES = ((1280, 900), (768, 1024), (360, 800))


def looks_well(page, axe, overflow):
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) <= 0, width
        assert axe(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def saved(page, button):
    with page.expect_download() as waiting:
        page.locator(button).click()
    return waiting.value.path().read_bytes()


def listed():
    """A signed list of each kind, as the vectors have them."""
    tests = json.loads((ROOT / "tests" / "vectors" / "signed_list.json").read_text(encoding="utf-8"))["tests"]
    contents = [test["input"]["content"].get("$utf8", "") for test in tests if test["function"] == "list_faults"]
    return [next(one for one in contents if f'"kind":"{kind}"' in one[:30]) for kind in KINDS]


def checked_on_the_page(context, statement):
    """The page for everybody that checks packages holds signed lists to be whole, with no line to anywhere, or not."""
    page = context.new_page()
    page.goto("/verify", wait_until="networkidle")
    context.set_offline(True)
    for content in (statement.decode(), *listed()):
        page.locator("#package").fill(content)
        page.get_by_role("button", name="확인하기").click()
        expect(page.locator("#outcome-title")).to_have_text("이 목록은 그대로입니다")
        expect(page.locator("#outcome-words")).to_contain_text(signed_list.list_signer(content.encode()))
        expect(page.locator("#shown tbody tr").first).to_be_visible()
        assert page.locator("#shown a").count() == 0
    altered = statement.decode().replace('"minutes":15', '"minutes":150')
    page.locator("#package").fill(altered)
    page.get_by_role("button", name="확인하기").click()
    expect(page.locator("#outcome-title")).to_have_text("이 목록은 그대로가 아닙니다")
    expect(page.locator("#outcome-words li")).to_have_count(1)
    expect(page.locator("#shown")).to_be_hidden()
    page.locator("#package").fill(altered.replace('"v":1', '"v": 1'))
    page.get_by_role("button", name="확인하기").click()
    expect(page.locator("#outcome-title")).to_contain_text("그대로가 아닙니다")


def step(page, state, count):
    page.locator("#step-state").select_option(state)
    page.locator("#step-send").click()
    expect(page.locator("#steps li")).to_have_count(count)


def begin_entry(page, site="photo.example"):
    """An entry of a site whose operator and contact are known, still a draft."""
    page.locator("#add-domain").fill("no domain")
    page.locator("#add button").click()
    expect(page.locator("#add-error")).to_contain_text("도메인이 아닙니다")
    page.locator("#add-domain").fill(f"https://www.{site}/x")
    page.locator("#add button").click()
    expect(page.locator("#site-title")).to_have_text(site)
    page.locator("#site-operator").fill("포토 예시")
    page.locator("#site-abuse").fill(f"abuse@{site}")
    page.locator("#site-keep").click()
    expect(page.locator("#edits")).to_contain_text("운영자, 신고 연락처")


def give(page, name, content):
    page.locator("#file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})


@pytest.mark.slow
def test_a_site_comes_into_use_and_its_list_is_handed_on(portal, new_context, axe, overflow):
    page = new_context().new_page()
    give_passphrase(page, portal.account("support_centre", "lead"), "/sites")
    asked = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    begin_entry(page)
    step(page, "reviewed", 2)
    step(page, "active", 3)
    looks_well(page, axe, overflow)
    page.goto("/sites")
    give(page, "a.csv", b"a,b\n1,2\n")
    expect(page.locator("#file-error")).to_contain_text("도메인")
    give(
        page,
        "a.csv",
        "도메인,서비스 종류,운영자,등록 여부\nphoto.example,웹하드,,미등록\nnew.example,,=1+1,\n".encode("cp949"),
    )
    expect(page.locator("#preview-count")).to_contain_text("새로 추가 1, 바뀜 1")
    looks_well(page, axe, overflow)
    page.locator("#take").click()
    expect(page.locator("#take-said")).to_contain_text("2건")
    assert b"'=1+1" in saved(page, "#save-table")
    content = saved(page, "#save-signed")
    assert signed_list.list_faults(content) == []
    (site,) = [row for row in parse_list(content)["content"]["rows"] if row["domain"] == "photo.example"]
    assert site["registration"] == "unregistered"
    assert not any("photo.example" in one or "포토" in one for one in asked)
    other = new_context().new_page()
    give_passphrase(other, portal.account("police"), "/sites")
    give(other, "a.json", content.replace(b"abuse@", b"other@"))
    expect(other.locator("#file-error")).to_contain_text("서명")
    give(other, "a.json", content)
    expect(other.locator("#provenance")).to_contain_text("이 포털이 알고 있는")
    other.locator("#take").click()
    expect(other.locator("#rows")).to_contain_text("photo.example")


def keep_minutes(page, minutes):
    page.locator("#effort-minutes").fill(minutes)
    page.keyboard.press("Enter")
    expect(page.locator("#effort-said")).to_contain_text(f"{minutes}분")


def test_a_request_is_addressed_from_the_directory_and_time_is_kept(portal, new_context, axe, overflow):
    page = new_context().new_page()
    give_passphrase(page, portal.account("support_centre", "lead"), "/sites")
    begin_entry(page, "clip-host.example")
    step(page, "reviewed", 2)
    step(page, "active", 3)
    links = [{"url": f"https://clip-host.example/v/{number}", "kind": "page"} for number in (1, 2)]
    reporter = Reporter(portal.url, CENTRE, AGREED | {"links": links})
    opened(page, reporter)
    keep_minutes(page, "25")
    page.locator("#link-1").check()
    page.locator("#item-request").click()
    page.wait_for_url(re.compile(r"/requests/new#of="))
    expect(page.locator("#address")).to_have_value("abuse@clip-host.example")
    expect(page.locator("#to")).to_have_value("포토 예시")
    page.locator("#keep").click()
    page.wait_for_url(re.compile(r"/requests/[A-Za-z0-9_-]{22}$"))
    page.locator("#step-state").select_option("sent")
    page.locator("#step-channel").select_option("email")
    page.locator("#step-send").click()
    expect(page.locator("#effort-offer")).to_be_visible()
    expect(page.locator("#effort-what")).to_have_value("operator_request")
    keep_minutes(page, "15")
    page.goto("/effort")
    expect(page.locator("#total")).to_contain_text("모두 2건, 40분")
    looks_well(page, axe, overflow)
    statement = saved(page, "#save-signed")
    assert signed_list.list_faults(statement) == []
    checked_on_the_page(new_context(), statement)
    assert {row["minutes"] for row in parse_list(statement)["content"]["rows"]} == {15, 25}
    for said in (reporter.referral["referral_id"], "clip-host", "centre.lead"):
        assert said.encode() not in statement
    page.locator("#entries button").first.click()
    expect(page.locator("#total")).to_contain_text("모두 1건")


@pytest.mark.slow
def test_people_look_again_at_the_links_of_a_campaign(portal, new_context, axe, overflow, watch):
    watch.allow("409")  # two people, one piece of the queue
    page = new_context().new_page()
    give_passphrase(page, portal.account("support_centre", "lead"), "/campaigns")
    page.locator("#campaign-title").fill("집중 확인")
    page.locator("#campaign-sites").fill("photo.example")
    looks_well(page, axe, overflow)
    page.locator("#new-campaign button[type=submit]").click()
    page.wait_for_url(re.compile(r"/campaigns/[A-Za-z0-9_-]{22}$"))
    page.locator("#pasted").fill("https://photo.example/1 https://photo.example/2 https://other.example/3")
    page.locator("#add-links button[type=submit]").click()
    expect(page.locator("#add-said")).to_contain_text("추가 2건")
    step(page, "running", 2)
    colleague = new_context().new_page()
    give_passphrase(colleague, portal.account("support_centre"), page.url.removeprefix(portal.url))
    expect(colleague.locator("#look-address")).to_contain_text("photo[.]example")
    page.locator("[data-answer=gone]").click()
    expect(page.locator("#queue-count")).to_contain_text("기다리는 것 1건")
    colleague.locator("#look-next").click()
    colleague.locator("[data-answer=there]").click()
    expect(colleague.locator("#queue-count")).to_contain_text("기다리는 것 0건")
    expect(colleague.locator("#weeks tbody")).to_contain_text(re.compile(r"2\s*1\s*1\s*0"))
    looks_well(colleague, axe, overflow)
    assert page.locator("main a[href*='photo.example']").count() == 0
    page.goto("/queue")
    reminder = page.locator(".due-records").filter(has_text="집중 모니터링").locator("a")
    expect(reminder).to_have_attribute("href", "/campaigns")


def taken_down(page):
    """How many letters that staff sealed lie in the queue."""
    asking = "() => fetch('/queue/rows', {headers: {Accept: 'application/json'}}).then((answer) => answer.json())"
    return [row["sealed_by"] for row in page.evaluate(asking)["rows"]].count("caseworker")


@pytest.mark.slow
def test_a_group_sends_many_links_and_goes_on_after_a_lost_line(portal, new_context, axe, overflow, watch):
    watch.allow("ERR_FAILED")
    centre = new_context().new_page()
    give_passphrase(centre, portal.account("support_centre"), "/queue")
    before = taken_down(centre)
    page = new_context().new_page()
    give_passphrase(page, portal.account("monitor"), "/monitor")
    links = [f"https://share.example/{number}" for number in range(520)]
    expect(page.locator("#monitor")).to_be_visible()
    page.locator("#pasted").fill("\n".join([*links, "http://www.share.example/1"]))
    expect(page.locator("#preview-count")).to_contain_text("주소 520개, 신고서 2건")
    page.locator(f"#to-{CENTRE}").check()
    looks_well(page, axe, overflow)
    sent = []

    def lose_the_second(route):
        sent.append(route.request.post_data)
        if len(sent) == 1:
            return route.continue_()
        route.fetch()  # it arrives, and the answer does not
        return route.abort()

    page.route("**/caller", lose_the_second)
    page.clock.install()
    page.locator("#send-now").click()
    for _wait in range(60):
        page.clock.run_for(2_000)
        if page.locator("#send-error").is_visible():
            break
        page.wait_for_timeout(250)
    expect(page.locator("#send-error")).to_contain_text("1건을 보낸 뒤")
    assert len(set(sent)) == 2
    page.unroute("**/caller")
    page.reload()
    expect(page.locator("#unsent-count")).to_contain_text("1건")
    watch.allow("409")
    page.locator("#go-on").click()
    expect(page.locator("#send-said")).to_contain_text("신고서 1건")
    expect(page.locator("#weeks tbody")).to_contain_text(re.compile(r"2\s*520"))
    page.locator("#pasted").fill(links[3])
    expect(page.locator("#preview-count")).to_contain_text("전에 보내서 뺌 1개")
    assert not any("share.example" in (one or "") for one in sent)
    assert taken_down(centre) == before + 2
