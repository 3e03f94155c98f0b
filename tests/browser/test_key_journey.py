"""An organisation's keys in one story: founded, joined, left, changed, lost and recovered, and nothing is ever lost."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser import journey_people
from tests.browser.ceremonies import (
    Authenticators,
    add_passkey,
    fill_account,
    invited,
    joined,
    let_in,
    move_all,
    move_some_and,
    new_sheet,
    sign_out,
    step,
    unlocked,
    unlocked_by_passkey,
    waiting_numbers,
    without,
    words_typed,
)
from tests.browser.desk import give_passphrase, opened
from tests.browser.live_portal import ROOM, LivePortal
from tests.browser.reporter import QuickReporter, Reporter

pytestmark = [pytest.mark.slow, pytest.mark.whole_browser]
expect.set_options(timeout=30_000)
SLUG, OPEN, UNAUTHORIZED = "story-centre", 500, 401
LEAD, OTHER, WORKER, AGAIN = ("story.lead", "other.lead", "story.worker", "lead.again")
PASSPHRASE = {name: f"{name} 혼자만 아는 아주 긴 비밀 문장" for name in (LEAD, OTHER, WORKER, AGAIN)}
DESCRIBED = ("--kind=support_centre", "--name-ko=이야기 센터", "--name-en=Story Centre", f"--slug={SLUG}")


def account(login):
    return {"login": login, "passphrase": PASSPHRASE[login]}


def in_force(portal):
    with urllib.request.urlopen(f"{portal.url}/api/v1/directory") as answer:
        return next(one for one in json.load(answer)["organisations"] if one["slug"] == SLUG)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal in which nobody has been yet; `invitation`: what its set-up printed for the first lead."""
    portal = LivePortal(tmp_path_factory.mktemp("story"), demo=False, **ROOM)
    said = portal.flask("setup", "--region=seoul", *DESCRIBED)
    portal.invitation = re.search(r"/invitation#\S+", said)[0]
    with portal:
        yield portal


def by_passkey(page, path):
    """Sign in without a passphrase, and arrive."""
    page.goto("/sign-in")
    page.locator("#by-passkey").click()
    page.wait_for_url(re.compile(f"{path}$"))


class Staff:
    """The people of the organisation, each in a browser of their own; the words on their paper, and its fingerprint."""

    def __init__(self, portal, new_context):
        self.portal, self.context = portal, new_context
        self.sheet, self.fingerprint, self.pages = [], "", {}

    def page(self, login):
        return self.pages.setdefault(login, self.context().new_page())

    def found(self):
        """The first lead opens the invitation, has the words on paper, and signs in."""
        page = self.page(LEAD)
        page.goto(self.portal.invitation)
        fill_account(page, LEAD, PASSPHRASE[LEAD])
        self.sheet = new_sheet(page)
        self.fingerprint = step(page, "founded").locator("[data-part=founded-fingerprint]").inner_text()
        give_passphrase(page, account(LEAD), "/people")

    def join(self, login, role):
        """Somebody is invited, compares numbers with the lead, and is let in."""
        lead, page = self.page(LEAD), self.page(login)
        number = joined(page, invited(lead, role), login, PASSPHRASE[login])
        give_passphrase(page, account(login), "/waiting")
        self.admit(lead, login, role, lambda page: unlocked(page, PASSPHRASE[login]), number)

    def admit(self, lead, login, role, answer, number=None):
        """A lead compares numbers with somebody who waits, and lets them in."""
        page = self.page(login)
        numbers = waiting_numbers(page, answer)
        assert numbers == (number or numbers[0], self.fingerprint)
        lead.goto("/people")
        let_in(lead, login, numbers, role)
        page.locator("#look-again").click()
        page.wait_for_url(re.compile("/queue"))

    def passkey(self):
        """The caseworker adds one that opens the keys, and signs in with it alone."""
        page = self.page(WORKER)
        self.keys = Authenticators(page)  # plugged in for as long as the page is open
        self.keys.use(prf=True)
        page.goto("/account")
        add_passkey(page, "책상 서랍의 열쇠", PASSPHRASE[WORKER])
        expect(page.locator("#passkeys [data-part=said]")).to_contain_text("이것만으로")
        sign_out(page)
        by_passkey(page, "/queue")

    def part(self):
        """The other lead's access ends; new keys for those who stay, and new words on paper."""
        lead, leaver, before = self.page(LEAD), self.page(OTHER), in_force(self.portal)
        without(lead, OTHER)
        assert leaver.reload().status == UNAUTHORIZED
        lead.locator("#new-keys").click()
        old, self.sheet = self.sheet, new_sheet(lead)
        lead.wait_for_url(re.compile("done=keys"), timeout=60_000)
        after = in_force(self.portal)
        assert (after["kid"] != before["kid"], after["chain"][: len(before["chain"])]) == (True, before["chain"])
        assert after["fingerprint"] == self.fingerprint
        return old

    def recover(self, old):
        """Nobody who could is left: the newest words from paper make a new lead, and older ones do not."""
        for login in (LEAD, OTHER):
            self.pages.pop(login).context.close()
        page = self.page(AGAIN)
        page.goto("/recovery")
        page.locator("#slug").fill(SLUG)
        expect(words_typed(page, old)).to_contain_text("예전 종이의 것")
        words_typed(page, self.sheet)
        expect(page.locator("#login")).to_be_visible()
        fill_account(page, AGAIN, PASSPHRASE[AGAIN])
        assert new_sheet(page) not in (old, self.sheet)
        expect(page.locator("[data-part=recovered-fingerprint]")).to_have_text(self.fingerprint, timeout=60_000)
        give_passphrase(page, account(AGAIN), "/keys")


class Victim(journey_people.Reporter):
    """One of those who reported: comes back with the code in a browser, and finds the thread."""

    def __init__(self, portal, new_context):
        super().__init__(new_context(width=360, height=740), "ko", "victim")
        self.sent = Reporter(portal.url, SLUG)

    def say(self, text):
        (thread,) = self.come_back(self.sent).all()
        self.answer_back(thread, text)

    def hears(self, text):
        expect(self.come_back(self.sent)).to_contain_text(text)


def note(page, words):
    page.locator("#note-words").fill(words)
    page.locator("#note-form [data-part=send]").click()
    expect(page.locator("#notes")).to_contain_text(words)


def answer(page, words):
    page.locator("#message-words").fill(words)
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#thread")).to_contain_text(words)


def visit(page, reporter, unlock=None):
    """Open a letter; where this tab has no keys, or older ones, `unlock` answers in place."""
    page.goto(f"/referral/{reporter.referral['referral_id']}")
    if unlock:
        unlock(page)
    return opened(page, reporter)


def nothing_is_lost(page, victim, others):
    """The first letter and the last; what was said, what was noted; and each is under the keys in force."""
    for one in (others[0], others[-1], victim.sent):
        opened(page, one)
        expect(page.locator("#case")).to_contain_text("초대로만 들어가는 방")
        assert one.referral["kid"] != one.referral["origin_kid"]
    expect(page.locator("#notes")).to_contain_text("첫날의 메모")
    for words in ("옮기는 동안 쓴 글", "새 열쇠로 드리는 답", "그 답에 대한 답"):
        expect(page.locator("#thread")).to_contain_text(words)


def test_keys_are_founded_joined_left_changed_lost_and_recovered(portal, new_context, watch):
    watch.allow("status of 40[13]")
    staff = Staff(portal, new_context)
    staff.found()
    victim = Victim(portal, new_context)
    others = [QuickReporter(portal.url, SLUG) for _number in range(OPEN - 1)]
    staff.join(OTHER, "lead")
    staff.join(WORKER, "caseworker")
    staff.passkey()
    worker, lead = staff.page(WORKER), staff.page(LEAD)
    note(visit(worker, victim.sent), "첫날의 메모")

    old = staff.part()
    lead.goto("/keys")
    expect(lead.locator("#left-words")).to_have_attribute("data-left", str(OPEN))
    move_some_and(lead, lambda page: page.goto("/queue"))
    victim.say("옮기는 동안 쓴 글")
    lead.unroute_all()
    move_all(lead)
    answer(visit(worker, victim.sent, unlocked_by_passkey), "새 열쇠로 드리는 답")
    victim.hears("새 열쇠로 드리는 답")
    victim.say("그 답에 대한 답")
    nothing_is_lost(worker, victim, others)

    staff.recover(old)
    again = staff.page(AGAIN)
    expect(again.locator(".taken-over")).to_be_visible()
    expect(again.locator("#left-words")).to_have_attribute("data-left", str(OPEN))
    move_all(again)
    nothing_is_lost(again, victim, others)
    answer(again, "복구한 뒤의 답")
    victim.hears("복구한 뒤의 답")
    by_passkey(worker, "/waiting")
    staff.admit(again, WORKER, "caseworker", unlocked_by_passkey)
    visit(worker, victim.sent, unlocked_by_passkey)
    nothing_is_lost(worker, victim, others)
    expect(worker.locator("#thread")).to_contain_text("복구한 뒤의 답")
