"""Signing in: the right key, growing delays after wrong ones, and no difference between wrong and unknown."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from app.db import session_for
from app.domain.casework import SignIn
from app.errors import SignInDelayed, SignInRefused
from app.models import AccessLog, SignInFailure, UnknownSignIn
from app.services import caseworker, guessing, keyring, known_browser, purge, sign_in
from app.services import session as staff_session
from app.services.arrival import Arrival
from tests.making import NOW, logged


@pytest.fixture
def person(make):
    return make.organisation().people["caseworker"]


def right(person):
    return SignIn(person.login, person.sign_in, 1)


def wrong(login):
    return SignIn(login, secrets.token_bytes(32), 1)


def fail(session, login, times, now=NOW):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in.sign_in(session, wrong(login), now)


def test_the_right_key_begins_a_session_and_is_logged(session, person):
    started = sign_in.sign_in(session, right(person), NOW)
    assert staff_session.find(session, started.cookie, NOW) == started.signed_in
    assert started.signed_in.caseworker_id == person.caseworker_id
    entry = session.scalars(select(AccessLog)).one()
    assert (entry.action, entry.at, entry.caseworker_id, entry.detail) == ("signed_in", NOW, person.caseworker_id, "")


def test_the_browser_gets_its_own_copy_of_the_newest_ring(session, make, person):
    signed_in = sign_in.sign_in(session, right(person), NOW).signed_in
    own = keyring.own_keys(session, signed_in)
    assert (own.portal_id, own.keyring.seq, len(own.wrapped_seed)) == (make.portal().portal_id, 1, 60)
    session.rollback()
    keyring.store_ring(
        session, signed_in.organisation_id, seq=2, copies={b"o" * 16: b"x"}, recovery=(bytes(16), b"y"), now=NOW
    )
    assert keyring.own_keys(session, signed_in).keyring is None  # waits to be let in


@pytest.mark.parametrize("login", ["centre-caseworker", "nobody"])
def test_wrong_and_unknown_are_refused_and_delayed_alike(session, person, login):
    fail(session, login, 3)
    with pytest.raises(SignInDelayed) as delayed:
        sign_in.sign_in(session, wrong(login), NOW)
    assert delayed.value.retry_after == 1
    fail(session, login, 1, NOW + timedelta(seconds=1))
    with pytest.raises(SignInDelayed) as delayed:
        sign_in.sign_in(session, wrong(login), NOW + timedelta(seconds=1))
    assert delayed.value.retry_after == 2


def test_during_a_delay_not_even_the_right_key_is_compared(session, person):
    fail(session, person.login, 3)
    with pytest.raises(SignInDelayed):
        sign_in.sign_in(session, right(person), NOW)
    started = sign_in.sign_in(session, right(person), NOW + timedelta(seconds=1))
    assert session.scalars(select(AccessLog.detail)).all() == ["passphrase"] * 3 + ["after_failures 3"]
    assert session.scalars(select(SignInFailure)).all() == []
    assert started.signed_in.login == person.login


def test_one_persons_failures_delay_nobody_else(session, make):
    made = make.organisation()
    fail(session, made.people["lead"].login, 3)
    assert sign_in.sign_in(session, right(made.people["caseworker"]), NOW)


def known(login, before=""):
    """A browser in which that login was let in once, with its cookie."""
    arrival = Arrival(secret=b"portal", known=before)
    return replace(arrival, known=known_browser.cookie_for(arrival, login))


def test_a_stranger_who_never_stops_keeps_nobody_out_of_their_own_browser(session, person):
    for minutes in range(60):
        with suppress(SignInRefused, SignInDelayed):
            sign_in.sign_in(session, wrong(person.login), NOW + timedelta(minutes=minutes))
    now = NOW + timedelta(minutes=59)
    with pytest.raises(SignInDelayed):
        sign_in.sign_in(session, right(person), now)
    assert sign_in.sign_in(session, right(person), now, known(person.login))


def test_guesses_from_a_known_browser_are_slowed_down_too(session, person):
    arrival = known(person.login)
    for _ in range(3):
        with pytest.raises(SignInRefused):
            sign_in.sign_in(session, wrong(person.login), NOW, arrival)
    with pytest.raises(SignInDelayed):
        sign_in.sign_in(session, right(person), NOW, arrival)
    assert sign_in.sign_in(session, right(person), NOW)  # elsewhere that delays nobody


@pytest.mark.parametrize(
    "cookie",
    ["", "made up", known("somebody-else").known, replace(known("x"), known="A" * 64).known],
)
def test_a_browser_that_is_not_known_waits_with_everybody(session, person, cookie):
    fail(session, person.login, 3)
    with pytest.raises(SignInDelayed):
        sign_in.sign_in(session, right(person), NOW, Arrival(secret=b"portal", known=cookie))


def test_of_another_portal_no_browser_is_known(session, person):
    fail(session, person.login, 3)
    with pytest.raises(SignInDelayed):
        sign_in.sign_in(session, right(person), NOW, replace(known(person.login), secret=b"another"))


def test_five_people_can_share_a_browser():
    arrival = known("first")
    for login in ("second", "third", "fourth", "fifth", "second"):
        arrival = known(login, arrival.known)
    names = {login: known_browser.name_for(arrival, login) for login in ("first", "second", "fifth")}
    assert len(set(names.values())) == 1
    assert len(names["first"]) == 16
    assert known_browser.name_for(known("sixth", arrival.known), "first") == b""


def test_delays_grow_and_end():
    delays = [guessing.delay(failures).total_seconds() for failures in range(20)]
    assert delays[:6] == [0, 0, 0, 1, 2, 4]
    assert delays == sorted(delays)
    assert delays[-1] == guessing.delay(10**6).total_seconds() == 300


def test_failures_are_forgotten_after_a_day(session, person):
    fail(session, person.login, 3)
    assert purge.purge(session, NOW + timedelta(hours=23)).failures == 0
    fail(session, person.login, 1, NOW + timedelta(days=1))
    assert session.scalars(select(SignInFailure.failures)).all() == [1]
    assert purge.purge(session, NOW + timedelta(days=2)).failures == 1


def test_wrong_and_unknown_cost_the_same_work(engine, session, person):
    seen = []
    event.listen(engine, "after_cursor_execute", lambda _there, cursor, *args: seen.append((args[0], cursor.rowcount)))

    def work(login):
        """The statements, and how many rows were written by all of them together."""
        del seen[:]
        fail(session, login, 1)
        written = sum(rows for statement, rows in seen if not statement.startswith("SELECT"))
        return [statement for statement, _rows in seen], written

    work(person.login)
    work("nobody")
    assert work(person.login) == work("nobody")
    assert work("nobody")[1] == 2  # the failure, and a row for the entry


def test_what_an_unknown_login_writes_is_as_large_as_an_entry_and_gone_at_the_next_tick(session, person):
    fail(session, "nobody", 1)
    assert logged(session) == []
    assert len(session.scalars(select(UnknownSignIn)).all()) == 1
    fail(session, person.login, 1)
    assert logged(session) == [("sign_in_failed", "passphrase")]
    assert len(session.scalars(select(UnknownSignIn)).all()) == 1
    session.rollback()
    purge.purge(session, NOW)
    assert session.scalars(select(UnknownSignIn)).all() == []

    def shape(model):
        table = model.__table__
        keys = {(key.parent.name, key.target_fullname) for key in table.foreign_keys}
        indexes = {tuple(index.columns.keys()) for index in table.indexes}
        return [(one.name, repr(one.type), one.nullable) for one in table.columns], keys, indexes

    assert shape(UnknownSignIn) == shape(AccessLog)


def test_a_login_that_left_is_as_unknown_as_any(session, person):
    caseworker.leave(session, person.login, NOW)
    with pytest.raises(SignInRefused):
        sign_in.sign_in(session, right(person), NOW)


def test_another_parameter_set_is_refused(session, person):
    with pytest.raises(SignInRefused):
        sign_in.sign_in(session, SignIn(person.login, person.sign_in, 2), NOW)


def test_guesses_at_the_same_moment_all_count(engine, session, person):
    session.close()

    def guess(_number):
        with session_for(engine) as own:
            try:
                return sign_in.sign_in(own, wrong(person.login), NOW)
            except (SignInRefused, SignInDelayed) as error:
                return type(error)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(8)))
    assert answers.count(SignInRefused) == 3
    assert answers.count(SignInDelayed) == 5
