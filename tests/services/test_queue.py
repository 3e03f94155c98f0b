"""The queue: urgent and due first, in pages that neither skip nor repeat, of one's own organisation only."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select, update

from app.domain.deadline import day_of
from app.domain.retention import QUIET
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError, NotFound
from app.models import Referral
from app.services import claim, queue, queue_counts
from app.services.queue import QueueFilters
from tests.making import NOW

ALL = QueueFilters()


def walk(session, worker, filters=ALL, size=3):
    rows, after = [], ""
    while True:
        page = queue.page(session, worker, filters, after, NOW, size)
        assert len(page.rows) <= size
        rows += page.rows
        if not page.next_cursor:
            return rows
        assert len(page.rows) == size
        after = page.next_cursor


def test_urgent_first_then_by_due_day(session, make, centre, worker):
    for days, urgent in [(0, False), (5, True), (1, False), (2, True), (9, False)]:
        make.report(centre, urgent=urgent, now=NOW + timedelta(days=days))
    rows = walk(session, worker)
    assert [row.urgent for row in rows] == [True, True, False, False, False]
    assert [row.due_on.day for row in rows] == [25, 28, 25, 26, 22 + 9 + 3 - 30]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_neither_skip_nor_repeat_when_many_are_due_on_one_day(session, make, centre, worker, size):
    for number in range(9):
        make.report(centre, urgent=number % 3 == 0)
    ids = [row.referral_id for row in walk(session, worker, size=size)]
    assert len(ids) == len(set(ids)) == 9


def test_a_page_stays_where_it_was_when_new_referrals_come(session, make, centre, worker):
    for _ in range(4):
        make.report(centre)
    first = queue.page(session, worker, ALL, "", NOW, 2)
    make.report(centre, urgent=True)
    second = queue.page(session, worker, ALL, first.next_cursor, NOW, 2)
    assert not {row.referral_id for row in first.rows} & {row.referral_id for row in second.rows}
    assert len(second.rows) == 2


def test_another_organisations_referrals_are_not_there(session, make, centre, worker):
    other = make.organisation("police", "police")
    make.report(other)
    make.report(centre, other)
    assert len(walk(session, worker)) == 1
    foreign = session.scalar(select(Referral.referral_id).where(Referral.organisation_id == other.organisation_id))
    with pytest.raises(NotFound):
        queue.row(session, worker, foreign, NOW)


def test_filters_by_state_and_holder(session, make, centre, worker):
    lead = make.signed_in(centre, "lead")
    for _ in range(4):
        make.report(centre)
    ids = [b64u_decode(row.referral_id, "") for row in walk(session, worker)]
    claim.claim(session, worker, ids[0], 1, NOW)
    claim.claim(session, lead, ids[1], 1, NOW)
    session.execute(update(Referral).where(Referral.referral_id == ids[2]).values(state="closed"))
    session.commit()

    def found(state="", holder=""):
        return {b64u_decode(row.referral_id, "") for row in walk(session, worker, QueueFilters(state, holder))}

    assert found() == {ids[0], ids[1], ids[3]}
    assert found("assigned") == {ids[0], ids[1]}
    assert found("closed") == {ids[2]}
    assert found(holder="mine") == {ids[0]}
    assert found(holder="unassigned") == {ids[3]}
    assert found("closed", "mine") == set()
    counts = queue.page(session, worker, ALL, "", NOW).counts
    assert (counts.open, counts.mine, counts.unassigned) == (3, 1, 1)
    assert {state: number for state, number in counts.states.items() if number} == {
        "received": 1, "assigned": 2, "closed": 1,
    }  # fmt: skip


def test_a_row_says_what_the_server_knows(session, make, centre, worker):
    make.report(centre)
    row = walk(session, worker)[0]
    kept = session.scalars(select(Referral)).one()
    assert row == queue.QueueRow(
        referral_id=b64u_encode(kept.referral_id),
        report_id=b64u_encode(kept.report_id),
        state="received",
        urgent=False,
        received_on=date(2026, 11, 22),
        due_on=date(2026, 11, 25),
        overdue=False,
        assignee=None,
        opened=False,
        item_count=0,
        message_count=0,
        unread_from_reporter=False,
        sealed_by="browser",
        size=1,
        kid=b64u_encode(centre.kid),
        origin_kid=b64u_encode(centre.kid),
        sealed_hash=b64u_encode(kept.sealed_hash),
        version=1,
        destroy_on=None,
        summary=None,
        junk=None,
        lost_on=None,
    )
    kept_until = day_of(NOW) + timedelta(days=QUIET.usual)  # said where one is shown, and of what goes soon
    assert queue.row(session, worker, kept.referral_id, NOW) == replace(row, kept_until=kept_until)
    assert queue.row(session, worker, kept.referral_id, NOW + timedelta(days=3)).overdue is False
    assert queue.row(session, worker, kept.referral_id, NOW + timedelta(days=4)).overdue is True


def test_no_letter_is_read_for_a_page_and_nothing_is_skipped_over(engine, session, make, centre, worker):
    for _ in range(3):
        make.report(centre)
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append((args[2], tuple(args[3]))))
    walk(session, worker, size=1)
    assert len([statement for statement, _values in asked if "referral.sealed_hash" in statement]) >= 3
    for statement, values in asked:
        assert "referral.sealed," not in statement.replace("\n", "")
        # SQLite's LIMIT is always written with an OFFSET, of nothing.
        assert "OFFSET" not in statement or {value for value in values if isinstance(value, int)} <= {0}


@pytest.mark.parametrize("after", ["x", "A" * 28, "A" * 27, "é", "====", "A" * 5000, "_" * 28])
def test_a_cursor_that_we_did_not_make_is_refused_or_harmless(session, make, centre, worker, after):
    make.report(centre)
    try:
        rows = queue.page(session, worker, ALL, after, NOW).rows
    except FormatError as error:
        rows = error.field
    assert rows in ("after", ())


@pytest.mark.parametrize("filters", [QueueFilters("nothing"), QueueFilters("", "yours"), QueueFilters("Received")])
def test_unknown_filters_are_refused(session, worker, filters):
    with pytest.raises(FormatError):
        queue.page(session, worker, filters, "", NOW)


def test_great_numbers_are_only_said_to_be_great(session, make, centre, worker, monkeypatch):
    monkeypatch.setattr(queue_counts, "COUNTED_TO", 2)
    queue_counts.numbers.cache_clear()
    for _ in range(5):
        make.report(centre)
    counts = queue.page(session, worker, ALL, "", NOW).counts
    assert (counts.states["received"], counts.open, counts.unassigned, counts.mine) == (3, 3, 3, 0)
    queue_counts.numbers.cache_clear()
