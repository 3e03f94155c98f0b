"""Migrations go up and down on both databases, with rows in every table, and make exactly what the models say."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, func, inspect, select

from app.db import MIGRATIONS, migrate, session_for
from app.domain import casework
from app.domain.notice import Duty
from app.domain.work_record import WorkRecord
from app.models import (
    Base,
    BulkChange,
    DestroyedReport,
    Draft,
    FigureCount,
    FigureStanding,
    Invitation,
    LegalHold,
    LogReview,
    LostRing,
    OneTimeCode,
    PassedOn,
    Passkey,
    PendingStep,
    PublicNotice,
    PublishedMonth,
    Referral,
    SignInFailure,
    Tick,
    Told,
    UnknownSignIn,
    Viewing,
)  # fmt: skip
from app.services import disposition, follow_up, junk, rota, summary, work_record
from tests.databases import database_of_its_own
from tests.making import NOW, SUMMARY, Maker, rota_of, staff_message

VERSIONS = sorted((MIGRATIONS / "versions").glob("*.py"))


def fill(session):
    """At least one row in every table."""
    make = Maker(session)
    centre = make.organisation()
    token, _report_id = make.report(centre)
    worker = make.signed_in(centre)
    referral_id = session.scalar(select(Referral.referral_id))
    item = bytes(range(16))
    summary.save(session, worker, referral_id, casework.Summary(1, centre.kid, bytes(SUMMARY), (item,)), NOW)
    record = WorkRecord(item, "note", centre.kid, 1, bytes(540))
    work_record.save(session, worker, referral_id, record, NOW)
    change = casework.ItemStateChange(1, (casework.ItemState(item, "checked"),), staff_message())
    disposition.change_items(session, worker, referral_id, change, NOW)
    session.add(DestroyedReport(report_hash=bytes(32), destroyed_on=NOW.date()))
    session.add(SignInFailure(login_hash=bytes(32), failures=1, failed_at=NOW))
    tried = {"caseworker_id": worker.caseworker_id, "action": "sign_in_failed", "detail": "passphrase"}
    session.add(UnknownSignIn(at=NOW, organisation_id=centre.organisation_id, **tried))
    session.add(Tick(only_row=1, at=NOW))
    session.add(Draft(lookup=bytes(32), draft_id=item, destroy_on=NOW.date(), sealed=bytes(4124)))
    rota.save(session, make.signed_in(centre, "lead"), rota_of(Duty("duty@centre.example", frozenset(), 18, 9)), NOW)
    session.add(Told(referral_id=referral_id))
    session.add_all(of_work(centre, worker, referral_id))
    session.add_all(of_people(centre, worker))
    session.add_all(of_figures(centre.organisation_id))
    version = session.scalar(select(Referral.version))
    assert junk.mark(session, worker, [casework.Listed(referral_id, version, unread=False)], NOW).done
    session.commit()
    return token


def of_work(centre, worker, referral_id):
    """One row in every table about who works on what with whom."""
    mine = {"referral_id": referral_id, "caseworker_id": worker.caseworker_id}
    return [
        Viewing(**mine, seen_at=NOW),
        LegalHold(
            referral_id=referral_id,
            organisation_id=centre.organisation_id,
            state="in_force",
            set_by=worker.caseworker_id,
            set_at=NOW,
            review_on=NOW.date(),
            record_id=bytes(range(16)),
        ),
        BulkChange(**mine, changed_at=NOW, version=1, state="received", due_on=NOW.date()),
        PassedOn(
            referral_id=referral_id,
            referrer_id=centre.organisation_id,
            sent_by=worker.caseworker_id,
            sent_at=NOW,
        ),
    ]


def of_figures(whose):
    """One row in every table about numbers."""
    day = NOW.date()
    return [
        FigureCount(organisation_id=whose, span="now", starts_on=day, figure="state", word="received", number=1),
        FigureStanding(organisation_id=whose, counted_at=NOW),
        PublishedMonth(organisation_id=whose, month=day, shown="{}", published_on=day),
    ]


def of_people(centre, worker):
    """One row in every table about people and how they sign in."""
    mine, made = {"caseworker_id": worker.caseworker_id}, {"created_at": NOW}
    public = {"credential_id": bytes(32), "host": "localhost", "name": "key", "public_key": bytes(77), "sign_count": 0}
    review = {"month": "2026-11", "reviewed_by": worker.caseworker_id, "reviewed_at": NOW, "last_number": 1}
    return [
        Invitation(
            invitation_hash=bytes(32), organisation_id=centre.organisation_id, role="viewer", expires_at=NOW, **made
        ),
        Passkey(passkey_id=bytes(16), **mine, **public, **made),
        OneTimeCode(code_hash=bytes(32), **mine, **made),
        PendingStep(
            pending_hash=bytes(32),
            **mine,
            purpose="confirm",
            challenge=bytes(32),
            host="localhost",
            started_at=NOW,
            tries=0,
        ),
        LogReview(organisation_id=centre.organisation_id, **review),
        PublicNotice(
            notice_id=bytes(16),
            kind="general",
            title_ko="제목",
            title_en="Title",
            text_ko="본문",
            text_en="Text",
            from_day=NOW.date(),
            posted_at=NOW,
            posted_by=worker.caseworker_id,
        ),
        LostRing(
            organisation_id=centre.organisation_id, line=0, seq=1, kid=bytes(16), purpose="recovery", sealed=bytes(5232)
        ),
    ]


def rows(session):
    return {
        name: session.scalar(select(func.count()).select_from(table)) for name, table in Base.metadata.tables.items()
    }


@pytest.fixture
def fresh(request, tmp_path):
    """A database of its own, at no revision: what a test leaves behind is nobody's."""
    with database_of_its_own(request, tmp_path, "fresh") as engine:
        yield engine


both = pytest.mark.parametrize("fresh", ["sqlite", "postgresql"], indirect=True)


@both
def test_up_with_data_down_to_nothing_and_up_again(fresh):
    migrate(fresh)
    with session_for(fresh) as session:
        token = fill(session)
        assert all(rows(session).values()), rows(session)
        assert follow_up.open_report(session, token).report.state == "received"
    migrate(fresh, "base")
    assert set(inspect(fresh).get_table_names()) <= {"alembic_version"}
    migrate(fresh)
    with session_for(fresh) as session:
        assert set(rows(session).values()) == {0}


@both
def test_the_schema_is_what_the_models_say(fresh):
    migrate(fresh)
    with fresh.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        for table in Base.metadata.sorted_tables:
            checks = {check["name"] for check in inspect(connection).get_check_constraints(table.name)}
            wanted = {check.name for check in table.constraints if isinstance(check, CheckConstraint)}
            assert checks == wanted, table.name


def indexes(engine):
    """Every index as the database describes it, the condition of a partial one included."""
    found = inspect(engine)
    return {
        (table, index["name"], tuple(index["column_names"]), str(index["dialect_options"].get(f"{engine.name}_where")))
        for table in Base.metadata.tables
        for index in found.get_indexes(table)
    }


@both
def test_the_indexes_are_those_of_the_models_with_their_conditions(fresh):
    migrate(fresh)
    migrated = indexes(fresh)
    assert len([one for one in migrated if "NULL" in one[-1]]) >= 6
    migrate(fresh, "base")
    Base.metadata.create_all(fresh)
    assert migrated == indexes(fresh)


@both
def test_going_up_twice_changes_nothing(fresh):
    migrate(fresh)
    with session_for(fresh) as session:
        fill(session)
        before = rows(session)
    migrate(fresh)
    with session_for(fresh) as session:
        assert rows(session) == before


def test_one_line_of_numbered_revisions():
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert len(scripts.get_heads()) == 1
    line = [script.revision for script in scripts.walk_revisions()][::-1]
    assert line == [path.stem for path in VERSIONS]
    assert [int(stem[:4]) for stem in line] == list(range(1, len(line) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", stem) for stem in line)
    assert all(Path(script.path).stem == script.revision for script in scripts.walk_revisions())
