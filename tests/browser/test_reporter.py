"""The report page in a real Chromium, on a phone: from the first link to the code."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import LINK, STORY, begin, choose, come_back, on_to, sent, stored, written


@pytest.fixture
def phone(new_context):
    return new_context(width=360, height=740)


@pytest.fixture
def page(phone):
    return phone.new_page()


def test_a_report_from_the_first_link_to_the_code_and_back(page, phone):
    """Each letter is shown as it will be read, the server gets ciphertext, the device keeps nothing."""
    posted = []
    page.on("request", lambda request: posted.append(request) if request.method == "POST" else None)
    written(page)
    letters = page.locator("#letters article")
    expect(letters).to_have_count(2)
    centre, commission = letters.all_inner_texts()
    assert STORY in centre
    assert STORY not in commission
    assert LINK in centre
    assert LINK in commission
    assert posted == []
    code = sent(page)
    (report,) = posted
    assert "카나리아" not in report.post_data
    assert re.sub(r"\D", "", code) not in report.post_data
    assert [one["organisation"] for one in json.loads(report.post_data)["envelopes"]] == [
        "demo-centre",
        "demo-commission",
    ]
    nothing = {"local": 0, "session": 0, "databases": 0, "caches": 0, "cookies": 0}
    assert stored(phone, page) == nothing
    come_back(page, code.replace(" ", "-"))
    expect(page.locator("#threads .thread")).to_have_count(2)
    expect(page.locator("#threads")).not_to_contain_text(LINK)  # covered until it is touched
    page.locator("#threads [data-masked]").first.evaluate("(button) => button.click()")
    expect(page.locator("#threads")).to_contain_text(LINK)
    assert code.replace(" ", "") not in "".join(request.post_data for request in posted)
    assert stored(phone, page) == nothing


def test_one_sentence_is_enough(page):
    begin(page)
    page.locator("#sentence").fill("단체방에 제 사진이 있어요")
    on_to(page, "organisations")
    choose(page, "demo-regional")
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    expect(page.locator("#letters")).to_contain_text("단체방에 제 사진이 있어요")
    sent(page)


def test_nothing_at_all_is_led_back_to_the_one_thing_needed(page):
    begin(page)
    on_to(page, "organisations")
    choose(page, "demo-centre")
    on_to(page, "contact")
    page.locator("#step-contact [data-next]").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#step-links")).to_be_visible()
    expect(page.locator("#link-0-address-error")).not_to_be_empty()
    page.locator("#errors a").click()
    expect(page.locator("#link-0-address")).to_be_focused()
    assert page.url.endswith("/report")


def test_no_organisation_is_chosen_for_anybody(page):
    begin(page)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    assert page.locator("#organisations input:checked").count() == 0
    page.locator("#step-organisations [data-next]").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#step-organisations")).to_be_visible()


def test_an_organisation_with_nothing_to_read_gets_no_letter(page):
    begin(page)
    on_to(page, "organisations")
    choose(page, "demo-centre")
    on_to(page, "account")
    page.locator("#account_events").fill(STORY)
    on_to(page, "contact")
    page.locator("#step-contact [data-next]").click()
    expect(page.locator("#organisation-demo-centre-chosen-error")).not_to_be_empty()
    expect(page.locator("#step-organisations")).to_be_visible()
    on_to(page, "account")
    page.locator("#organisation-demo-centre-compartments-account").check()
    on_to(page, "review")
    page.locator("#send:visible").wait_for()


def test_back_and_forward_walk_through_the_steps_with_everything_typed(page):
    begin(page)
    expect(page.locator("#progress")).to_have_text("11단계 중 3단계")
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "you")
    expect(page.locator("#progress")).to_have_text("11단계 중 5단계")
    assert page.evaluate("history.state.step") == 5
    page.go_back()
    expect(page.locator("#step-harm")).to_be_visible()
    page.locator("#step-harm [data-back]").click()
    expect(page.locator("#step-links")).to_be_visible()
    expect(page.locator("#link-0-address")).to_have_value(LINK)
    page.go_forward()
    expect(page.locator("#step-harm h1")).to_be_focused()
    page.locator(".tasks summary").click()
    page.locator(".tasks [data-goto=contact]").click()
    expect(page.locator("#step-contact")).to_be_visible()


def test_the_steps_are_made_once_when_somebody_begins(page):
    """Before that there is little on the page that a slow phone has to look at."""
    page.goto("/report")
    page.locator("#begin:enabled").wait_for()
    before, fields = page.locator("*").count(), page.locator("[data-field]")
    assert fields.count() == 0
    page.locator("#begin").click()
    expect(page.locator("#step-danger h1")).to_be_focused()
    made = fields.count()
    assert page.locator("*").count() > 3 * before
    page.locator("#danger-no").check()
    page.locator("#step-danger [data-back]").click()
    expect(page.locator("#start-title")).to_be_focused()
    page.locator("#begin").click()
    expect(page.locator("#danger-no")).to_be_checked()
    assert fields.count() == made
    assert page.locator("[data-link]").count() == 1


def test_several_addresses_pasted_at_once_become_several_links(page):
    begin(page)
    page.locator("#link-0-address").fill(f"{LINK}\nhttps://a.example/1\n\n https://a.example/2 ")
    page.locator("#sentence").focus()
    fields = page.locator("#links textarea[id$=address]")
    expect(fields).to_have_count(3)
    assert [field.input_value() for field in fields.all()] == [LINK, "https://a.example/1", "https://a.example/2"]
    page.locator("#links [data-remove-link]").nth(1).click()
    expect(fields).to_have_count(2)
    assert page.locator("#links legend").all_inner_texts() == ["주소 1", "주소 2"]


@pytest.mark.parametrize("typed", ["제 번호 990101-2345678", "data:image/png;base64," + "A" * 400])
def test_numbers_and_pictures_are_caught_at_the_field_and_nothing_is_lost(page, typed):
    begin(page)
    on_to(page, "organisations")
    choose(page, "demo-centre")
    on_to(page, "account")
    page.locator("#account_events").fill(typed)
    page.locator("#account_worry").focus()
    expect(page.locator("#account_events-error")).not_to_be_empty()
    page.locator("#step-account [data-skip]").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#account_events")).to_have_value(typed)
    page.locator("#account_events").fill("괜찮아요")
    page.locator("#step-account [data-next]").click()
    expect(page.locator("#step-contact")).to_be_visible()


def test_the_page_is_small_and_sealing_waits_until_somebody_begins(page):
    """At most 14 requests and 52 KiB before one can begin; what seals is fetched then, whatever is typed or not."""
    answers = []
    page.on("requestfinished", lambda request: answers.append(request))  # noqa: PLW0108 - Playwright marks handlers
    page.goto("/report", wait_until="networkidle")
    page.locator("#begin:enabled").wait_for()
    assert len(answers) <= 14
    assert sum(request.sizes()["responseBodySize"] for request in answers) <= 52 * 1024
    assert not [request.url for request in answers if "/crypto/" in request.url or "hpke" in request.url]
    with page.expect_request("**/vendor/hpke.js"):
        page.locator("#begin").click()
    expect(page.locator("#step-danger")).to_be_visible()
