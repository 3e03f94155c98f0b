"""Organisations that take no new letters: out of the choice, not out of reach."""

import pytest

from app.errors import FormatError, NotAllowed, NotFound, NotReceiving
from app.models import Organisation
from app.services import operator, organisation, standing
from app.services.organisation import Name
from tests.making import NOW, logged
from tests.operating import operator_of


@pytest.fixture
def pair(make):
    return make.organisation("first"), make.organisation("second")


@pytest.fixture
def ruler(session, make):
    return operator_of(session, make)


def choice(session):
    found = [one.slug for one in organisation.receiving(session)]
    session.rollback()
    return found


def test_a_paused_one_is_not_offered_and_takes_nothing_new(session, make, pair):
    first, second = pair
    lead = make.signed_in(first, "lead")
    make.report(first)
    standing.pause(session, lead, paused=True, successor="second", now=NOW)
    assert choice(session) == ["second"]
    (rest,) = standing.resting(session)
    assert (rest.slug, rest.standing, rest.successor) == (
        "first",
        "paused",
        ("second", Name("기관 second", "The second")),
    )
    session.rollback()
    with pytest.raises(NotReceiving) as refused:
        make.report(first, second)
    assert refused.value.organisations == ("first",)
    session.rollback()
    make.report(second)
    assert [one.slug for one in organisation.directory(session).organisations] == ["first", "second"]
    session.rollback()
    standing.pause(session, lead, paused=False, successor="", now=NOW)
    make.report(first, second)
    assert [entry for entry in logged(session) if entry[0] == "organisation_changed"] == [
        ("organisation_changed", "paused"), ("organisation_changed", "open"),
    ]  # fmt: skip


def test_what_the_operator_closed_a_lead_does_not_open(session, make, pair, ruler):
    standing.decide(session, ruler, "first", "closed", "", NOW)
    standing.pause(session, make.signed_in(pair[0], "lead"), paused=False, successor="second", now=NOW)
    assert session.query(Organisation.standing).filter_by(slug="first").scalar() == "closed"
    session.rollback()
    standing.decide(session, ruler, "first", "open", "", NOW)
    assert choice(session) == ["first", "second"]


def test_only_somebody_who_takes_letters_follows(session, make, pair, ruler):
    operator.add(session, ruler, "empty", kind="police", name=Name("빈", "Empty"), region="seoul", now=NOW)
    for successor in ("first", "nobody", "empty", "operator"):
        with pytest.raises(FormatError):
            standing.decide(session, ruler, "first", "closed", successor, NOW)
    with pytest.raises(FormatError):
        standing.decide(session, ruler, "first", "away", "", NOW)
    for slug in ("nobody", "operator"):
        with pytest.raises(NotFound):
            standing.decide(session, ruler, slug, "closed", "", NOW)


def test_each_has_the_own_say(session, make, pair, ruler):
    with pytest.raises(NotAllowed):
        standing.decide(session, make.signed_in(pair[0], "lead"), "second", "closed", "", NOW)
    for role in ("caseworker",):
        with pytest.raises(NotAllowed):
            standing.pause(session, make.signed_in(pair[0], role), paused=True, successor="", now=NOW)
    with pytest.raises(NotAllowed):
        standing.pause(session, ruler, paused=True, successor="", now=NOW)
