"""What was passed on goes with what it came out of, and urgent ones are told at once."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import session_for
from app.domain.coming_back import Addition, Withdrawal, WithdrawalMessage
from app.domain.submission import Envelope
from app.errors import NotAdded, Withdrawn
from app.models import Notice, PassedOn, Referral
from app.services import addition, follow_up, notice, onward, onward_reading, purge, rota, withdrawal
from tests.making import LETTER, MESSAGE, NOW, rota_of
from tests.services.passing import answering, asked_for, held
from tests.services.telling import ALWAYS


def withdrawn(session, token, referral_ids, when):
    said = tuple(WithdrawalMessage(one, secrets.token_bytes(16), secrets.token_bytes(MESSAGE)) for one in referral_ids)
    withdrawal.withdraw(session, Withdrawal(token, when, said), NOW)


@pytest.mark.parametrize("when", ["72h", "now"])
def test_a_withdrawal_follows_the_whole_chain(session, make, worker, officer, centre, police, when):
    token, report_id = make.report(centre, make.organisation("apart"))
    first = session.scalar(select(Referral.referral_id).where(
        Referral.report_id == report_id, Referral.organisation_id == centre.organisation_id))  # fmt: skip
    second, third = asked_for(police), asked_for(make.organisation("third"))
    onward.pass_on(session, worker, first, second, NOW)
    onward.answer(session, officer, second.referral_id, answering(), NOW)
    onward.pass_on(session, officer, second.referral_id, third, NOW)
    withdrawn(session, token, [first], when)
    gone = "withdrawn" if when == "72h" else "destroyed"
    states = [held(session, one).state for one in (first, second.referral_id, third.referral_id)]
    assert states == [gone] * 3
    assert {one.organisation: one.state for one in follow_up.open_report(session, token).referrals}[
        "apart"
    ] == "received"
    (one,) = onward_reading.from_referral(session, first)
    assert (one.state, one.answer is None) == (gone, when == "now")
    with pytest.raises(Withdrawn):
        onward.pass_on(session, worker, first, asked_for(police), NOW)
    session.rollback()
    with pytest.raises(Withdrawn):
        onward.answer(session, officer, second.referral_id, answering("refused", version=3), NOW)
    if when == "now":
        session.rollback()
        with pytest.raises(Withdrawn):
            onward.pass_on(session, officer, second.referral_id, third, NOW)


def test_withdrawing_from_the_receiver_leaves_the_referrer(session, make, worker, centre, police):
    token, report_id = make.report(centre)
    first = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    asked = asked_for(police)
    onward.pass_on(session, worker, first, asked, NOW)
    withdrawn(session, token, [asked.referral_id], "now")
    assert (held(session, first).state, held(session, asked.referral_id).state) == ("received", "destroyed")
    purge.purge(session, NOW + timedelta(days=60), clock_is_right=True)
    assert held(session, asked.referral_id).referred_by == first  # whoever derives keys from it still can


def test_an_urgent_one_is_told_at_once(session, worker, officer, make, referral_id, police):
    lead = make.signed_in(police, "lead")
    rota.save(session, lead, rota_of(ALWAYS), NOW)
    session.execute(Notice.__table__.update().values(looked_on=NOW.date()))
    session.commit()
    onward.pass_on(session, worker, referral_id, asked_for(police), NOW)
    assert notice.due(session, b"secret", NOW) == ()
    other = onward.pass_on(session, worker, referral_id, asked_for(make.organisation("third"), urgent=True), NOW)
    assert notice.due(session, b"secret", NOW) == ()
    assert held(session, other.referral_id).urgent
    first = session.scalar(select(PassedOn.referral_id).where(PassedOn.referral_id != other.referral_id))
    onward.answer(session, officer, first, answering("refused"), NOW)
    onward.pass_on(session, worker, referral_id, asked_for(police, urgent=True), NOW)
    assert [one.kind for one in notice.due(session, b"secret", NOW)] == ["urgent"]


def test_a_withdrawal_at_the_same_moment_leaves_nothing_behind(engine, session, make, worker, centre, police):
    for _round in range(4):
        token, report_id = make.report(centre)
        first = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
        session.rollback()

        def pass_on(first=first):
            with session_for(engine) as own, suppress(Withdrawn):
                onward.pass_on(own, worker, first, asked_for(police), NOW)

        def withdraw(token=token, first=first):
            with session_for(engine) as own:
                withdrawn(own, token, [first], "72h")

        with ThreadPoolExecutor(2) as pool:
            for one in [pool.submit(pass_on), pool.submit(withdraw)]:
                one.result()
        states = session.scalars(select(Referral.state).where(Referral.report_id == report_id)).all()
        session.rollback()
        assert set(states) == {"withdrawn"}


def test_who_did_not_accept_it_may_be_written_to_by_the_reporter(session, make, worker, officer, centre, police):
    token, report_id = make.report(centre)
    first = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    sent = asked_for(police)
    onward.pass_on(session, worker, first, sent, NOW)
    envelope = Envelope("police", police.kid, secrets.token_bytes(LETTER), secrets.token_bytes(32))
    added = Addition(token, "browser", envelope, None)
    with pytest.raises(NotAdded):
        addition.add_organisation(session, added, NOW)
    session.rollback()
    onward.answer(session, officer, sent.referral_id, answering("refused"), NOW)
    addition.add_organisation(session, added, NOW)
    states = [one.state for one in follow_up.open_report(session, token).referrals if one.organisation == "police"]
    assert sorted(states) == ["closed", "received"]
