"""A page of figures walks through no letter, and along an index through the counts, however many there are."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from app.domain import figures
from app.models import FigureCount, FigureStanding
from app.services import figure_reading, statistics
from tests.making import NOW
from tests.making_many import analyse
from tests.services import query_plans
from tests.services.query_plans import LARGE, watching

WEEKS = 500
SUM = 2 * 3 * 4 * 5 * 7  # of each division, whatever it is divided into
NOW_PARTS = [
    *(("due", word, 50) for word in figures.PARTS["due"]),
    *(("age", f"{state} {age}", 12) for state in figures.PARTS["state"] for age in figures.PARTS["age"]),
    *(("items", state, 20) for state in figures.PARTS["items"]),
    *(("answer", f"other-{number} {answer}", 7) for number in range(5) for answer in figures.PARTS["answer"]),
]
PARTS = [
    (figure, word, SUM // len(figures.PARTS[figure]))
    for names in figures.OF_WEEKS.values()
    for figure in names
    for word in figures.PARTS[figure]
]
DAYS = [(figures.days_of(figure), str(day), SUM // 6) for figure in figures.TYPICAL for day in range(6)]
OF_SPAN = {"now": NOW_PARTS, "month": PARTS, "week": PARTS + DAYS}


@pytest.fixture(autouse=True)
def _counts_are_many(monkeypatch):
    monkeypatch.setattr(query_plans, "LARGE", LARGE | {"figure_count"})


@pytest.fixture
def many(engine, session, make, centre):
    """Ten years of six organisations, in weeks and months, and what stands now."""
    whose = (centre, *(make.organisation(f"other-{number}") for number in range(5)))
    session.commit()
    weeks = [figures.week_of(NOW.date()) - timedelta(weeks=week) for week in range(WEEKS)]
    starts = [("week", week) for week in weeks] + [("month", one) for one in {figures.month_of(week) for week in weeks}]
    rows = [
        {
            "organisation_id": made.organisation_id,
            "span": span,
            "starts_on": starts_on,
            "figure": figure,
            "word": word,
            "number": number,
        }
        for made in whose
        for span, starts_on in (*starts, ("now", NOW.date()))
        for figure, word, number in OF_SPAN[span]
    ]
    with engine.begin() as connection:
        connection.execute(insert(FigureCount.__table__), rows)
        standing = {"organisation_id": centre.organisation_id, "counted_at": NOW}
        connection.execute(insert(FigureStanding.__table__), standing)
    analyse(engine)


@pytest.mark.usefixtures("many")
def test_a_page_of_figures_and_what_is_public(engine, session, make, centre):
    viewer, lead = make.signed_in(centre, "viewer"), make.signed_in(centre, "lead")
    period = figure_reading.period_of("13", "", NOW)
    with watching(engine) as watched:
        shown = figure_reading.read(session, viewer, period)
        session.rollback()
        statistics.preview(session, lead, NOW)
        session.rollback()
        assert statistics.public(session) == ()
    assert shown.totals["received"].total == shown.totals["closed"].total == 13 * SUM
    assert shown.current["open"].total == 300
    assert watched.statements
    assert not any("referral" in statement for statement in watched.statements)
    assert watched.complaints == []


@pytest.mark.usefixtures("many")
def test_counts_without_their_index_would_be_seen(engine, session):
    with watching(engine) as watched:
        session.execute(text("SELECT sum(number) FROM figure_count WHERE word = 'urgent'")).all()
    session.rollback()
    assert watched.complaints
