"""The access log: read by leads and auditors, signed off by months, and changed by nobody."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.domain.wire import b64u_decode
from app.errors import FormatError, NotAllowed
from app.models import AccessLog, LogReview
from app.services import access_log, claim, log_reading, log_review, opening, purge
from app.services.log_reading import LogFilters
from tests.making import NOW, logged

HOUR = timedelta(hours=1)
REFUSED = {
    "sqlite": [
        "UPDATE access_log SET detail = 'x'",
        "UPDATE OR REPLACE access_log SET number = number + 1",
        "DELETE FROM access_log",
        "DELETE FROM access_log WHERE number = (SELECT max(number) FROM access_log)",
        (
            "INSERT OR REPLACE INTO access_log (number, at, organisation_id, caseworker_id, action, detail)"
            " SELECT number, at, organisation_id, caseworker_id, 'signed_out', '' FROM access_log"
        ),
        "REPLACE INTO access_log SELECT * FROM access_log",
    ],
    "postgresql": [
        "UPDATE access_log SET detail = 'x'",
        "DELETE FROM access_log",
        "DELETE FROM access_log WHERE number = (SELECT max(number) FROM access_log)",
        "TRUNCATE access_log",
        "TRUNCATE organisation CASCADE",
        "INSERT INTO access_log SELECT * FROM access_log ON CONFLICT (number) DO UPDATE SET detail = 'x'",
    ],
}


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer", "auditor"))


@pytest.fixture
def auditor(make, centre):
    return make.signed_in(centre, "auditor")


def acted(session, *signed_in, start=NOW, action="signed_in", step=HOUR, **more):
    for place, one in enumerate(signed_in):
        access_log.record(session, one, action, start + place * step, **more)
    session.commit()


def read(session, reader, **filters):
    page = log_reading.page(session, reader, LogFilters(**filters), "")
    session.rollback()
    return [(entry.by, entry.action) for entry in page.entries]


def test_no_entry_is_changed_replaced_or_deleted_whoever_asks_the_database(session, engine, worker, lead):
    acted(session, worker, lead)
    before = session.execute(select(AccessLog.__table__)).all()
    assert len(before) == 2
    session.rollback()
    for statement in REFUSED[engine.dialect.name]:
        with pytest.raises(DBAPIError, match="access log"):
            session.execute(text(statement))
        session.rollback()
    assert session.execute(select(AccessLog.__table__)).all() == before


def test_entries_go_after_the_years_chosen_and_never_before_two(session, worker):
    today = datetime.now(NOW.tzinfo)
    for days in (1, 729, 731, 733, 3 * 366 - 1, 3 * 366 + 1):
        acted(session, worker, start=today - timedelta(days=days), detail=str(days))

    def left(**options):
        purged = purge.purge(session, today, clock_is_right=True, **options)
        return purged.log_entries, [detail for _action, detail in logged(session)]

    assert left(log_years=3) == (1, ["1", "729", "731", "733", "1097"])
    assert left() == (2, ["1", "729", "731"])
    with pytest.raises(ValueError, match="two years"):
        purge.purge(session, today, clock_is_right=True, log_years=1)
    session.rollback()
    # A clock that is years ahead, and believed, takes nothing that the database's own does not find as old.
    later = today + timedelta(days=4000)
    assert purge.purge(session, later, clock_is_right=True).log_entries == 0


def test_the_newest_stands_first_and_each_filter_lets_through_what_it_says(session, make, centre, auditor):
    make.report(centre)
    worker, lead = make.signed_in(centre), make.signed_in(centre, "lead")
    acted(session, worker, lead, start=NOW - 13 * HOUR)  # 23:00 in Korea, and midnight
    referral_id = session.scalar(text("SELECT referral_id FROM referral"))
    session.rollback()
    opening.open_referral(session, worker, referral_id, NOW)
    claim.claim(session, worker, referral_id, 1, NOW + HOUR)
    acted(session, lead, start=NOW + timedelta(days=1), action="role_changed", subject_id=worker.caseworker_id)
    me, chief = worker.login, lead.login
    everything = [(chief, "role_changed"), (me, "claimed"), (me, "opened"), (chief, "signed_in"), (me, "signed_in")]
    assert read(session, auditor) == everything
    assert read(session, lead) == everything
    assert read(session, auditor, by=me) == [one for one in everything if one[0] == me]
    assert read(session, auditor, kind="letters") == everything[1:3]
    assert read(session, auditor, kind="people", by=me) == []
    assert read(session, auditor, referral_id=referral_id) == everything[1:3]
    day = date(2026, 11, 22)
    assert read(session, auditor, first_day=day, last_day=day) == everything[1:3] + everything[3:4]
    assert read(session, auditor, last_day=day - timedelta(days=1)) == everything[4:]
    first, *_rest = log_reading.page(session, auditor, LogFilters(), "").entries
    assert first.subject == me
    matter = log_reading.page(session, auditor, LogFilters(kind="letters"), "").entries[0]
    assert b64u_decode(matter.referral_id, "") == referral_id
    session.rollback()


def test_pages_leave_nothing_out_and_show_nothing_twice_also_at_one_moment(session, worker, auditor):
    acted(session, *[worker] * 7, step=timedelta(0))
    acted(session, *[worker] * 4, step=timedelta(0), action="opened", start=NOW - HOUR)
    for filters in (LogFilters(), LogFilters(kind="letters"), LogFilters(by=worker.login)):
        found, after = [], ""
        while True:
            page = log_reading.page(session, auditor, filters, after, size=3)
            found += [entry.number for entry in page.entries]
            after = page.next_cursor
            if not after:
                break
        whole = log_reading.page(session, auditor, filters, "")
        assert found == [entry.number for entry in whole.entries]
        assert len(set(found)) == len(found) == (4 if filters.kind else 11)
    session.rollback()


def test_another_organisation_reads_only_its_own(session, make, worker, auditor):
    other = make.organisation("other", roles=("lead", "auditor"))
    stranger = make.signed_in(other, "auditor")
    acted(session, worker, stranger)
    assert read(session, stranger) == [("other-auditor", "signed_in")]
    assert read(session, stranger, by=worker.login) == []
    assert read(session, auditor, by=stranger.login) == []
    assert log_reading.people(session, stranger) == ("other-auditor", "other-lead")
    session.rollback()


@pytest.mark.parametrize("role", ["caseworker", "viewer"])
def test_who_works_on_letters_does_not_read_the_log(session, make, centre, role):
    reader = make.signed_in(centre, role)
    for reading in (
        lambda: log_reading.page(session, reader, LogFilters(), ""),
        lambda: log_reading.people(session, reader),
        lambda: log_reading.export(session, reader, LogFilters(), "review", NOW),
        lambda: log_review.months(session, reader, NOW),
        lambda: log_review.sign_off(session, reader, "2026-10", NOW),
    ):
        with pytest.raises(NotAllowed):
            reading()


@pytest.mark.parametrize(
    ("filters", "after"), [({"kind": "none"}, ""), ({}, "x"), ({}, "f" + "_" * 20 + "w"), ({}, "A" * 22)]
)
def test_what_this_portal_did_not_make_is_refused(session, auditor, filters, after):
    if after == "A" * 22:  # a place before everything is one
        assert log_reading.page(session, auditor, LogFilters(), after).entries == ()
        return
    with pytest.raises(FormatError):
        log_reading.page(session, auditor, LogFilters(**filters), after)


def test_taking_it_along_is_an_entry_itself(session, monkeypatch, worker, auditor):
    acted(session, *[worker] * 3)
    taken = log_reading.export(session, auditor, LogFilters(by=worker.login), "authority", NOW)
    assert [entry.by for entry in taken] == [worker.login] * 3
    assert logged(session)[-1] == ("log_exported", "authority 3")
    with pytest.raises(FormatError):
        log_reading.export(session, auditor, LogFilters(), "curiosity", NOW)
    monkeypatch.setattr(log_reading, "EXPORT_MOST", 2)
    with pytest.raises(FormatError):
        log_reading.export(session, auditor, LogFilters(), "review", NOW)
    session.rollback()
    assert logged(session)[-1] == ("log_exported", "authority 3")


def test_a_month_that_is_over_is_signed_off_once(session, worker, auditor, lead):
    for month in (9, 10, 11):
        acted(session, worker, start=NOW.replace(month=month), action="opened")
    numbers = dict(session.execute(select(AccessLog.number, AccessLog.at)).all())
    session.rollback()

    def standing(now=NOW):
        months = log_review.months(session, auditor, now)
        session.rollback()
        return [(one.month, one.over, one.overdue, one.reviewed_by) for one in months]

    november = ("2026-11", False, False, "")
    assert standing() == [november, ("2026-10", True, False, ""), ("2026-09", True, True, "")]
    log_review.sign_off(session, auditor, "2026-09", NOW)
    log_review.sign_off(session, lead, "2026-09", NOW + HOUR)  # somebody was first
    assert standing()[2] == ("2026-09", True, False, auditor.login)
    review = session.scalars(select(LogReview)).one()
    assert (review.reviewed_at, numbers[review.last_number].month) == (NOW, 9)
    assert [one for one in logged(session) if one[0] == "log_reviewed"] == [("log_reviewed", "2026-09")]
    assert log_review.months(session, auditor, NOW)[0].numbers == {"opened": 1}
    session.rollback()
    for wrong in ("2026-11", "2027-01", "2026-13", "2026", "", "2026-W01", "0000-01"):
        with pytest.raises(FormatError):
            log_review.sign_off(session, auditor, wrong, NOW)
    assert session.scalar(select(func.count()).select_from(LogReview)) == 1


def test_every_action_is_of_one_kind():
    of_kinds = [action for actions in log_reading.KINDS.values() for action in actions]
    assert sorted(of_kinds) == sorted(access_log.ACTIONS)
    assert set(log_review.NOTABLE) <= set(access_log.ACTIONS)
