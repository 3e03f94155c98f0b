"""A request from links to an answer, a room from a first look to its closing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.composing import AGREED, begin, keep, step
from tests.browser.desk import CENTRE, give_passphrase, opened
from tests.browser.live_portal import LivePortal
from tests.browser.reporter import MADE_UP, Reporter

expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of its own: the list of requests is this module's alone."""
    with LivePortal(tmp_path_factory.mktemp("requests")) as running:
        yield running


@pytest.fixture
def reporter(portal):
    return Reporter(portal.url, CENTRE, AGREED)


def test_a_request_is_written_sent_by_hand_answered_and_looked_at_again(sign_in, reporter, axe, overflow):
    page = sign_in()
    asked = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    begin(page, reporter)
    page.locator("#template").select_option("abuse_mail")
    page.locator("#to").fill("포토 예시")
    page.locator("#contact").fill("02-000-0000")
    page.locator("#contact").press("Tab")
    words = page.locator("#words")
    expect(words).to_have_value(
        re.compile(r"포토 예시 신고 담당자께[\s\S]*https://photo\.example/a/1\?x=1[\s\S]*Board\.Example")
    )
    assert "010-0000-0000" not in words.input_value()
    assert page.locator("main a[href*='example']").count() == 0
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []
    keep(page)
    expect(page.locator("#links")).to_contain_text("hxxps[:]//photo[.]example")
    page.locator("#step-send").click()
    expect(page.locator("#step-error")).to_contain_text("보낸 방법")
    assert reporter.read() == []
    step(page, "sent", channel="email", reference="A-1")
    expect(page.locator("#step-said")).to_contain_text("1건")
    (said,) = reporter.read()
    assert {one["state"] for one in said["states"]} == {"requested_operator"}
    step(page, "no_reply")
    expect(page.locator("#steps li")).to_have_count(3)
    step(page, "refused", reason="본인 확인이 안 된다고 함")
    expect(page.locator("#step-said")).to_contain_text("1건")
    assert {one["state"] for one in reporter.read()[1]["states"]} == {"refused"}
    assert overflow(page) <= 0
    assert axe(page) == []
    assert not any("photo.example" in one or "포토" in one for one in asked)
    opened(page, reporter)
    page.locator("#own-requests summary").click()
    expect(page.locator("#own-requests-rows")).to_contain_text("포토 예시")


def test_what_is_due_stands_in_what_to_do_now_and_a_file_has_every_date(sign_in, reporter):
    page = sign_in()
    begin(page, reporter)
    page.locator("#to").fill("답 없는 곳")
    keep(page)
    page.goto("/queue")
    expect(page.locator(".due-records").first).to_contain_text("다시 확인할 요청")
    page.locator(".due-records a").first.click()
    expect(page.locator("#groups")).to_contain_text("답 없는 곳")
    page.get_by_role("link", name="답 없는 곳").first.click()
    expect(page.locator("#request")).to_be_visible()
    step(page, "sent", channel="web_form")
    expect(page.locator("#steps li")).to_have_count(2)
    step(page, "no_reply")
    expect(page.locator("#steps li")).to_have_count(3)
    page.goto("/requests")
    page.locator("#groups li", has_text="답 없는 곳").locator("input").check()
    page.locator("#memo button").click()
    page.wait_for_url(re.compile(r"#memo="))
    whole = r"답 없는 곳[\s\S]*보냄[\s\S]*답변 없음[\s\S]*photo\.example"
    expect(page.locator("#words")).to_have_value(re.compile(whole))


def test_a_session_that_ends_costs_neither_words_nor_what_they_are_about(sign_in, portal, reporter, watch):
    watch.allow("401")
    account = portal.account("support_centre")
    page = sign_in()
    begin(page, reporter)
    about = page.url
    page.locator("#words").fill("끊겨도 남는 요청")
    page.context.clear_cookies()
    page.locator("#keep").click()
    page.locator("#again-passphrase").fill(account["passphrase"])
    page.locator("#again-passphrase").press("Enter")
    expect(page.locator("#request")).to_be_visible()
    expect(page.locator("#links li")).to_have_count(2)
    expect(page.locator("#words")).to_have_value("끊겨도 남는 요청")
    page.context.clear_cookies()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/queue")
    page.goto(about)
    page.locator("main a[href*='/sign-in']").click()
    page.locator("#login").fill(account["login"])
    page.locator("#passphrase").fill(account["passphrase"])
    page.locator("#submit").click()
    expect(page.locator("#sources li")).to_have_count(1)
    assert page.url == about
    items = [item["id"] for item in reporter.letter["items"]]
    assert not any(item in one for item in items for one in asked if "#" not in one)


def test_one_request_for_two_people_tells_each_in_her_own_thread(sign_in, portal, reporter):
    other = Reporter(portal.url, CENTRE, AGREED)
    asked = {one: [item["id"] for item in one.letter["items"][:2]] for one in (reporter, other)}
    page = sign_in()
    of = ";".join(f"{one.referral['referral_id']}:{','.join(items)}" for one, items in asked.items())
    page.goto(f"/requests/new#of={of}")
    expect(page.locator("#sources li")).to_have_count(2)
    expect(page.locator("#words")).to_have_value(re.compile(r"1\) https[\s\S]*2\) http"))
    assert "3) http" not in page.locator("#words").input_value()
    keep(page)
    expect(page.locator("#links li")).to_have_count(4)
    step(page, "sent", channel="email")
    expect(page.locator("#step-said")).to_contain_text("2건")
    for one, items in asked.items():
        (said,) = one.read()
        assert {state["item"] for state in said["states"]} == set(items)


def test_without_consent_nothing_goes_in_until_somebody_answers_for_it(sign_in, portal):
    other = Reporter(portal.url, CENTRE, MADE_UP | {"consent": {"purposes": ["counselling"], "pass_on": []}})
    page = sign_in()
    begin(page, other)
    expect(page.locator("#sources")).to_contain_text("동의가 없어 빠졌어요")
    page.locator("#template").select_option("police_package")
    for _box in range(2):
        assert "010-0000-0000" not in page.locator("#words").input_value()
        assert "조용히" not in page.locator("#words").input_value()
        if page.locator("#confirmed").is_visible():
            page.locator("#confirmed").check()
    expect(page.locator("#identity")).to_be_hidden()
    expect(page.locator("#words")).to_have_value(re.compile(r"photo\.example"))
    page.locator("#words").fill("연락처 010-0000-0000")
    page.locator("#keep").click()
    expect(page.locator("#words-error")).to_contain_text("동의하지 않은 분")


def test_a_change_of_links_is_taken_back_and_a_reason_is_asked_for(sign_in, reporter):
    page = opened(sign_in(), reporter)
    page.locator("#link-1").check()
    page.locator("#item-state").select_option("refused")
    page.locator("#item-form [data-part=send]").click()
    expect(page.locator("#item-reason-error")).to_contain_text("적어 주세요")
    page.locator("#item-reason").fill("정책 위반이 아니라고 함")
    page.locator("#item-form [data-part=send]").click()
    expect(page.locator(".links__row .state--item-refused")).to_have_count(1)
    expect(page.locator("#notes")).to_contain_text("정책 위반이 아니라고 함")
    page.locator("#item-undo").click()
    expect(page.locator(".links__row .state--item-refused")).to_have_count(0)
    first, second = reporter.read()
    assert ([one["state"] for one in first["states"]], [one["state"] for one in second["states"]]) == (
        ["refused"],
        ["reported"],
    )
    assert "잘못" in second["text"]


def test_a_room_goes_through_its_stages_and_the_last_ones_are_a_leads(
    sign_in, portal, new_context, axe, overflow, watch
):
    watch.allow("409")
    page = sign_in(path="/rooms")
    page.locator("#room-title").fill("예시 방")
    page.locator("#room-platform").fill("예시 메신저")
    page.locator("#new-room button").click()
    page.wait_for_url(re.compile(r"/rooms/[A-Za-z0-9_-]{22}$"))
    expect(page.locator("#words")).to_have_value(re.compile("대화방: 예시 방"))
    step(page, "warning_recommended", reason="공유가 계속됨")
    expect(page.locator("#steps li")).to_have_count(2)
    step(page, "evidence_noted")
    expect(page.locator("#step-error")).to_be_visible()
    step(page, "evidence_noted", evidence="계정 세 개가 판매 글을 올림")
    expect(page.locator("#steps li")).to_have_count(3)
    assert "legal_action" not in page.locator("#step-state option").evaluate_all("all => all.map((one) => one.value)")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []
    lead = new_context().new_page()
    give_passphrase(lead, portal.account("support_centre", "lead"), page.url.removeprefix(portal.url))
    expect(lead.locator("#steps")).to_contain_text("계정 세 개가 판매 글을 올림")
    step(lead, "legal_action", channel="in_person", reason="판매")
    expect(lead.locator("#steps li")).to_have_count(4)
    expect(lead.locator("#template")).to_have_value("legal")
    expect(lead.locator("#subject")).to_have_text("경찰에 알리는 글")
    step(page, "closed", outcome="폐쇄", reason="사라짐")
    expect(page.locator("#step-error")).to_contain_text("centre.lead")
