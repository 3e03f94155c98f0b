"""The clock jumps under a portal that serves."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.access import COOKIE, TOKEN_HEADER
from app.db import session_for
from app.domain.deadline import day_of
from app.domain.wire import b64u_encode as b64u
from app.errors import ClockDoubted
from app.models import Referral, Report
from app.services import purge
from app.services import session as staff_session
from tests.faults.conftest import settings_of
from tests.faults.faulty import TAKEN, FaultyPortal, all_stand, report_id_of, says_nothing_of, staff_can_read

pytestmark = pytest.mark.slow
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
TOO_MANY, WINDOW = 429, 5  # seconds


class JumpingPortal(FaultyPortal):
    """`jump(by)` sets the clock of all its processes so much off the true time. The monotonic one goes on."""

    application = ("tests.faults.jumping_portal:application",)

    def __init__(self, directory, **settings):
        super().__init__(directory, **settings)
        self.offset = self.directory / "offset"
        self.environment["OFFSET_FILE"] = str(self.offset)
        self.jump(timedelta())

    def jump(self, by):
        self.off = by
        written = self.offset.with_suffix(".new")
        written.write_text(f"{by.total_seconds():.0f}", encoding="ascii")
        written.replace(self.offset)

    def now(self):
        """What its processes take for the time."""
        return datetime.now(UTC) + self.off

    def sign_in_anew(self):
        with session_for(self.engine) as session:
            cookie, signed_in = staff_session.start(session, self.person.caseworker_id, self.now())
            session.commit()
        self.engine.dispose()
        self.staff = {"Cookie": f"{COOKIE}={cookie}", TOKEN_HEADER: b64u(signed_in.csrf)}

    def purge(self):
        """What each tick does first, in a process whose clock is as wrong. Raises ClockDoubted."""
        with session_for(self.engine) as session:
            try:
                return purge.purge(session, self.now())
            finally:
                session.rollback()
                self.engine.dispose()

    def days(self):
        with session_for(self.engine) as session:
            days = set(session.scalars(select(Report.received_on))) | set(session.scalars(select(Referral.received_on)))
        self.engine.dispose()
        return days


@pytest.fixture(params=["sqlite", "postgresql"])
def jumping(request, tmp_path):
    with JumpingPortal(tmp_path / "portal", **settings_of(request)) as running:
        running.purge()
        yield running


@pytest.mark.parametrize("by", [DAY + 3 * HOUR, YEAR, -HOUR, -YEAR])
def test_what_it_serves_goes_on_ticks_destroy_nothing_and_days_are_mended(jumping, by):
    bodies = [jumping.new_report() for _number in range(2)]
    assert jumping.report(bodies[0]).status == TAKEN
    assert staff_can_read(jumping)
    jumping.jump(by)
    answer = jumping.report(bodies[1])
    assert (answer.status, answer.json["received_on"]) == (TAKEN, day_of(jumping.now()).isoformat())
    assert jumping.follow_up().status == 200
    assert all_stand(jumping)
    told = jumping.ask_as_staff("GET", "/session")
    assert (told.status, told.json["code"]) == (401, "session_ended")
    jumping.sign_in_anew()
    assert staff_can_read(jumping)
    assert jumping.send_message(jumping.message()).status == TAKEN
    with pytest.raises(ClockDoubted):
        jumping.purge()

    jumping.jump(timedelta())
    assert jumping.ask_as_staff("GET", "/session").status == 401  # of a time that never was
    jumping.sign_in_anew()
    assert staff_can_read(jumping)
    jumping.purge()
    today = day_of(jumping.now())
    assert jumping.days() == ({today} if by > timedelta() else {today, day_of(jumping.now() + by)})
    kept, messages = jumping.kept()
    assert set(map(report_id_of, bodies)) < set(kept)
    assert (set(kept.values()), messages) == ({1}, 1)
    assert says_nothing_of(jumping, *bodies)


def test_a_clock_that_leaps_to_and_fro_under_load_loses_and_doubles_nothing(jumping):
    bodies = [jumping.new_report() for _number in range(120)]
    before = set(jumping.kept()[0])
    leaps = itertools.cycle([YEAR, timedelta(), -YEAR, DAY, -HOUR, -DAY])
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(jumping.report, body) for body in bodies]
        leapt = 0
        while not all(answer.done() for answer in answers):
            jumping.jump(next(leaps))
            leapt += 1
            time.sleep(0.02)
    assert leapt > 6
    assert {answer.result().status for answer in answers} == {TAKEN}
    jumping.jump(timedelta())
    kept, _messages = jumping.kept()
    assert set(kept) == before | set(map(report_id_of, bodies))
    assert set(kept.values()) == {1}
    jumping.purge()
    assert max(jumping.days()) == day_of(jumping.now())
    assert len(jumping.pids()) == 1 + jumping.workers
    for body in bodies:
        assert jumping.report(body).status == TAKEN  # the same again is answered as before
    assert len(jumping.kept()[0]) == len(kept)
    assert jumping.said() == ""


@pytest.mark.parametrize("by", [DAY, -DAY, -YEAR])
def test_a_budget_that_is_spent_comes_back_within_its_window(tmp_path, by):
    budget = f"3 per {WINDOW} second"
    with JumpingPortal(tmp_path / "portal", workers=1, limit_follow_up_each=budget) as portal:
        while (answer := portal.follow_up()).status == 200:
            pass
        assert answer.status == TOO_MANY
        portal.jump(by)
        until = time.monotonic() + 2 * WINDOW + 10
        while (answer := portal.follow_up()).status != 200:
            assert answer.status == TOO_MANY
            assert 0 < int(answer.headers["Retry-After"]) <= 2 * WINDOW
            assert time.monotonic() < until, "a window lasts as long as the leap"
            time.sleep(0.5)
