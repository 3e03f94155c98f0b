"""A report is taken in once, durably, and never comes back after it was destroyed."""

import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from app.db import session_for
from app.domain.submission import parse_submission
from app.domain.wire import b64u_encode as b64u
from app.errors import CodeUsed, KeyRetired, ReportDestroyed, ReportExists
from app.models import DestroyedReport, Referral, Report
from app.services import report, shredding
from tests.databases import on_postgresql
from tests.making import NOW, body_of, envelope_of


def submit(session, body, now=NOW):
    return report.submit(session, parse_submission(body), hashlib.sha256(body).digest(), now)


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_each_envelope_becomes_one_referral(session, make):
    centre, police = make.organisation(), make.organisation("police", "police")
    body = body_of(centre, police, urgent=True)
    received = submit(session, body)
    parsed = parse_submission(body)
    assert received == report.Received(parsed.report_id, date(2026, 11, 22))
    rows = {row.organisation_id: row for row in session.scalars(select(Referral))}
    assert set(rows) == {centre.organisation_id, police.organisation_id}
    row, envelope = rows[police.organisation_id], parsed.envelopes[1]
    assert (shredding.letter(session, row), row.leaf, row.kid, row.origin_kid) == (
        envelope.sealed, envelope.leaf, envelope.kid, envelope.kid,
    )  # fmt: skip
    assert row.sealed_hash == hashlib.sha256(envelope.sealed).digest()
    assert (row.state, row.version, row.size, row.urgent, row.sealed_by) == ("received", 1, 1, True, "browser")
    assert row.due_on == date(2026, 11, 23)
    assert row.opened_at is row.changed_at is row.assignee_id is None
    assert rows[centre.organisation_id].referral_id != row.referral_id


def test_days_are_those_of_korea(session, make):
    body = body_of(make.organisation())
    assert submit(session, body, datetime(2026, 11, 22, 15, 30, tzinfo=UTC)).received_on == date(2026, 11, 23)


def test_the_same_bytes_again_get_the_first_answer_even_after_the_key_retired(session, make):
    centre = make.organisation()
    body = body_of(centre)
    first = submit(session, body)
    make.epoch(centre)
    assert submit(session, body, NOW.replace(month=12)) == first
    assert (count(session, Report), count(session, Referral)) == (1, 1)


def test_other_bytes_under_the_same_id_are_refused(session, make):
    centre = make.organisation()
    body = body_of(centre)
    submit(session, body)
    other = body.replace(b'"urgent":false', b'"urgent":true')
    with pytest.raises(ReportExists):
        submit(session, other)
    assert session.scalar(select(Referral.urgent)) is False


def test_a_code_that_another_report_has_is_refused(session, make):
    centre = make.organisation()
    lookup = b64u(secrets.token_bytes(32))
    submit(session, body_of(centre, lookup=lookup))
    with pytest.raises(CodeUsed):
        submit(session, body_of(centre, lookup=lookup))
    session.rollback()
    assert (count(session, Report), count(session, Referral)) == (1, 1)


@pytest.mark.parametrize("wrong", ["unknown kid", "retired kid", "other organisation's kid", "unknown organisation"])
def test_an_envelope_for_a_key_that_is_not_in_force_stops_all_of_the_report(session, make, wrong):
    centre, police = make.organisation(), make.organisation("police", "police")
    good, bad = envelope_of(centre), envelope_of(police)
    if wrong == "unknown kid":
        bad["kid"] = b64u(secrets.token_bytes(16))
    elif wrong == "retired kid":
        make.epoch(police)
    elif wrong == "other organisation's kid":
        bad["kid"] = good["kid"]
    else:
        bad["organisation"] = "nobody"
    with pytest.raises(KeyRetired):
        submit(session, body_of(envelopes=[good, bad]))
    session.rollback()
    assert (count(session, Report), count(session, Referral)) == (0, 0)


def test_a_destroyed_report_does_not_come_back(session, make):
    body = body_of(make.organisation())
    gone = report.report_hash(parse_submission(body).report_id)
    session.add(DestroyedReport(report_hash=gone, destroyed_on=date(2026, 11, 21)))
    session.commit()
    with pytest.raises(ReportDestroyed):
        submit(session, body)


@on_postgresql
def test_a_report_that_is_destroyed_while_a_copy_of_it_arrives_stays_destroyed(engine, session, make, monkeypatch):
    body = body_of(make.organisation())
    insert_if_absent = report.insert_if_absent

    def overtaken(*args):
        with session_for(engine) as other:
            gone = report.report_hash(parse_submission(body).report_id)
            other.add(DestroyedReport(report_hash=gone, destroyed_on=date(2026, 11, 22)))
            other.commit()
        return insert_if_absent(*args)

    monkeypatch.setattr(report, "insert_if_absent", overtaken)
    with pytest.raises(ReportDestroyed):
        submit(session, body)
    session.rollback()
    assert (count(session, Report), count(session, Referral)) == (0, 0)


@pytest.mark.parametrize("same", [True, False])
def test_reports_that_race_are_all_kept_once(engine, session, make, same):
    centre, police = make.organisation(), make.organisation("police", "police")
    session.close()
    body = body_of(centre, police)
    bodies = [body] * 8 if same else [body_of(centre, police) for _ in range(8)]

    def send(one):
        with session_for(engine) as own:
            return submit(own, one)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, bodies))
    distinct = len({answer.report_id for answer in answers})
    assert distinct == (1 if same else 8)
    assert (count(session, Report), count(session, Referral)) == (distinct, 2 * distinct)


def test_the_loser_of_a_race_for_one_code_is_told(engine, session, make):
    centre = make.organisation()
    session.close()
    lookup = b64u(secrets.token_bytes(32))

    def send(_number):
        with session_for(engine) as own:
            try:
                return submit(own, body_of(centre, lookup=lookup))
            except CodeUsed as error:
                return error

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))
    assert sum(isinstance(answer, report.Received) for answer in answers) == 1
    assert (count(session, Report), count(session, Referral)) == (1, 1)
