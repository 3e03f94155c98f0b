"""Records of the whole organisation: kept, listed by day, moved to newer keys, and staying when people leave."""

import secrets
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.work_record import Removal, ResealedRecord, ResealedRecords
from app.errors import (
    FormatError,
    KeyRetired,
    MessageExists,
    NotAllowed,
    NotConfirmed,
    NotFound,
    TransitionRefused,
    VersionConflict,
)
from app.models import WorkRecord
from app.services import organisation_record, people, record_resealing, resealing, rotation, work_record
from tests.making import NOW, RECORD, logged, record_of

DAY = date(2026, 12, 1)


def kept(session, person, made, **changes):
    asked = record_of(made, **({"type": "request", "state": "drafted"} | changes))
    organisation_record.save(session, person, asked, NOW)
    return asked


def all_of(session, person, *asked):
    found, after = [], ""
    while True:
        page = organisation_record.listed(session, person, *asked, after)
        found += page.records
        if page.next is None:
            return found
        after = page.next


def test_a_record_moves_by_its_table_and_versions_follow(session, centre, worker, lead):
    first = kept(session, worker, centre)
    organisation_record.save(session, worker, first, NOW)
    sent = replace(first, version=2, state="sent", due_on=DAY, sealed=secrets.token_bytes(RECORD))
    organisation_record.save(session, lead, sent, NOW)
    standing = organisation_record.one(session, worker, first.record_id)
    assert (standing.state, standing.due_on, standing.version, standing.by) == ("sent", DAY, 2, lead.login)
    assert logged(session) == [("record_saved", "request drafted"), ("record_saved", "request sent")]
    for asked, error in (
        (replace(sent, version=3, state="drafted"), TransitionRefused),
        (replace(sent, sealed=secrets.token_bytes(RECORD)), VersionConflict),
        (replace(sent, type="room", state="observed", version=3), MessageExists),
        (record_of(centre, type="request", state="sent"), TransitionRefused),
        (record_of(centre, type="request", state="drafted", epoch_kid=bytes(16)), FormatError),
    ):
        with pytest.raises(error):
            organisation_record.save(session, lead, asked, NOW)
        session.rollback()


def test_what_is_due_first_stands_first_and_nothing_is_passed_over(session, centre, worker, monkeypatch):
    monkeypatch.setattr(organisation_record, "PAGE", 3)
    days = [DAY + timedelta(days=number % 3) for number in range(7)]
    wanted = [kept(session, worker, centre, due_on=day).record_id for day in [*days, None, None]]
    sent = kept(session, worker, centre)
    organisation_record.save(session, worker, replace(sent, version=2, state="sent", due_on=date(2020, 1, 1)), NOW)
    found = all_of(session, worker, "request", "drafted")
    assert [one.due_on for one in found] == [*sorted(days), None, None]
    assert {one.record_id for one in found} == set(wanted)
    assert [one.state for one in all_of(session, worker, "request", "")] == ["drafted"] * 9 + ["sent"]
    monkeypatch.setattr(organisation_record, "PAGE_BYTES", RECORD)
    assert len(all_of(session, worker, "request", "")) == 10


def test_a_campaign_waits_from_its_first_day_runs_every_day_and_is_late_after_its_last(session, centre, worker, lead):
    campaign = kept(session, worker, centre, type="campaign", state="planned", due_on=DAY)

    def due(days):
        return [(one.late, one.today) for one in organisation_record.due(session, worker, DAY + timedelta(days=days))]

    assert (due(-1), due(0), due(1)) == ([], [(0, 1)], [(1, 0)])
    running = replace(campaign, version=2, state="running", due_on=DAY + timedelta(days=7))
    organisation_record.save(session, lead, running, NOW)
    assert (due(-1), due(3), due(7), due(8)) == ([(0, 1)], [(0, 1)], [(0, 1)], [(1, 0)])
    organisation_record.save(session, lead, replace(running, version=3, state="ended"), NOW)
    assert due(8) == []


def test_records_beside_a_referral_or_of_others_are_not_among_them(session, make, centre, worker, referral_id):
    beside = record_of(centre)
    work_record.save(session, worker, referral_id, beside, NOW)
    other = make.organisation("other")
    foreign = kept(session, make.signed_in(other), other)
    assert all_of(session, worker, "note", "") == all_of(session, worker, "request", "") == []
    for record_id in (beside.record_id, foreign.record_id, bytes(16)):
        with pytest.raises(NotFound):
            organisation_record.one(session, worker, record_id)
    for asked in (replace(foreign, version=2, epoch_kid=centre.kid), replace(beside, version=2)):
        with pytest.raises(MessageExists):
            organisation_record.save(session, worker, asked, NOW)
        session.rollback()


@pytest.mark.parametrize("asked", [("photo", "", ""), ("request", "observed", ""), ("request", "", "AAAA")])
def test_what_is_no_filter_is_refused(session, worker, asked):
    with pytest.raises(FormatError):
        organisation_record.listed(session, worker, *asked)


def test_who_holds_no_seeds_reads_and_writes_none(session, make, centre):
    viewer = make.signed_in(centre, "viewer")
    for ask in (
        lambda: organisation_record.listed(session, viewer, "request", "", ""),
        lambda: organisation_record.one(session, viewer, bytes(16)),
        lambda: organisation_record.save(session, viewer, record_of(centre), NOW),
        lambda: organisation_record.remove(session, viewer, Removal(bytes(16), 1), NOW),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_reading_what_is_about_people_is_logged(session, centre, worker):
    request, view = kept(session, worker, centre), kept(session, worker, centre, type="view", state="")
    before = logged(session)
    assert organisation_record.read_page(session, worker, "room", "", "", NOW).records == ()
    assert organisation_record.read_page(session, worker, "view", "", "", NOW).records
    organisation_record.read_one(session, worker, view.record_id, NOW)
    assert logged(session) == before
    assert organisation_record.read_page(session, worker, "request", "", "", NOW).records
    assert organisation_record.read_one(session, worker, request.record_id, NOW).version == 1
    assert logged(session) == [*before, ("records_read", "request"), ("records_read", "request")]


def test_a_view_can_be_taken_away_and_what_was_done_cannot(session, make, centre, worker):
    view, request = kept(session, worker, centre, type="view", state=""), kept(session, worker, centre)
    with pytest.raises(VersionConflict):
        organisation_record.remove(session, worker, Removal(view.record_id, 2), NOW)
    session.rollback()
    with pytest.raises(NotAllowed):
        organisation_record.remove(session, worker, Removal(request.record_id, 1), NOW)
    session.rollback()
    stranger = make.signed_in(make.organisation("other"))
    with pytest.raises(NotFound):
        organisation_record.remove(session, stranger, Removal(view.record_id, 1), NOW)
    session.rollback()
    organisation_record.remove(session, worker, Removal(view.record_id, 1), NOW)
    with pytest.raises(NotFound):
        organisation_record.remove(session, worker, Removal(view.record_id, 1), NOW)
    session.rollback()
    assert session.scalars(select(WorkRecord.record_id)).all() == [request.record_id]
    assert logged(session)[-1] == ("record_removed", "view")


def test_records_without_a_referral_survive_new_keys(session, make, centre, worker):
    lead = replace(make.signed_in(centre, "lead"), confirmed_at=NOW)
    records = [kept(session, worker, centre, due_on=DAY) for _ in range(3)]
    old, new = centre.kid, make.epoch(centre)
    assert old in rotation.kids_in_use(session, centre.organisation_id)
    assert resealing.left(session, lead).total == 3
    left = record_resealing.left(session, lead)
    assert (left.to_kid, left.total, {one.epoch_kid for one in left.records}) == (new, 3, {old})
    changed = replace(records[0], version=2, epoch_kid=new, sealed=secrets.token_bytes(RECORD))
    organisation_record.save(session, worker, changed, NOW)
    anew = tuple(ResealedRecord(one.record_id, one.version, secrets.token_bytes(RECORD)) for one in left.records)
    asked = ResealedRecords(new, anew)
    later = NOW + timedelta(minutes=1)
    done = record_resealing.take_back(session, lead, asked, later).done
    assert set(done) == {one.record_id for one in records[1:]}
    assert record_resealing.take_back(session, lead, asked, later).done == done
    session.expire_all()
    rows = {row.record_id: row for row in session.scalars(select(WorkRecord))}
    for one in anew:
        row = rows[one.record_id]
        assert (row.epoch_kid, row.version, row.state, row.due_on) == (new, 2, "drafted", DAY)
        assert (row.saved_by, row.saved_at) == (worker.caseworker_id, NOW)
        assert row.sealed == (changed.sealed if row.record_id == changed.record_id else one.sealed)
    assert old not in rotation.kids_in_use(session, centre.organisation_id)
    assert record_resealing.left(session, lead).total == 0


def test_only_a_lead_who_just_proved_to_be_there_seals_records_anew(session, make, centre, worker, lead):
    record = kept(session, worker, centre)
    asked = ResealedRecords(make.epoch(centre), (ResealedRecord(record.record_id, 1, bytes(RECORD)),))
    with pytest.raises(NotAllowed):
        record_resealing.take_back(session, worker, asked, NOW)
    with pytest.raises(NotConfirmed):
        record_resealing.take_back(session, replace(lead, confirmed_at=None), asked, NOW)
    with pytest.raises(KeyRetired):
        record_resealing.take_back(session, replace(lead, confirmed_at=NOW), replace(asked, to_kid=bytes(16)), NOW)
    other = make.organisation("other")
    stranger = replace(make.signed_in(other, "lead"), confirmed_at=NOW)
    assert record_resealing.take_back(session, stranger, replace(asked, to_kid=other.kid), NOW).done == ()


def test_what_somebody_wrote_who_left_stays_under_their_name(session, make, centre, worker, lead):
    record = kept(session, worker, centre)
    people.leave(session, replace(lead, confirmed_at=NOW), worker.kid, NOW)
    assert organisation_record.one(session, lead, record.record_id).by == worker.login
