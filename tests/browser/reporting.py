"""The ways through the reporter's pages that several tests take."""

from playwright.sync_api import expect

STORY = "퇴근길에 친구가 알려 주었어요 카나리아-7391"
LINK = "https://board.example/카나리아/7391?x=1"
STEPS = [
    "danger", "urgent", "links", "harm", "you", "wishes", "organisations", "offender", "account", "contact", "review",
]  # fmt: skip
# What Chromium says on its console about answers that a test provokes.
REFUSED = r"Failed to load resource.*(?:409|400|429|503|404)"
LOST = r"Failed to load resource.*net::ERR"


def begin(page, path="/report"):
    page.goto(path)
    page.locator("#begin:enabled").click()
    expect(page.locator("#step-danger")).to_be_visible()
    on_to(page, "links")


def on_to(page, name):
    while not page.locator(f"#step-{name}").is_visible():
        shown = page.locator(".step:visible").get_attribute("id")
        page.locator(f"#{shown} [data-next]").click()
        expect(page.locator(f"#{shown}")).to_be_hidden()


def choose(page, slug, *ticks):
    """With the consent to sensitive content, where one is asked for."""
    page.locator(f"#organisation-{slug}-chosen").check()
    expect(page.locator(f"[data-organisation={slug}] [data-consent]")).to_be_visible()
    for tick in (*(["sensitive"] if page.locator(f"#organisation-{slug}-sensitive").is_visible() else []), *ticks):
        page.locator(f"#organisation-{slug}-{tick}").check()


def written(page, path="/report"):
    """A report that is ready to be sent: one link, a story, two organisations of which one may read the story."""
    begin(page, path)
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    choose(page, "demo-centre", "purposes-deletion")
    choose(page, "demo-commission", "purposes-review")
    on_to(page, "account")
    page.locator("#account_events").fill(STORY)
    page.locator("#organisation-demo-centre-compartments-account").check()
    on_to(page, "review")
    page.locator("#send:visible").wait_for()


def code_of(page):
    page.locator("#receipt-code:visible").wait_for()
    return " ".join(page.locator(".receipt__group").all_inner_texts())


def sent(page):
    """Send what is written, keep the code, and give it."""
    page.locator("#send").click()
    code = code_of(page)
    page.locator("#last-digits").fill(code[-4:])
    page.locator("#confirm-code").click()
    expect(page.locator("#kept")).to_be_visible()
    return code


def come_back(page, code, path="/follow-up"):
    page.goto(path)
    page.locator("#open:enabled").wait_for()
    page.locator("#code").fill(code)
    page.locator("#open").click()


def stored(context, page):
    """What the browser keeps of the portal: cookies and every storage there is."""
    kept = page.evaluate(
        """async () => ({local: localStorage.length, session: sessionStorage.length,
            databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length})"""
    )
    return {**kept, "cookies": len(context.cookies())}
