"""What goes soon is shown in the order in which it goes, page by page."""

from datetime import timedelta

from app.domain.deadline import day_of
from app.domain.retention import QUIET
from app.services import queue
from app.services.queue import QueueFilters
from tests.making import NOW

DAY = timedelta(days=1)
TODAY = day_of(NOW)
QUIET_DAYS = timedelta(days=QUIET.usual)


def test_what_goes_soonest_stands_first_on_pages(session, make, worker, centre):
    for number in range(5):
        make.report(centre, now=NOW + number * DAY)
    at, after, seen = NOW + QUIET_DAYS, "", []
    while True:
        page = queue.page(session, worker, QueueFilters("going"), after, at, 2)
        session.rollback()
        seen += [row.kept_until for row in page.rows]
        after = page.next_cursor
        if not after:
            break
    assert seen == [TODAY + QUIET_DAYS + number * DAY for number in range(5)]
