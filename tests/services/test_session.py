"""Sessions: found by a random cookie that is nowhere stored, over after half an hour idle or a working day."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import session_for
from app.domain.wire import b64u_decode
from app.errors import AccessEnded, NotAllowed, OperatorEnded, SessionEnded
from app.models import AccessLog, Caseworker, StaffSession
from app.services import caseworker, purge
from app.services import session as staff_session
from tests.making import NOW, logged


@pytest.fixture
def begun(session, make):
    made = make.organisation()
    cookie, signed_in = staff_session.start(session, made.people["caseworker"].caseworker_id, NOW)
    session.commit()
    return cookie, signed_in


def living(session):
    return session.scalar(select(func.count()).select_from(StaffSession))


def test_a_cookie_finds_whom_it_was_made_for(session, begun):
    cookie, signed_in = begun
    assert staff_session.find(session, cookie, NOW) == signed_in
    assert (signed_in.login, signed_in.slug, signed_in.role) == ("centre-caseworker", "centre", "caseworker")
    assert len({signed_in.csrf, signed_in.session_half, signed_in.session_hash, b64u_decode(cookie, "")}) == 4


def test_neither_the_cookie_nor_the_token_is_stored(session, begun):
    cookie, signed_in = begun
    row = session.scalars(select(StaffSession)).one()
    secret = b64u_decode(cookie, "")
    assert row.session_hash == hashlib.sha256(secret).digest()
    stored = [getattr(row, column.key) for column in StaffSession.__table__.columns]
    assert secret not in stored
    assert signed_in.csrf not in stored


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "A" * 44, "é" * 43, "=" * 43, "A" * 5000])
def test_any_other_cookie_is_an_ended_session(session, begun, cookie):
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, NOW)


def test_use_keeps_a_session_alive_until_the_day_is_over(session, begun):
    cookie, _signed_in = begun
    now = NOW
    while now + timedelta(minutes=29) < NOW + timedelta(hours=8):
        now += timedelta(minutes=29)
        staff_session.find(session, cookie, now)
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, NOW + timedelta(hours=8))
    assert living(session) == 0  # and the server's half of the tab's key with it


@pytest.mark.parametrize(("minutes", "ended"), [(29, False), (30, True)])
def test_half_an_hour_idle_ends_it(session, begun, minutes, ended):
    cookie, signed_in = begun
    then = NOW + timedelta(minutes=minutes)
    if ended:
        with pytest.raises(SessionEnded):
            staff_session.find(session, cookie, then)
        assert living(session) == 0
    else:
        assert staff_session.find(session, cookie, then) == signed_in


def test_when_a_sixth_session_begins_the_one_not_used_for_longest_ends(session, begun):
    first, signed_in = begun
    more = []
    for number in range(1, 5):
        cookie, _signed_in = staff_session.start(session, signed_in.caseworker_id, NOW + timedelta(minutes=number))
        more.append(cookie)
    session.commit()
    later = NOW + timedelta(minutes=6)
    staff_session.find(session, first, later)
    sixth, _signed_in = staff_session.start(session, signed_in.caseworker_id, later)
    session.commit()
    with pytest.raises(SessionEnded):
        staff_session.find(session, more[0], later)
    for cookie in (first, *more[1:], sixth):
        assert staff_session.find(session, cookie, later).caseworker_id == signed_in.caseworker_id
    assert logged(session) == [("session_ended", "too_many")]


def test_a_session_that_was_over_anyway_makes_no_entry_and_nobody_elses_is_touched(session, make):
    made = make.organisation()
    lead, _signed_in = staff_session.start(session, made.people["lead"].caseworker_id, NOW)
    later = NOW + timedelta(minutes=29)
    for when in (NOW - timedelta(minutes=1), *[later] * staff_session.MOST):
        staff_session.start(session, made.people["caseworker"].caseworker_id, when)
    session.commit()
    assert living(session) == staff_session.MOST + 1
    assert staff_session.find(session, lead, later).role == "lead"
    assert logged(session) == []


def test_of_sessions_that_begin_at_the_same_moment_no_more_live_than_may(engine, session, begun):
    caseworker_id = begun[1].caseworker_id
    session.close()

    def begin(_number):
        with session_for(engine) as own:
            staff_session.start(own, caseworker_id, NOW)
            own.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(16)))
    assert living(session) == staff_session.MOST


def test_a_new_session_ends_the_one_that_the_browser_had_before_whosever_it_was(session, begun, make):
    cookie, signed_in = begun
    again, _signed_in = staff_session.start(session, signed_in.caseworker_id, NOW, before=cookie)
    session.commit()
    other = make.organisation("other").people["lead"]
    last, _signed_in = staff_session.start(session, other.caseworker_id, NOW, before=again)
    session.commit()
    for ended in (cookie, again):
        with pytest.raises(SessionEnded):
            staff_session.find(session, ended, NOW)
    assert staff_session.find(session, last, NOW).login == other.login


def test_a_request_leaves_no_transaction_open(session, begun):
    staff_session.find(session, begun[0], NOW)
    assert not session.in_transaction()


def test_signing_out_deletes_and_is_logged(session, begun):
    cookie, signed_in = begun
    staff_session.end(session, signed_in, NOW)
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, NOW)
    assert session.scalars(select(AccessLog.action)).all() == ["signed_out"]


def test_who_leaves_is_out_at_once(session, begun):
    cookie, signed_in = begun
    caseworker.leave(session, signed_in.login, NOW)
    with pytest.raises(AccessEnded):
        staff_session.find(session, cookie, NOW)


def test_whose_access_ended_is_told_so_for_as_long_as_the_session_could_have_lived(session, begun, make):
    cookie, signed_in = begun
    staff_session.confirm(session, signed_in, NOW)
    caseworker.leave(session, signed_in.login, NOW + timedelta(minutes=5))
    row = session.scalars(select(StaffSession)).one()
    assert (row.session_half, row.device, row.factor, row.confirmed_at) == (b"", "", "", None)
    assert row.seen_at == row.started_at
    session.rollback()
    later = NOW + timedelta(hours=7, minutes=59)
    assert purge.purge(session, later, clock_is_right=True).sessions == 0
    with pytest.raises(AccessEnded) as told:
        staff_session.find(session, cookie, later)
    assert type(told.value) is AccessEnded
    over = NOW + timedelta(hours=8)
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, over)
    assert living(session) == 0


def test_what_is_kept_of_ended_access_goes_with_the_day(session, begun):
    caseworker.leave(session, begun[1].login, NOW)
    assert purge.purge(session, NOW + timedelta(hours=8), clock_is_right=True).sessions == 1
    assert living(session) == 0


def test_an_unknown_and_an_expired_session_of_somebody_who_left_look_the_same(session, begun, make):
    cookie, signed_in = begun
    assert living(session) == 1
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, NOW + timedelta(minutes=30))  # idle, and gone before access was ended
    caseworker.leave(session, signed_in.login, NOW + timedelta(minutes=31))
    for unknown in (cookie, "A" * 43):
        with pytest.raises(SessionEnded):
            staff_session.find(session, unknown, NOW + timedelta(minutes=32))


def test_an_ended_operator_is_sent_to_no_lead(session, make):
    person = make.person(make.organisation(), "runs.it", "lead")
    cookie, _signed_in = staff_session.start(session, person.caseworker_id, NOW)
    session.get(Caseworker, person.caseworker_id).role = "operator"
    session.commit()
    caseworker.leave(session, "runs.it", NOW)
    with pytest.raises(OperatorEnded):
        staff_session.find(session, cookie, NOW)


def test_purge_ends_what_is_over_and_nothing_else(session, make):
    made = make.organisation()
    make.signed_in(made, "lead", NOW - timedelta(minutes=31))
    cookie, _signed_in = staff_session.start(session, made.people["caseworker"].caseworker_id, NOW)
    session.commit()
    assert purge.purge(session, NOW).sessions == 1
    assert staff_session.find(session, cookie, NOW).role == "caseworker"


@pytest.mark.parametrize(
    ("role", "needed", "allowed"),
    [("lead", "caseworker", True), ("caseworker", "lead", False), ("viewer", "caseworker", False)],
)
def test_a_role_may_what_it_may(session, make, role, needed, allowed):
    signed_in = make.signed_in(make.organisation(roles=(role,)), role)
    assert signed_in.may(needed) is allowed
    if not allowed:
        with pytest.raises(NotAllowed):
            signed_in.must(needed)
