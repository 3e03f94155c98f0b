"""Claiming and releasing: one at a time, and the second is told who was first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.db import session_for
from app.domain.casework import StateChange
from app.errors import TransitionRefused, VersionConflict
from app.services import claim, disposition
from tests.making import NOW, logged

LATER = NOW + timedelta(hours=1)


def test_a_claim_assigns_and_a_release_gives_back(session, worker, referral_id):
    standing = claim.claim(session, worker, referral_id, 1, NOW)
    assert (standing.state, standing.version, standing.assignee) == ("assigned", 2, worker.login)
    standing = claim.release(session, worker, referral_id, 2, NOW)
    assert (standing.state, standing.version, standing.assignee) == ("received", 3, None)
    assert logged(session) == [("claimed", ""), ("released", "")]


def test_the_second_is_told_who_was_first_and_when(session, worker, lead, referral_id):
    claim.claim(session, worker, referral_id, 1, NOW)
    with pytest.raises(VersionConflict) as conflict:
        claim.claim(session, lead, referral_id, 1, LATER)
    assert (conflict.value.version, conflict.value.changed_by, conflict.value.changed_at) == (2, worker.login, NOW)


def test_only_a_lead_takes_over_or_releases_what_another_holds(session, make, centre, worker, lead, referral_id):
    claim.claim(session, lead, referral_id, 1, NOW)
    for act in (claim.claim, claim.release):
        with pytest.raises(TransitionRefused):
            act(session, worker, referral_id, 2, NOW)
        session.rollback()
    assert claim.release(session, lead, referral_id, 2, NOW).version == 3
    claim.claim(session, worker, referral_id, 3, NOW)
    assert claim.claim(session, lead, referral_id, 4, NOW).assignee == lead.login
    with pytest.raises(TransitionRefused):
        claim.release(session, worker, referral_id, 5, NOW)


def test_releasing_what_is_further_along_keeps_its_state(session, worker, referral_id):
    claim.claim(session, worker, referral_id, 1, NOW)
    disposition.change_state(session, worker, referral_id, StateChange(2, "in_support", None), NOW)
    assert claim.release(session, worker, referral_id, 3, NOW).state == "in_support"
    assert claim.claim(session, worker, referral_id, 4, NOW).state == "in_support"


def test_of_many_claims_at_one_moment_one_holds(engine, session, centre, worker, referral_id):
    session.close()

    def attempt(_number):
        with session_for(engine) as own:
            try:
                return claim.claim(own, worker, referral_id, 1, NOW).version
            except VersionConflict as conflict:
                return conflict.changed_by

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, range(6)))
    assert sorted(map(str, answers)) == ["2"] + [worker.login] * 5
