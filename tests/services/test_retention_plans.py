"""What is due is found without a walk through thousands of letters that stay."""

from datetime import timedelta

import pytest

from app.domain.deadline import day_of
from app.domain.retention import CLOSED
from app.services import retention
from tests.making import NOW
from tests.services.filled import filled_database
from tests.services.query_plans import watching


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request, tmp_path_factory):
    with filled_database(request, tmp_path_factory.mktemp("many")) as found:
        yield found


@pytest.fixture
def engine(filled):
    return filled[0]


@pytest.mark.parametrize("days", [0, CLOSED.usual + 1])
def test_nothing_is_walked_through_whether_none_is_due_or_all_are(engine, session, days):
    with watching(engine, often=False) as watched:
        found = retention.due(session, day_of(NOW) + timedelta(days=days), 20)
    assert watched.complaints == []
    assert len(found) == (20 if days else 0)
