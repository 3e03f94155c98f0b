"""What holds for both databases: times, errors, addresses."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from app.db import url_of
from app.models import Portal
from tests.making import NOW


def test_exact_times_keep_their_moment_and_refuse_to_guess(session):
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    session.add(Portal(only_row=1, portal_id=bytes(16), demo=False, created_at=there))
    session.commit()
    session.expire_all()
    assert session.scalar(select(Portal.created_at)) == NOW
    assert session.scalar(select(Portal.created_at)).tzinfo == UTC
    session.scalars(select(Portal)).one().created_at = datetime(2026, 11, 22)  # noqa: DTZ001
    with pytest.raises(StatementError):
        session.flush()


def test_errors_do_not_quote_what_was_stored(session):
    with pytest.raises(Exception) as caught:
        session.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "a secret"})
    assert "a secret" not in str(caught.value)


def test_foreign_keys_hold(session):
    columns = "session_hash, caseworker_id, session_half, started_at, seen_at"
    row = text(f"INSERT INTO staff_session ({columns}) VALUES (:id, :id, :id, :at, :at)")
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        session.execute(row, {"id": b"x", "at": NOW})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_through_the_driver_that_is_installed(scheme):
    assert url_of(f"{scheme}://u:p@host/name").drivername == "postgresql+psycopg"
