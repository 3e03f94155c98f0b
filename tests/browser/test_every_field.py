"""Something is typed into every field of every page, in one pass; then none of it is anywhere on the server.

The quick one of its kind: the stories that say more, and take minutes, are in test_journey.py and its neighbours.
"""

import contextlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.domain.wire import b64u_encode
from app.models import Organisation, Referral
from tests.browser.desk import CENTRE, give_passphrase
from tests.browser.every_field import Typing
from tests.browser.every_page import (
    OPERATOR,
    PUBLISHED,
    makes_records,
    runs_the_portal,
    writes_a_request,
)
from tests.browser.full_portal import LEAKS, FullPortal
from tests.browser.reporting import begin, choose, come_back, on_to, sent
from tests.browser.searched_portal import small_postgres
from tests.cli.mail_server import Inbox, served
from tests.faults.redis import Redis
from tests.rules.who import WHO

# Pages by who may have them; an address with a part that changes is visited where the story makes one.
STAFF = {
    "caseworker": ["/caller", "/links", "/matches", "/onward", "/campaigns", "/effort", "/monitor", "/sites",
                   "/requests", "/rooms", "/queue", "/account", "/figures"],
    "lead": ["/organisation", "/keeping", "/people", "/keys", "/log", "/figures/publication", "/first-day"],
}  # fmt: skip
PUBLIC = ["/", "/help", "/privacy", "/organisations", "/statistics", "/verify", "/recovery", "/invitation", "/sign-in",
          "/follow-up", "/report", "/rights", "/accessibility", "/notices", "/code", "/privacy/policy", "/privacy/kept",
          "/privacy/consent"]  # fmt: skip
NO_PAGE = {
    "/api/v1/directory", "/healthz", "/metrics", "/readyz", "/statistics.json", "/session", "/account/standing",
    "/people/standing", "/keys/unused", "/resealing", "/resealing/records", "/queue/rows", "/queue/viewing", "/record",
    "/n", "/x", "/start", "/waiting", "/code.json", "/.well-known/security.txt",
}  # fmt: skip
WITHOUT_SCRIPTS = {"/follow-up/plain", "/report/plain", "/report/plain/sent", "/report/plain/write"}
WITHOUT_SCRIPTS |= {"/report/plain/easy", "/report/plain/sent/easy", "/report/plain/write/easy"}
# Visited with what the story made; `typing.later` has each of them once it was there.
WITH_A_PART = {
    "/referral/<referral_id>", "/referral/<referral_id>/evidence", "/referral/<referral_id>/onward",
    "/organisation/<slug>", "/campaigns/<record_id>", "/sites/<record_id>", "/requests/<record_id>", "/requests/new",
    "/rooms/<record_id>", "/privacy/policy/<version>",
}  # fmt: skip
NO_PAGE |= {"/record/<record_id>", "/referral/<referral_id>/standing"}
PARTS = {"/organisation/<slug>": f"/organisation/{CENTRE}", "/privacy/policy/<version>": "/privacy/policy/1"}
SHAPES = {"link-": "https://{}.example/글/1"}
# Fields that hold four digits of a code, or one key; and one that no person sees, for password managers.
KEYS = {f"key-{act}" for act in ("before", "claim", "find", "help", "next", "open", "pick", "state")}
NO_WORDS = {"last-digits", "keep-digits", "<input"} | KEYS


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def portal(request, tmp_path_factory):
    directory, inbox = tmp_path_factory.mktemp("every-field"), Inbox()
    redis = Redis(directory / "redis")
    redis.start()
    with contextlib.ExitStack() as stack:
        server = None if request.param == "sqlite" else stack.enter_context(small_postgres())
        port = stack.enter_context(served(inbox))
        running = stack.enter_context(FullPortal(directory / "portal", redis, port, server))
        running.inbox = inbox
        yield running
    redis.stop()


def test_every_page_is_visited():
    """Whoever adds one adds it here too."""
    listed = {line.split()[1] for lines in WHO.values() for line in lines.split("\n") if line.strip().startswith("GET")}
    staff = {path for paths in STAFF.values() for path in paths} | set(OPERATOR)
    assert listed == set(PUBLIC) | staff | NO_PAGE | WITHOUT_SCRIPTS | WITH_A_PART


def reports(page, typing):
    """A report in which every field says something, and that is kept to go on with before it is sent."""
    begin(page)
    typing.into_everything(page, "report", SHAPES)
    page.locator("[data-field='channel']").first.evaluate("(one) => one.click()")
    on_to(page, "organisations")
    choose(page, CENTRE, "purposes-deletion")
    choose(page, "demo-commission", "purposes-review")
    for part in ("offender", "account", "contact"):
        page.locator(f"#organisation-{CENTRE}-compartments-{part}").evaluate("(tick) => tick.checked || tick.click()")
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    letter = page.locator("#letters article").first.inner_text()
    assert letter.count(typing.mark) >= 8, letter
    return sent(page)


def comes_back(page, typing, code):
    come_back(page, code)
    thread = page.locator("#threads .thread").first
    expect(thread).to_be_visible()
    typing.into_everything(page, "visit", SHAPES)
    text = typing.word("message of the reporter")
    thread.locator("textarea[data-message]").first.fill(text)
    thread.locator("[data-send]").first.click()
    expect(thread.locator("[data-messages]")).to_contain_text(text)


def works(page, typing, referral_id):
    """A caseworker opens the letter, takes it on, answers and notes; and types into every other page."""
    page.goto(f"/referral/{b64u_encode(referral_id)}")
    expect(page.locator("#case")).to_be_visible()
    expect(page.locator(".links__url").first).to_be_visible()
    assert typing.mark in page.locator("#case").inner_text()
    page.locator("#claim").click()
    expect(page.locator("#claim")).to_be_hidden()
    typing.into_everything(page, "/referral/<referral_id>")
    for field, form, shown in (
        ("state-words", "state-form", "thread"), ("message-words", "message-form", "thread"),
        ("note-words", "note-form", "notes"),
    ):  # fmt: skip
        text = typing.word(f"sent {field}")
        if form == "state-form":
            page.locator("#new-state").select_option("in_support")
        page.locator(f"#{field}").fill(text)
        page.locator(f"#{form} [data-part=send]").click()
        expect(page.locator(f"#{shown}")).to_contain_text(text)


def staff_work(portal, new_context, typing, referral_id):
    """Caseworker and lead, on all pages of theirs; gives the account of the last."""
    for role, paths in STAFF.items():
        page, account = new_context().new_page(), portal.account("support_centre", role)
        give_passphrase(page, account)
        if role == "caseworker":
            works(page, typing, referral_id)
            writes_a_request(page, typing, referral_id)
        else:
            makes_records(page, typing)
        visits(page, typing, paths)
    return account


def letters(portal):
    """The ids of all referrals to the centre."""
    wanted = select(Referral.referral_id).join(Organisation, Organisation.organisation_id == Referral.organisation_id)
    with portal.session() as session:
        return set(session.scalars(wanted.where(Organisation.slug == CENTRE)))


def visits(page, typing, paths):
    """Type into whatever is on each page once it is ready."""
    for path in paths:
        page.goto(PARTS.get(path, path), wait_until="networkidle")
        if path == "/caller":
            page.locator("#begin:enabled").click()
        typing.into_everything(page, path)


@pytest.fixture
def typing():
    return Typing()


def test_what_is_typed_is_nowhere(portal, new_context, typing, watch):
    watch.allow("status of 40[0-9]")
    phone = new_context(width=360, height=740)
    before, page = letters(portal), phone.new_page()
    code = reports(page, typing)
    (referral_id,) = letters(portal) - before
    comes_back(page, typing, code)
    visits(page, typing, [*PUBLIC, *PARTS])
    assert phone.cookies() == []
    account = staff_work(portal, new_context, typing, referral_id)
    operator = portal.account("operator", "operator")
    public = Typing()  # with a mark of its own: of what is for nobody, not even a part may be found
    runs_the_portal(new_context().new_page(), public, operator)
    assert typing.later.keys() | public.later.keys() >= WITH_A_PART | set(OPERATOR)
    portal.flask("tick")
    assert [address for address, _mail in portal.inbox.taken]
    search = portal.look(typing.typed, typing.mark)
    assert search.found == set()
    assert search.searched > 100_000_000
    digits = re.sub(r"\D", "", code)
    more = {"code": digits, "code as shown": code}
    more |= {"passphrase": account["passphrase"], "operator": operator["passphrase"]}
    assert portal.look(more, None).found == set()
    published = portal.look(public.typed, public.mark).found
    assert {word for _at, word, _form in published} - {"the mark"} == set(PUBLISHED)
    redis = f"process {portal.redis.process.pid}"
    assert not {at for at, _word, _form in published if at == redis or not portal.is_the_database(at)}
    assert {name.split()[1] for name in [*typing.left, *public.left]} <= NO_WORDS
    ids = {name.partition(" ")[2] for name in typing.typed} | {"message-REFERRAL"}
    later = {field for fields in typing.later.values() for field in fields if "readonly" not in field}
    assert later <= ids
    assert len(typing.typed) > 100


def test_a_leak_in_each_place_would_be_found(portal):
    typing, places = Typing(), {}
    with contextlib.ExitStack() as stack:
        for name, leak in LEAKS.items():
            places[name] = stack.enter_context(leak(portal, typing.word(name, "{} 일부러 심은 말")))
        found = portal.look(typing.typed, typing.mark).found
    for name, place in places.items():
        assert [at for at, word, _form in found if word == name and at.startswith(Path(place).name)], name
