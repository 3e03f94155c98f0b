"""An organisation that is added later: one more letter, once, and only where there is none."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.db import session_for
from app.domain.coming_back import Addition, Withdrawal, WithdrawalMessage
from app.domain.submission import Envelope
from app.domain.wire import b64u_encode
from app.errors import FormatError, KeyRetired, NotAdded, NotFound
from app.models import Referral, Report
from app.services import addition, follow_up, opening, purge, withdrawal
from tests.making import LETTER, MESSAGE, NOW, envelope_of

OWN = 4096 + 28
NEXT_BUCKET = 16384 + 1136


@pytest.fixture
def police(make):
    return make.organisation("police", "police")


def asked(token, made, length=LETTER, **changes):
    envelope = Envelope(made.slug, made.kid, secrets.token_bytes(length), secrets.token_bytes(32))
    return Addition(**({"token": token, "sealed_by": "browser", "envelope": envelope, "own": None} | changes))


def leaving(session, token, slug, when="72h"):
    """Withdraw from one organisation."""
    letters = follow_up.open_report(session, token).referrals
    held = next(one for one in letters if one.organisation == slug and one.state != "destroyed")
    session.rollback()
    word = WithdrawalMessage(held.referral_id, secrets.token_bytes(16), secrets.token_bytes(MESSAGE))
    return withdrawal.withdraw(session, Withdrawal(token, when, (word,)), NOW)


def states(session, token):
    found = [(one.organisation, one.state) for one in follow_up.open_report(session, token).referrals]
    session.rollback()
    return sorted(found)


def test_one_more_letter_begins_like_every_other_and_brings_the_own_record_with_it(session, make, centre, police):
    token, report_id = make.report(centre, urgent=True, own=b64u_encode(secrets.token_bytes(OWN)))
    own, later = secrets.token_bytes(OWN), NOW + timedelta(days=2)
    request = asked(token, police, own=own)
    added = addition.add_organisation(session, request, later)
    found = follow_up.open_report(session, token)
    session.rollback()
    assert found.report == follow_up.ReportStanding(report_id, date(2026, 11, 22), "received", None, own)
    new = found.referrals[1]
    assert (new.organisation, new.referral_id, new.state) == ("police", added.referral_id, "received")
    assert (new.received_on, new.due_on, new.opened_on) == (date(2026, 11, 24), date(2026, 11, 25), None)
    handed_out = opening.open_referral(session, make.signed_in(police), added.referral_id, later)
    assert (handed_out.sealed, handed_out.urgent, handed_out.sealed_by) == (request.envelope.sealed, True, "browser")
    assert follow_up.open_report(session, token).referrals[1].opened_on == date(2026, 11, 24)


def test_the_same_letter_again_is_answered_as_the_first_time_even_with_a_key_that_was_retired_since(
    session, make, centre, police
):
    token, _report_id = make.report(centre)
    request = asked(token, police)
    first = addition.add_organisation(session, request, NOW)
    make.epoch(police)
    assert addition.add_organisation(session, request, NOW + timedelta(days=3)) == first
    assert session.scalar(select(func.count()).select_from(Referral)) == 2
    session.rollback()
    with pytest.raises(NotAdded):
        addition.add_organisation(session, asked(token, police), NOW)


def test_an_organisation_that_has_a_living_letter_gets_no_second_one(session, make, centre, police):
    token, _report_id = make.report(centre, police)
    held = session.scalars(select(Referral).where(Referral.organisation_id == police.organisation_id)).one()
    for state in ("received", "in_support", "closed"):
        held.state = state
        session.commit()
        with pytest.raises(NotAdded):
            addition.add_organisation(session, asked(token, police), NOW)
        session.rollback()


@pytest.mark.parametrize("when", ["72h", "now"])
def test_after_a_withdrawal_it_may_be_chosen_again(session, make, centre, police, when):
    token, _report_id = make.report(centre, police)
    leaving(session, token, "police", when)
    addition.add_organisation(session, asked(token, police), NOW)
    gone = {"72h": "withdrawn", "now": "destroyed"}[when]
    assert set(states(session, token)) == {("centre", "received"), ("police", "received"), ("police", gone)}


def test_a_report_that_was_withdrawn_lives_again_with_a_new_letter_and_only_with_that(session, make, centre, police):
    token, _report_id = make.report(centre)
    leaving(session, token, "centre")
    addition.add_organisation(session, asked(token, police), NOW)
    assert follow_up.open_report(session, token).report.state == "received"
    session.rollback()
    purge.purge(session, NOW + timedelta(days=4), clock_is_right=True)
    assert states(session, token) == [("centre", "destroyed"), ("police", "received")]


def test_a_letter_of_a_smaller_size_would_say_something_of_the_others(session, make, centre, police):
    token, _report_id = make.report(centre, envelopes=[envelope_of(centre, NEXT_BUCKET)])
    assert [one.size for one in follow_up.open_report(session, token).referrals] == [2]
    session.rollback()
    with pytest.raises(FormatError) as raised:
        addition.add_organisation(session, asked(token, police), NOW)
    assert raised.value.field == "envelope.sealed"
    session.rollback()
    addition.add_organisation(session, asked(token, police, NEXT_BUCKET), NOW)


def test_an_unknown_token_or_key_adds_nothing(session, make, centre, police):
    token, _report_id = make.report(centre)
    good = asked(token, police)
    with pytest.raises(NotFound):
        addition.add_organisation(session, replace(good, token=bytes(32)), NOW)
    session.rollback()
    wrong = [{"kid": centre.kid}, {"kid": bytes(16)}, {"organisation": "nobody"}]
    for changes in wrong:
        with pytest.raises(KeyRetired):
            addition.add_organisation(session, replace(good, envelope=replace(good.envelope, **changes)), NOW)
        session.rollback()
    make.epoch(police)
    with pytest.raises(KeyRetired):
        addition.add_organisation(session, good, NOW)
    session.rollback()
    assert states(session, token) == [("centre", "received")]


def test_a_report_does_not_grow_without_end(session, make, centre, police):
    token, _report_id = make.report(centre)
    for _ in range(addition.LETTERS_MOST - 1):
        addition.add_organisation(session, asked(token, police), NOW)
        leaving(session, token, "police", "now")
    with pytest.raises(NotAdded):
        addition.add_organisation(session, asked(token, police), NOW)


def test_of_two_that_race_one_is_added(engine, session, make, centre, police):
    token, _report_id = make.report(centre)
    session.rollback()

    def add(_number):
        with session_for(engine) as own:
            try:
                return addition.add_organisation(own, asked(token, police), NOW)
            except NotAdded:
                return None

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(add, range(2))).count(None) == 1
    assert states(session, token) == [("centre", "received"), ("police", "received")]


def test_a_clock_that_was_set_back_dates_nothing_before_the_report(session, make, centre, police):
    token, report_id = make.report(centre)
    addition.add_organisation(session, asked(token, police), NOW - timedelta(days=9))
    assert {one.received_on for one in follow_up.open_report(session, token).referrals} == {date(2026, 11, 22)}
    session.rollback()
    assert session.get(Report, report_id).received_on == date(2026, 11, 22)
