"""A working week in four organisations, in one story: from the first look in the morning to figures on Friday, and what
those who reported see of it at each turn. Then a search of the server for every word that was typed on the way."""

import pytest
from playwright.sync_api import expect

from tests.browser.deciding import MOST_PRESSES, states_told
from tests.browser.journey_people import PICTURES
from tests.browser.live_portal import ROOM
from tests.browser.many_links import LINKS
from tests.browser.searched_portal import SearchedPortal, look
from tests.browser.week_centre import ask_for_removal, be_answered, go_unanswered, report_again, triage, watch_room
from tests.browser.week_others import decide_batch, find_of_the_group, pass_on_to_police, prove, send_as_group
from tests.browser.week_people import TYPED, Colleague, Victim, batch_of, ignored_of, victim_of

pytestmark = pytest.mark.slow
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with SearchedPortal(tmp_path_factory.mktemp("week"), **ROOM) as running:
        yield running


class Week:
    """Who takes part; a day is a method, in the order in which they come."""

    def __init__(self, portal, new_context, tmp_path):
        self.portal, self.context, self.directory = portal, new_context, tmp_path
        self.reporters = [victim_of(portal, number) for number in range(4)]
        self.waiting = ignored_of(portal)
        self.batch = batch_of(portal)
        self.centre = Colleague(portal, new_context, "support_centre")
        self.victim = Victim(new_context, self.reporters[0])

    def monday(self):
        """Triage; four letters about one link become one request."""
        self.victim.sees("monday-sent", "접수되었습니다")
        triage(self.centre, self.reporters)
        self.victim.sees("monday-taken-on", "담당자")
        ask_for_removal(self.centre, self.reporters)
        self.victim.sees("monday-asked", "삭제를 요청했습니다")

    def tuesday(self):
        """One answer came, and one did not."""
        be_answered(self.centre, self.reporters)
        self.victim.sees("tuesday-removed", "삭제 확인")
        go_unanswered(self.centre, self.waiting)
        Victim(self.context, self.waiting, "waiting").sees("tuesday-unanswered", "삭제를 요청했습니다")
        lead = Colleague(self.portal, self.context, "support_centre", "lead", "/rooms")
        watch_room(self.centre, lead)

    def wednesday(self):
        """The commission decides on three hundred links; a civic group sends what it found."""
        commission = Colleague(self.portal, self.context, "commission")
        shown, presses = decide_batch(commission)
        assert shown == len(self.batch) * LINKS >= 300
        assert presses / shown <= MOST_PRESSES
        measured = f"{shown} links, {presses} keys: {presses / shown:.3f} for each link\n"
        (PICTURES / "interactions.txt").write_text(measured, encoding="utf-8")
        assert all(len(states_told(one)) == LINKS for one in self.batch)
        Victim(self.context, self.batch[0], "reported-links").sees("wednesday-decided", "시정요구", "접속차단")
        monitor = Colleague(self.portal, self.context, "monitor", path="/monitor")
        send_as_group(monitor)
        find_of_the_group(self.centre)

    def thursday(self):
        """One letter is passed on and accepted, another is not; a link that was gone is there again."""
        police = Colleague(self.portal, self.context, "police", path="/onward")
        pass_on_to_police(self.centre, police, self.victim, Victim(self.context, self.reporters[1], "other-victim"))
        report_again(self.centre, self.reporters[2], Victim(self.context, self.reporters[2], "third-victim"))

    def friday(self):
        """What was done is proved, and counted."""
        prove(self.centre, self.reporters[2], self.context, self.directory)
        self.centre.go("/figures")
        expect(self.centre.page.locator("#received-title")).to_be_visible()
        self.centre.picture("figures")
        self.centre.show("figures", "#by-week-title")


def test_a_working_week_in_four_organisations(portal, new_context, watch, tmp_path):
    watch.allow("status of 403")  # where the last proof of the passphrase is too old
    week = Week(portal, new_context, tmp_path)
    week.monday()
    week.tuesday()
    week.wednesday()
    week.thursday()
    week.friday()
    search = look(portal, TYPED)
    assert search.found == set()
    assert search.searched > 50_000_000
