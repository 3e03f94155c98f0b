"""One organisation with a referral, and its people signed in."""

import pytest
from sqlalchemy import select, update

from app.domain.deadline import day_of
from app.models import Notice, Referral
from app.services import onward, rota
from tests.making import NOW, rota_of
from tests.services.passing import asked_for


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer"))


@pytest.fixture
def referral_id(session, make, centre):
    make.report(centre)
    return session.scalar(select(Referral.referral_id))


@pytest.fixture
def worker(make, centre):
    return make.signed_in(centre)


@pytest.fixture
def lead(make, centre):
    return make.signed_in(centre, "lead")


@pytest.fixture
def chosen(session, centre, lead):
    """Has the centre's lead choose a rota."""

    def choose(*duties, **changes):
        rota.save(session, lead, rota_of(*duties, **changes), NOW)
        noon = {"looked_on": day_of(NOW)}  # today's look is behind us
        session.execute(update(Notice).values(noon))
        session.commit()

    return choose


@pytest.fixture
def police(make):
    return make.organisation("police", "police", roles=("lead", "caseworker", "viewer"))


@pytest.fixture
def officer(make, police):
    return make.signed_in(police)


@pytest.fixture
def sent(session, worker, referral_id, police):
    """The id of the police's referral, passed on by the centre."""
    asked = asked_for(police)
    onward.pass_on(session, worker, referral_id, asked, NOW)
    return asked.referral_id
