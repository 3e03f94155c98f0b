"""The other organisations' part of the working week: links by keys alone, a civic group's table, letters passed on, and
what was done, proved to somebody who has no line to the portal."""

import re
import subprocess
import sys

from playwright.sync_api import expect

from app.crypto import evidence
from tests.browser.deciding import decide_all
from tests.browser.desk import opened
from tests.browser.live_portal import ROOT
from tests.browser.matching import at_group, summarised
from tests.browser.passing_on import (
    accept,
    card_of,
    compose,
    made_package,
    received,
    refuse,
    seal_and_pass_on,
    verified_offline,
)
from tests.browser.week_people import COMMISSION, SHARED, TYPED

POLICE = "경찰 사이버수사 (시범)"
FOUND = 40


def decide_batch(commission):
    """Three hundred links without a mouse; gives how many they were, and how many keys that took."""
    page = commission.page
    summarised(page)
    page.goto("/links")
    expect(page.locator("#open-letters")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#work")).to_be_visible()
    commission.picture("by-link")
    commission.show("by-link")
    done = decide_all(page, "sitting")
    commission.picture("by-link-decided")
    return done


def send_as_group(monitor):
    """A table of addresses, one of which a victim reported too; it leaves the browser sealed."""
    page, sent = monitor.page, []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    links = [f"https://civic-8830.example/watch/{number}" for number in range(FOUND)] + [SHARED]
    table = "주소,게시자\r\n" + "".join(f"{link},{TYPED['poster']}\r\n" for link in links)
    expect(page.locator("#monitor")).to_be_visible()
    for slug in ("demo-centre", COMMISSION):
        page.locator(f"#to-{slug}").check()
    page.locator("#file").set_input_files(
        {"name": "found.csv", "mimeType": "text/csv", "buffer": table.encode("cp949")}
    )
    expect(page.locator("#preview-count")).to_contain_text(f"주소 {FOUND + 1}개, 신고서 1건")
    monitor.picture("monitor")
    page.locator("#send-now").click()
    expect(page.locator("#send-said")).to_contain_text("신고서 1건")
    monitor.picture("monitor-sent")
    assert not any("civic-8830" in one or "share-5093" in one for one in sent)


def find_of_the_group(centre):
    """What the civic group sent lies beside what four victims reported, and is no victim's letter."""
    summarised(centre.page)
    at_group(centre.page, 5)
    centre.picture("group-with-monitor")
    centre.show("group")


def offered(centre, police, reporter, *, urgent):
    """Pass one letter on; give the address under which the police have it."""
    before = received(police.page)
    compose(opened(centre.page, reporter), reporter.referral["referral_id"], links=2, urgent=urgent)
    if urgent:
        centre.picture("to-pass-on")
        centre.show("onward")
    seal_and_pass_on(centre.page)
    (address,) = set(received(police.page)) - set(before)
    return address


def pass_on_to_police(centre, police, accepted, refused):
    """One is accepted, and the victim talks to the police; the other is refused, and nobody tells her why."""
    address = offered(centre, police, accepted.reporter, urgent=True)
    centre.picture("passed-on")
    police.picture("received")
    police.go(address)
    expect(police.page.locator("#referrer-signature")).to_contain_text("서명이 맞습니다")
    police.picture("offered")
    accept(police.page)
    accepted.sees("thursday-passed-on", "이 기관이 맡았어요")
    accepted.answer_back(card_of(accepted.page, POLICE), TYPED["what the victim asks"])
    police.page.reload()
    expect(police.page.locator("#thread")).to_contain_text(TYPED["what the victim asks"])
    police.page.locator("#message-words").fill(TYPED["what the police answer"])
    police.page.locator("#message-form [data-part=send]").click()
    expect(police.page.locator("#thread")).to_contain_text(TYPED["what the police answer"])
    accepted.sees("thursday-answered", TYPED["what the police answer"])

    police.go(offered(centre, police, refused.reporter, urgent=False))
    refuse(police.page, TYPED["refusal"])
    centre.go(f"/referral/{refused.reporter.referral['referral_id']}")
    expect(centre.page.locator("#passed-on")).to_contain_text(TYPED["refusal"])
    centre.picture("refused")
    refused.sees("thursday-refused", "이 기관에서는 맡지 않음")
    assert TYPED["refusal"] not in refused.page.content()


def prove(centre, reporter, new_context, directory):
    """A package of evidence holds for the command line and for the page, both offline; an altered one does not."""
    content = made_package(centre.page, reporter.referral["referral_id"], centre.account)
    centre.picture("evidence")
    centre.show("evidence", "#evidence-made-title")
    assert not re.search("summary|by_link", centre.page.locator("#evidence-shown").inner_text())
    assert evidence.faults(content) == []
    path = directory / "evidence.json"
    path.write_bytes(content)
    ran = verify(path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    page = new_context(width=768).new_page()
    verified_offline(page, content)
    path.write_bytes(content.replace(b'"reappeared"', b'"removed"', 1))
    assert verify(path).returncode == 1


def verify(path):
    """What `python -m app.client verify` says of a file, as whoever was given it would ask."""
    command = [sys.executable, "-m", "app.client", "verify", str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
