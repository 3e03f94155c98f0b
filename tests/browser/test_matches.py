"""Matches: four victims of one link worked as a group, an offender who probes, lists, a package, what came again."""

import json
import re

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from app.client.verify import command
from tests.browser.desk import CENTRE, opened
from tests.browser.matching import at_group, summarised, tell
from tests.browser.reporter import MADE_UP, Reporter

pytestmark = pytest.mark.own_portal  # groups are counted here.
expect.set_options(timeout=20_000)
SHARED, ALONE = "https://share.example/view/77?x=1", "https://alone.example/view/88?y=2"


def letter(link, *, police=False, poster="bad-name"):
    item = {"url": link, "kind": "post", "poster": poster}
    purposes = ["counselling", "deletion", *(["police"] if police else [])]
    return MADE_UP | {"links": [item], "consent": {"purposes": purposes, "pass_on": []}}


def seen(reporter):
    """All that a code gives, without what is random for everybody."""
    referral = reporter.referral
    messages = [(len(one["sealed"]), one["direction"], one["received_on"]) for one in referral["messages"]]
    said = [(one["text"], [state["state"] for state in one["states"]]) for one in reporter.read()]
    items = [(one["state"], one["state_on"]) for one in referral["items"]]
    own = {"referral_id", "kid", "origin_kid", "items", "messages"}
    return {name: value for name, value in referral.items() if name not in own}, items, messages, said


@pytest.mark.slow
def test_four_victims_of_one_link_are_worked_as_a_group_and_the_offender_learns_nothing(sign_in, portal, axe, overflow):
    victims = [Reporter(portal.url, CENTRE, letter(SHARED, police=number % 2 == 0)) for number in range(4)]
    page = sign_in()
    summarised(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    at_group(page, 4)
    expect(page.locator("#group-name")).to_have_text("hxxps[:]//share[.]example/view/77?x=1")
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []
    page.locator("#group-request").click()
    page.wait_for_url(re.compile(r"/requests/new#of="))
    expect(page.locator("#sources li")).to_have_count(4)
    page.locator("#template").select_option("abuse_mail")
    expect(page.locator("#words")).to_have_value(re.compile(r"1\) https"))
    assert "2) https" not in page.locator("#words").input_value(), "how many reported it is told to nobody"
    at_group(page, 4)
    tell(page, "requested_operator", 4)
    tell(page, "removed", 4)
    for one in victims:
        assert [state["item"] for said in one.read() for state in said["states"]] == [one.letter["items"][0]["id"]] * 2
    assert not any("share.example" in one or "bad-name" in one for one in asked)

    probing = [Reporter(portal.url, CENTRE, letter(link)) for link in (SHARED, ALONE)]
    assert seen(probing[0]) == seen(probing[1])
    summarised(page)
    assert seen(probing[0]) == seen(probing[1])
    at_group(page, 5)
    page.locator("#choose-none").click()
    page.locator(f"#group-rows input[value^='{probing[0].referral['referral_id']}']").check()
    page.locator("#inform-state").select_option("requested_operator")
    page.locator("#inform-send").click()
    expect(page.locator("#inform-said")).to_contain_text("1건")
    opened(page, probing[1])
    page.locator("#link-1").check()
    page.locator("#item-state").select_option("requested_operator")
    page.locator("#item-form [data-part=send]").click()
    expect(page.locator(".links__row .state--item-requested_operator")).to_have_count(1)
    assert seen(probing[0]) == seen(probing[1])
    assert len(seen(probing[0])[3]) == 1


def test_a_list_is_sealed_compared_marked_and_taken_away(sign_in, portal, axe, overflow):
    for number in range(2):
        Reporter(portal.url, CENTRE, letter(f"https://listed.example/view/{number}", poster="listed-name"))
    page = sign_in()
    summarised(page)
    page.goto("/matches#lists")
    page.locator("#list-load summary").click()
    for content, words in (
        ("가,나,다\n1,2,3\n".encode(), "맞는 열이 없어요"),
        ("\n".join(f"s{number}.example" for number in range(50_000)).encode(), "줄이 너무 많아요"),
        (b"\xff\xff\xff", "UTF-8도 CP949도"),
    ):
        page.locator("#list-file").set_input_files({"name": "l.csv", "mimeType": "text/csv", "buffer": content})
        page.locator("#list-preview").click()
        expect(page.locator("#list-error")).to_contain_text(words)
    table = "사이트,계정,비고\r\nlisted.example,@listed-name,제 1호\r\nlisted.example,=1+1,\r\nx.example,none,\r\n"
    page.locator("#list-file").set_input_files(
        {"name": "l.csv", "mimeType": "text/csv", "buffer": table.encode("cp949")}
    )
    page.locator("#list-preview").click()
    expect(page.locator("#preview-counts")).to_contain_text("수식처럼 보여서 뺀 줄: 3")
    expect(page.locator("#preview-counts")).to_contain_text("그중 지금 진행 중인 의뢰에 있는 것: 1줄")
    page.locator("#list-name").fill("규제기관 명단")
    with page.expect_request("**/record") as sent:
        page.locator("#list-keep").click()
    assert (json.loads(sent.value.post_data)["type"], "listed-name" in sent.value.post_data) == ("list", False)
    expect(page.locator("#lists")).to_contain_text("규제기관 명단")
    expect(page.locator("#listed")).to_contain_text("listed[.]example/listed-name")
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0
        assert axe(page) == []
    page.locator("[data-tab=poster]").click()
    expect(page.locator("#groups")).to_contain_text("‘규제기관 명단’ 명단에 있음")
    page.goto("/queue")
    marked = page.locator(".queue__row .mark--listed")
    expect(marked.first).to_contain_text("‘규제기관 명단’ 명단에 있음")
    kept = page.evaluate("sessionStorage.getItem('onestop.lists')")
    assert "sealed" in kept
    assert "listed-name" not in kept
    page.goto("/matches#lists")
    page.locator("#lists button").click()
    page.locator("#lists button", has_text="정말 지우기").click()
    expect(page.locator("#lists")).to_contain_text("아직 명단이 없어요")


def test_a_package_for_the_police_has_only_those_who_agreed_and_is_verified_offline(sign_in, portal, tmp_path, axe):
    for number in range(7):
        link = f"https://sold.example/view/{number}"
        Reporter(portal.url, CENTRE, letter(link, police=number < 4, poster="seller"))
    page = sign_in()
    summarised(page)
    page.goto("/matches")
    page.locator("#compared").wait_for()
    page.locator("[data-tab=poster]").click()
    page.locator("#groups .matches__one", has_text="이 계정이 의뢰 7건").locator("a").click()
    expect(page.locator("#package-said")).to_contain_text("3건은 동의가 없어 빠졌어요")
    page.locator("#package-make").click()
    expect(page.locator("#package-made")).to_be_visible()
    with page.expect_download() as saved:
        page.locator("#package-save").click()
    path = tmp_path / "package.json"
    saved.value.save_as(path)
    ran = CliRunner().invoke(command, [str(path)])
    assert ran.exit_code == 0, ran.output
    assert "of sold.example/seller, 4 letters, 3 left out: no consent" in ran.output
    assert "010-0000-0000" not in path.read_text(encoding="utf-8")
    path.write_bytes(path.read_bytes().replace(b'"reported"', b'"blocked"', 1))
    assert CliRunner().invoke(command, [str(path)]).exit_code == 1
    assert axe(page) == []


def test_a_link_that_was_removed_and_came_again_is_reopened_with_its_history(sign_in, portal, axe):
    reporter = Reporter(portal.url, CENTRE, letter("https://again.example/1"))
    page = opened(sign_in(), reporter)
    page.locator("#link-1").check()
    page.locator("#item-state").select_option("removed")
    page.locator("#item-form [data-part=send]").click()
    expect(page.locator(".links__row .state--item-removed")).to_have_count(1)
    (first,) = reporter.letter["items"]
    reporter.say("", kind="items", items=[first | {"id": "A" * 22, "url": "http://www.again.example/1#x"}])
    opened(page, reporter)
    expect(page.locator("#again-rows")).to_contain_text("다시 신고됐어요")
    page.locator("#again-rows button").click()
    expect(page.locator("#item-state")).to_have_value("reappeared")
    page.locator("#item-form [data-part=send]").click()
    expect(page.locator("#again-rows .again__history li")).to_have_count(2)
    assert [state["state"] for said in reporter.read() for state in said["states"]] == ["removed", "reappeared"]
    assert axe(page) == []
    page.locator("#same-links summary").click()
    expect(page.locator("#same-said")).to_contain_text("이 링크들이 없어요")
