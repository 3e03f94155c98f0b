"""What becomes public of an organisation: what a lead saw and pressed, never changed later. On both databases."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update

from app.errors import NotAllowed
from app.models import Organisation, PublishedMonth, Referral
from app.services import figure_counting, statistics
from tests.making import NOW, Maker, logged


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer", "auditor"))


def reported(session, centre, number, day, **changes):
    """So many letters of that day, each with what is given."""
    before = set(session.scalars(select(Referral.referral_id)))
    for _one in range(number):
        Maker(session, now=day).report(centre)
    session.execute(update(Referral).where(Referral.referral_id.not_in(before)).values(state="received", **changes))
    session.commit()


@pytest.fixture
def published(session, make, centre):
    """A centre with two months behind it, counted; its lead."""
    early = datetime(2026, 9, 3, tzinfo=UTC)
    session.execute(update(Organisation).values(created_at=early))
    reported(session, centre, 9, day=early)
    reported(session, centre, 3, day=early, urgent=True)
    reported(session, centre, 2, day=datetime(2026, 10, 5, tzinfo=UTC))
    figure_counting.count(session, centre.organisation_id, NOW)
    return make.signed_in(centre, "lead")


def month(one):
    return one.months[0].content


def test_nothing_is_public_until_a_lead_presses_and_then_exactly_what_she_saw(session, published):
    assert statistics.public(session) == ()
    assert not statistics.is_anything_public(session)
    seen = statistics.preview(session, published, NOW)
    session.rollback()
    assert [one.month for one in seen.months] == ["2026-10", "2026-09"]
    assert (seen.fresh, seen.public_since) == (2, None)
    september = seen.months[1].content["received"]
    assert september["total"] == 12
    assert september["urgency"] == {"urgent": None, "ordinary": None}
    assert set(september["opened"]) == {"day_0", "day_1", "days_3", "days_7", "days_14", "later"}
    assert month(seen)["received"]["total"] is None
    assert not statistics.publish(session, published, "0" * 64, NOW)
    assert statistics.public(session) == ()
    session.rollback()
    assert statistics.publish(session, published, seen.digest, NOW)
    (public,) = statistics.public(session)
    assert (public.slug, public.months) == ("centre", seen.months)
    assert statistics.public(session, hidden="centre") == ()
    assert statistics.is_anything_public(session)
    session.rollback()
    assert logged(session) == [("figures_published", "")]


def test_numbers_that_changed_since_the_preview_are_not_made_public(session, centre, published):
    seen = statistics.preview(session, published, NOW)
    session.rollback()
    reported(session, centre, 9, day=datetime(2026, 10, 6, tzinfo=UTC))
    figure_counting.count(session, centre.organisation_id, NOW)
    assert not statistics.publish(session, published, seen.digest, NOW)
    assert session.scalar(select(func.count()).select_from(PublishedMonth)) == 0


def test_a_public_month_never_changes_not_even_when_it_was_taken_back(session, centre, published):
    seen = statistics.preview(session, published, NOW)
    session.rollback()
    statistics.publish(session, published, seen.digest, NOW)
    session.execute(update(Referral).values(state="withdrawn"))
    session.commit()
    figure_counting.count(session, centre.organisation_id, NOW)
    assert statistics.preview(session, published, NOW).months == seen.months
    session.rollback()
    statistics.take_back(session, published, NOW)
    statistics.take_back(session, published, NOW)
    assert statistics.public(session) == ()
    session.rollback()
    again = statistics.preview(session, published, NOW)
    session.rollback()
    assert (again.digest, again.fresh, again.public_since) == (seen.digest, 2, None)
    assert statistics.publish(session, published, again.digest, NOW)
    assert logged(session) == [("figures_published", ""), ("figures_taken_back", ""), ("figures_published", "")]


def test_a_later_month_becomes_public_with_the_next_press_two_weeks_after_its_end(session, centre, published):
    seen = statistics.preview(session, published, NOW)
    session.rollback()
    statistics.publish(session, published, seen.digest, NOW)
    for day, fresh in ((datetime(2026, 12, 14, tzinfo=UTC), 0), (datetime(2026, 12, 15, tzinfo=UTC), 1)):
        later = statistics.preview(session, published, day)
        session.rollback()
        assert later.fresh == fresh
    assert len(statistics.public(session)[0].months) == 2
    session.rollback()
    assert statistics.publish(session, published, later.digest, day)
    assert [one.month for one in statistics.public(session)[0].months] == ["2026-11", "2026-10", "2026-09"]


def test_it_is_a_leads_to_make_public(session, make, centre):
    for role in ("caseworker", "viewer", "auditor"):
        person = make.signed_in(centre, role)
        for act in (
            lambda who=person: statistics.preview(session, who, NOW),
            lambda who=person: statistics.publish(session, who, "", NOW),
            lambda who=person: statistics.take_back(session, who, NOW),
        ):
            with pytest.raises(NotAllowed):
                act()
            session.rollback()


def test_what_is_kept_of_a_public_month_has_no_hidden_number(session, published):
    seen = statistics.preview(session, published, NOW)
    session.rollback()
    statistics.publish(session, published, seen.digest, NOW)
    for shown in session.scalars(select(PublishedMonth.shown)):
        for total in json.loads(shown).values():
            numbers = [total["total"]] + [n for name, parts in total.items() if name != "total" for n in parts.values()]
            assert all(number is None or number == 0 or number >= 5 for number in numbers)
