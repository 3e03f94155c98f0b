"""What whoever runs the portal may do, and that nothing else is in reach."""

from datetime import timedelta

import pytest

from app.domain.wire import b64u_decode
from app.errors import NotAllowed, NotFound, SetUpRefused, TransitionRefused
from app.services import first_day, invitation, operator, organisation
from app.services.organisation import Name
from tests.making import NOW, logged
from tests.operating import operator_of

NAME = Name("새 기관", "New")


@pytest.fixture
def ruler(session, make):
    return operator_of(session, make)


def test_the_operator_is_in_no_directory_and_in_no_list(session, make, ruler):
    make.organisation()
    assert [one.slug for one in operator.organisations(session, ruler, NOW)] == ["centre"]
    assert [one.slug for one in organisation.directory(session).organisations] == ["centre"]
    assert [one.slug for one in organisation.receiving(session)] == ["centre"]
    session.rollback()
    assert operator.home(session, NOW) == ruler.organisation_id


def test_a_second_organisation_is_added_and_its_first_lead_invited_again_and_taken_back(session, ruler):
    operator.add(session, ruler, "new", kind="police", name=NAME, region="seoul", now=NOW)
    first = b64u_decode(operator.invite_first_lead(session, ruler, "new", NOW), "", 32)
    second = b64u_decode(operator.invite_first_lead(session, ruler, "new", NOW), "", 32)
    with pytest.raises(NotFound):
        invitation.look(session, first, NOW)
    assert invitation.look(session, second, NOW).first
    (seen,) = operator.organisations(session, ruler, NOW)
    assert (seen.fingerprint, seen.invited_until) == ("", NOW + timedelta(hours=72))
    session.rollback()
    operator.withdraw_first_lead(session, ruler, "new", NOW)
    with pytest.raises(NotFound):
        invitation.look(session, second, NOW)
    session.rollback()
    with pytest.raises(NotFound):
        operator.withdraw_first_lead(session, ruler, "new", NOW)
    assert logged(session) == [
        ("organisation_changed", "added"), ("invited", "lead"), ("invited", "lead"), ("invitation_withdrawn", "lead"),
    ]  # fmt: skip


def test_where_there_are_keys_the_leads_invite(session, make, ruler):
    made = make.organisation()
    for refused in (operator.invite_first_lead, operator.withdraw_first_lead):
        with pytest.raises(TransitionRefused):
            refused(session, ruler, made.slug, NOW)
        for unknown in ("nobody", "operator"):
            with pytest.raises(NotFound):
                refused(session, ruler, unknown, NOW)
    (seen,) = operator.organisations(session, ruler, NOW)
    assert len(seen.fingerprint) == 35


def test_a_taken_or_unusable_slug_is_refused(session, make, ruler):
    make.organisation()
    for slug in ("centre", "operator", "Centre", ""):
        with pytest.raises(SetUpRefused):
            operator.add(session, ruler, slug, kind="police", name=NAME, region="seoul", now=NOW)
        session.rollback()
    with pytest.raises(SetUpRefused):
        operator.add(session, ruler, "new", kind="operator", name=NAME, region="seoul", now=NOW)


def test_nobody_else_may(session, make):
    lead = make.signed_in(make.organisation(), "lead")
    for refused in (
        lambda: operator.organisations(session, lead, NOW),
        lambda: operator.last_tick(session, lead),
        lambda: operator.invite_first_lead(session, lead, "centre", NOW),
        lambda: operator.withdraw_first_lead(session, lead, "centre", NOW),
        lambda: operator.add(session, lead, "x", kind="police", name=NAME, region="seoul", now=NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_the_first_day_is_read_off_what_is_there(session, make, ruler):
    made = make.organisation(roles=("lead",))
    lead = make.signed_in(made, "lead")
    done = first_day.of(session, lead)
    assert not any((done.letter_opened, done.second_factor, done.colleagues, done.hours))
    assert len(done.fingerprint) == 35
    session.rollback()
    invitation.invite_colleague(session, lead, "viewer", NOW)
    assert first_day.of(session, lead).colleagues
    with pytest.raises(NotAllowed):
        first_day.of(session, ruler)
