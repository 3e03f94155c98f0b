"""One organisation with a referral, and its people signed in."""

import pytest
from sqlalchemy import select, update

from app.domain.deadline import day_of
from app.models import Notice, Referral
from app.services import rota
from tests.making import NOW, rota_of


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
