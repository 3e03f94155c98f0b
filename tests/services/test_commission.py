"""That the review commission keeps no usual times: a lead says so, staff and reporters read it, nobody gets a day."""

from datetime import timedelta

import pytest

from app.domain.deadline import day_of
from app.errors import NotAllowed
from app.services import commission, rota
from tests.making import NOW, logged

TODAY = day_of(NOW)


def test_a_lead_says_so_and_takes_it_back(session, centre, worker, lead):
    assert rota.reachable(session, TODAY) == {}
    for later in (0, 3):
        commission.pause(session, lead, paused=True, now=NOW + timedelta(days=later))
    assert commission.own(session, worker).commission_paused_on == TODAY
    (said,) = rota.reachable(session, TODAY).values()
    assert (said.commission_paused_on, said.away, said.hours) == (TODAY, rota.Words(), rota.Words())
    commission.pause(session, lead, paused=False, now=NOW)
    assert commission.own(session, worker).commission_paused_on is None
    assert rota.reachable(session, TODAY) == {}
    assert logged(session) == [("organisation_changed", "")] * 2


def test_it_is_a_leads_to_say(session, make, centre, worker):
    for person in (worker, make.signed_in(centre, "viewer")):
        with pytest.raises(NotAllowed):
            commission.pause(session, person, paused=True, now=NOW)
        session.rollback()
