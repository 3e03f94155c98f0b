"""What a lead chooses is kept whole, and what reporters read of it is what holds today."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.deadline import day_of
from app.domain.notice import Duty
from app.errors import NotAllowed
from app.models import Duty as DutyRow
from app.models import Notice
from app.services import rota
from app.services.rota import Reachable, Words
from tests.making import NOW, logged, rota_of

NIGHT = Duty("night@centre.example", frozenset({4, 5, 6}), 18, 9)
ALWAYS = Duty("always@centre.example", frozenset(), 0, 24)
TODAY = day_of(NOW)
OPENING = "Mo,Tu 09:00-18:00"


def test_before_the_first_choice_nothing_is(session, lead):
    assert rota.standing(session, lead) == rota.Standing(rota.Rota())
    assert rota.reachable(session, TODAY) == {}


def test_what_was_chosen_is_given_back_whole(session, lead):
    wanted = rota_of(
        NIGHT,
        ALWAYS,
        digest=True,
        opening=OPENING,
        hours=Words("평일 9시–18시", "Weekdays 9 to 18"),
        away=Words("휴무", "Closed"),
        away_from=TODAY,
        away_until=TODAY + timedelta(days=2),
    )
    rota.save(session, lead, wanted, NOW)
    assert rota.standing(session, lead).rota == wanted
    session.rollback()
    rota.save(session, lead, rota_of(ALWAYS), NOW)
    assert rota.standing(session, lead).rota == rota_of(ALWAYS)
    assert len(session.scalars(select(DutyRow)).all()) == 1
    assert logged(session) == [("rota_changed", ""), ("rota_changed", "")]


@pytest.mark.parametrize("role", ["worker", "viewer"])
def test_it_is_the_leads_alone(session, make, centre, worker, role):
    signed_in = worker if role == "worker" else make.signed_in(centre, "viewer")
    for asked in (
        lambda: rota.standing(session, signed_in),
        lambda: rota.save(session, signed_in, rota_of(ALWAYS), NOW),
        lambda: rota.ask_test(session, signed_in, NOW),
    ):
        with pytest.raises(NotAllowed):
            asked()


def test_it_is_the_own_organisation_s_alone(session, make, lead):
    other = make.signed_in(make.organisation("other"), "lead")
    rota.save(session, lead, rota_of(ALWAYS), NOW)
    assert rota.standing(session, other).rota == rota_of()
    session.rollback()
    rota.save(session, other, rota_of(), NOW)
    assert rota.standing(session, lead).rota == rota_of(ALWAYS)


def test_a_test_needs_an_address(session, lead):
    assert not rota.ask_test(session, lead, NOW)
    rota.save(session, lead, rota_of(ALWAYS), NOW)
    assert rota.ask_test(session, lead, NOW)
    assert rota.standing(session, lead).test_asked_at == NOW
    session.rollback()
    rota.save(session, lead, rota_of(), NOW)
    assert rota.standing(session, lead).test_asked_at is None
    assert ("test_mail_asked", "") in logged(session)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, True),
        (0, 0, True),
        (1, 2, False),
        (-2, -1, False),
        (-1, None, True),
        (None, 1, True),
        (1, None, False),
    ],
)
def test_an_absence_is_said_while_it_holds_and_hours_always(session, lead, first, last, said):
    days = [None if shift is None else TODAY + timedelta(days=shift) for shift in (first, last)]
    away, hours = Words("휴무", ""), Words("", "Weekdays")
    rota.save(
        session, lead, rota_of(opening=OPENING, hours=hours, away=away, away_from=days[0], away_until=days[1]), NOW
    )
    expected = Reachable(OPENING, hours, away, days[1]) if said else Reachable(OPENING, hours, Words(), None)
    assert rota.reachable(session, TODAY) == {"centre": expected}


def test_whoever_says_nothing_is_not_listed(session, lead):
    rota.save(session, lead, rota_of(ALWAYS, away_until=TODAY), NOW)
    assert rota.reachable(session, TODAY) == {}


def test_hours_that_this_release_cannot_read_are_as_if_nobody_had_said_them(session, lead):
    rota.save(session, lead, rota_of(opening=OPENING, hours=Words("휴무", "")), NOW)
    session.execute(update(Notice).values(opening="Mo-Fr 09:00-18:00; PH off"))
    assert rota.reachable(session, TODAY) == {"centre": Reachable("", Words("휴무", ""), Words(), None)}
    assert rota.standing(session, lead).rota.opening == ""
