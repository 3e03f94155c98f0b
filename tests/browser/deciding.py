"""Deciding on links, one by one and with keys alone, and the lists that go out of it."""

import hashlib
import re

from playwright.sync_api import expect

from tests.browser.desk import proved

PLAIN = "123467"  # one key each; none of them asks for a reason to be typed
MOST_PRESSES = 1.2  # for each link


def only(page, site):
    """Show the links of one site."""
    page.locator("#site-words").fill(site)
    page.locator("#site-words").press("Enter")
    page.locator("#card-title").focus()


def saved(page):
    """Wait until nothing is on its way."""
    page.keyboard.press("w")
    expect(page.locator("#counts")).to_contain_text("보내는 중 0")


def states_told(reporter):
    """What the reporter was told of each of her links, the last word first."""
    return {one["item"]: one["state"] for said in reporter.read() for one in said["states"]}


def decide_all(page, site):
    """Decide every open link of a site with keys alone; give how many links that were, and how many presses."""
    only(page, site)
    page.locator("#which").select_option("open")
    page.locator("#card-title").focus()
    shown, presses = page.locator("#rows tr").count(), 0
    for _turn in range(shown):
        open_codes = page.locator(".by-link__code[aria-disabled=false]").evaluate_all(
            "all => all.map((one) => one.getAttribute('aria-keyshortcuts'))"
        )
        page.keyboard.press(next(key for key in PLAIN[presses % 6 :] + PLAIN if key in open_codes))
        presses += 1
    page.keyboard.press("w")
    expect(page.locator("#counts")).to_contain_text(
        re.compile(rf"결정 {shown} · 저장됨 {shown} · 보내는 중 0 · 확인 필요 0")
    )
    return shown, presses + 1


def saved_list(page, portal, tmp_path):
    """Make the list of what is shown; give both files, whose hashes stand on the page."""
    page.locator("#file-what").select_option("shown")
    page.locator("#file-make").click()
    proved(page, "#file-made", portal.account("commission"))
    files = {}
    for kind in ("csv", "json"):
        with page.expect_download() as waiting:
            page.locator(f"#save-{kind}").click()
        waiting.value.save_as(tmp_path / f"list.{kind}")
        files[kind] = (tmp_path / f"list.{kind}").read_bytes()
        expect(page.locator("#file-hashes")).to_contain_text(hashlib.sha256(files[kind]).hexdigest())
    return files
