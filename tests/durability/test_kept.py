"""What compares the database with what was acknowledged would see each kind of loss."""

import pytest
from sqlalchemy import text

from app.domain.submission import parse_submission
from app.services import report as reports
from app.services.shred_store import store_of
from tests.durability.kept import complaints
from tests.durability.sending import expected_of, report_to
from tests.durability.serving import organisations_in
from tests.making import NOW

LOSSES = {
    "the whole report": ["DELETE FROM referral", "DELETE FROM report"],
    "one letter": ["DELETE FROM referral WHERE referral_id = (SELECT min(referral_id) FROM referral)"],
    "bytes of a letter": ["UPDATE referral SET sealed = own FROM report"],
    "which key opens it": ["UPDATE referral SET kid = leaf"],
    "her own copy": ["UPDATE report SET own = lookup"],
    "who may come back": ["UPDATE report SET lookup = body_hash"],
    "the hash of what was sent": ["UPDATE report SET body_hash = lookup"],
}


@pytest.fixture
def acknowledged(database_url, session):
    organisations = organisations_in(database_url)
    body = report_to(organisations)
    expected = expected_of(body)
    reports.submit(session, parse_submission(body), expected.body_hash, NOW)
    return expected


def test_nothing_is_missing_from_what_was_kept(database_url, acknowledged):
    assert complaints(database_url, [acknowledged]) == []


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_seen(database_url, engine, acknowledged, loss):
    with engine.begin() as connection:
        for statement in LOSSES[loss]:
            connection.execute(text(statement))
    assert complaints(database_url, [acknowledged])


@pytest.mark.parametrize("whose", ["report", "referral"])
def test_a_lost_key_is_seen(database_url, engine, acknowledged, whose):
    with engine.connect() as connection:
        (key_id, *_others) = connection.execute(text(f"SELECT shred_id FROM {whose}")).scalars()
    store = store_of(engine)
    with store.writing() as connection:
        gone = connection.exec_driver_sql(f"DELETE FROM {store.keys} WHERE key_id = {store.mark}", (key_id,))
        assert gone.rowcount == 1
    assert complaints(database_url, [acknowledged])


def test_a_letter_twice_is_seen(database_url, engine, acknowledged):
    with engine.begin() as connection:
        columns = list(connection.execute(text("SELECT * FROM referral")).mappings().first())
        taken = ", ".join(f'"{name}"' for name in columns)
        others = taken.replace('"referral_id"', "leaf")
        connection.execute(text(f"INSERT INTO referral ({taken}) SELECT {others} FROM referral LIMIT 1"))
    assert complaints(database_url, [acknowledged])


def test_a_report_that_nobody_was_told_of_is_seen(database_url, acknowledged):
    assert complaints(database_url, [])
