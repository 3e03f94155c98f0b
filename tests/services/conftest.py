"""One organisation with a referral, and its people signed in."""

import pytest
from sqlalchemy import select

from app.models import Referral


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
