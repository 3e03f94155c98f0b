"""Pages of one record, and the operator's: a story makes each of them, and types into it."""

import re

from playwright.sync_api import expect

from app.domain.wire import b64u_encode
from tests.browser.composing import keep
from tests.browser.desk import give_passphrase

ONE = r"/[A-Za-z0-9_-]{22}$"
OPERATOR = ["/operator", "/operator/settings", "/operator/notices", "/operator/notices/new/<kind>",
            "/operator/new-organisation", "/operator/organisation/<slug>"]  # fmt: skip
# What is typed to be read by everybody, with the reason. It lies in the database and is in memory to be shown; it
# has no more business in a log, a mail, a temporary file or Redis than anything else.
PUBLISHED = {
    "/operator/notices/new/<kind> title_ko": "stands at the top of every page for reporters",
    "/operator/notices/new/<kind> text_ko": "stands at /notices",
    "/operator/notices/new/<kind> title_en": "stands at the top of every page for reporters, in English",
    "/operator/notices/new/<kind> text_en": "stands at /en/notices",
    "/operator/new-organisation name_ko": "an organisation's name, for reporters to choose it by",
    "/operator/new-organisation name_en": "the same, in English",
    "/operator/new-organisation slug": "stands in the address of the organisation's page",
}


def writes_a_request(page, typing, referral_id):
    """From a link of a letter to a request that was kept, and its first step; then what makes an evidence package."""
    at = f"/referral/{b64u_encode(referral_id)}"
    page.goto(at)
    expect(page.locator("#link-1")).to_be_visible()
    page.locator("#link-1").check()
    page.locator("#item-request").click()
    page.wait_for_url(re.compile(r"/requests/new#of="))
    expect(page.locator("#compose")).to_be_visible()
    typing.into_everything(page, "/requests/new")
    keep(page)
    typing.into_everything(page, "/requests/<record_id>")
    _takes_a_step(page, "sent")
    for part in ("evidence", "onward"):
        page.goto(f"{at}/{part}", wait_until="networkidle")
        typing.into_everything(page, f"/referral/<referral_id>/{part}")


def makes_records(page, typing):
    """A room, a site and a campaign, each with what can be typed on its own page."""
    page.goto("/rooms")
    expect(page.locator("#new-room")).to_be_visible()
    typing.into_everything(page, "/rooms:lead")
    page.locator("#new-room button[type=submit]").click()
    page.wait_for_url(re.compile(f"/rooms{ONE}"))
    typing.into_everything(page, "/rooms/<record_id>")
    _takes_a_step(page, "warning_recommended")
    page.goto("/sites")
    expect(page.locator("#add")).to_be_visible()
    page.locator("#add-domain").fill(typing.word("a site's domain", "https://{}.example/x"))
    page.locator("#add button").click()
    page.wait_for_url(re.compile(f"/sites{ONE}"))
    expect(page.locator("#site-keep")).to_be_visible()
    typing.into_everything(page, "/sites/<record_id>")
    page.locator("#site-keep").click()
    expect(page.locator("#edits li").first).to_be_visible()
    page.goto("/campaigns")
    expect(page.locator("#new-campaign")).to_be_visible()
    typing.into_everything(page, "/campaigns:lead")
    page.locator("#campaign-sites").fill("")
    page.locator("#new-campaign button[type=submit]").click()
    page.wait_for_url(re.compile(f"/campaigns{ONE}"))
    typing.into_everything(page, "/campaigns/<record_id>")
    page.locator("#pasted").fill(typing.word("a link to look at again", "https://{}.example/글"))
    page.locator("#add-links button[type=submit]").click()
    expect(page.locator("#add-said")).to_contain_text("추가 1건")
    _takes_a_step(page, "running")


def runs_the_portal(page, typing, account):
    """The operator adds an organisation and posts a notice: what is typed there is for everybody."""
    give_passphrase(page, account, "/operator")
    for path in OPERATOR[:3]:
        page.goto(path, wait_until="networkidle")
        typing.into_everything(page, path)
    page.goto("/operator/new-organisation")
    typing.into_everything(page, "/operator/new-organisation", {"slug": "{}"})
    slug = typing.typed["/operator/new-organisation slug"]
    page.locator("form[action$='/operator/organisation'] button").click()
    page.wait_for_url(re.compile(f"/operator/organisation/{slug}$"))
    typing.into_everything(page, "/operator/organisation/<slug>")
    page.goto("/operator/notices/new/general")
    day = page.locator("#from_day").input_value()
    typing.into_everything(page, "/operator/notices/new/<kind>")
    page.locator("#from_day").fill(day)
    page.locator("#until_day").fill("")
    page.locator("form[action$='/operator/notices'] button").click()
    page.wait_for_url(re.compile("/operator/notices$"))
    page.goto("/notices")
    expect(page.locator("main")).to_contain_text(typing.typed["/operator/notices/new/<kind> text_ko"])


def _takes_a_step(page, state):
    """What was typed beside the step is sealed with it."""
    before = page.locator("#steps li").count()
    page.locator("#step-state").select_option(state)
    channel = page.locator("#step-channel")
    if channel.is_visible():
        channel.select_option(index=1)
    page.locator("#step-send").click()
    expect(page.locator("#steps li")).to_have_count(before + 1)
