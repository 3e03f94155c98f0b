"""Fills a portal with referrals by the hundred thousand, in chunks, as fast as each database takes them."""

import random
from datetime import timedelta

from sqlalchemy import delete, insert, select, text

from app.domain.deadline import day_of
from app.models import (
    AccessLog,
    DestroyedReport,
    Draft,
    Junk,
    Message,
    Referral,
    ReferralItem,
    Report,
    SignInFailure,
    Summary,
    WorkRecord,
)  # fmt: skip
from tests.making import MESSAGE, NOW, RECORD, SUMMARY

CHUNK = 10_000
DAYS = 730
# Of a hundred referrals: most are done.
STATES = {"closed": 70, "received": 12, "assigned": 8, "in_support": 6, "needs_info": 2, "referred": 1, "withdrawn": 1}


def fill_referrals(engine, organisation, number, *, states=None, holders=(), letter_bytes=64, items=0, seed=1, now=NOW):
    """Insert so many reports, each with one referral to `organisation` (a `Made`), then refresh the statistics.

    `states`: weights by state. `holders`: caseworker ids that share what is neither received nor withdrawn; one in
    twenty of these is held by nobody, as after a release. `items`: links of each. The same seed makes the same rows.
    """
    rng, today = random.Random(seed), day_of(now)
    weights = states or STATES
    with engine.connect() as connection:
        hasty(connection)
        for start in range(0, number, CHUNK):
            reports, referrals, links = [], [], []
            for state in rng.choices(list(weights), list(weights.values()), k=min(CHUNK, number - start)):
                reports.append(_report(rng, state, today - timedelta(days=rng.randrange(DAYS))))
                referrals.append(_referral(rng, organisation, reports[-1], state, holders, letter_bytes))
                links += [_item(rng, referrals[-1], place) for place in range(items)]
            for model, rows in ((Report, reports), (Referral, referrals), (ReferralItem, links)):
                if rows:
                    _insert(connection, model.__table__, rows)
        connection.commit()
        connection.invalidate()  # what was hasty is not used again
    analyse(engine)


def fill_beside(engine, organisation, holder):
    """Give each referral a link, a message, a summary, a note and an entry in the log, all of `holder`'s making."""
    with engine.connect() as connection:
        hasty(connection)
        ids = connection.scalars(select(Referral.referral_id).where(Referral.sealed.is_not(None))).all()
        for model, row in _beside(organisation, holder).items():
            _insert(connection, model.__table__, [{"referral_id": one} | row(number) for number, one in enumerate(ids)])
        connection.commit()
        connection.invalidate()
    analyse(engine)


def fill_junk(engine, organisation, holder, *, now=NOW):
    """Take every closed referral for junk, a different number of days ago."""
    with engine.connect() as connection:
        hasty(connection)
        ids = connection.scalars(select(Referral.referral_id).where(Referral.state == "closed")).all()
        whose = {"organisation_id": organisation.organisation_id, "marked_by": holder, "state": "received"}
        days = [now.date() - timedelta(days=number % 4) for number in range(len(ids))]
        rows = [
            {"referral_id": one, "marked_on": day, "destroy_on": day + timedelta(days=14)} | whose
            for one, day in zip(ids, days, strict=True)
        ]
        _insert(connection, Junk.__table__, rows)
        connection.commit()
        connection.invalidate()
    analyse(engine)


def fill_strangers(engine, number, *, now=NOW):
    """What others leave behind: failed sign-ins, and hashes of destroyed reports."""
    failed = [{"login_hash": place.to_bytes(32), "failures": 1, "failed_at": now} for place in range(number)]
    destroyed = [{"report_hash": place.to_bytes(32), "destroyed_on": day_of(now)} for place in range(number)]
    with engine.begin() as connection:
        connection.execute(insert(SignInFailure.__table__), failed)
        connection.execute(insert(DestroyedReport.__table__), destroyed)
    analyse(engine)


def fill_drafts(engine, number, destroy_on):
    """Drafts of strangers, in the place of all there are; no tick before that day takes them away."""
    kept = {"draft_id": bytes(16), "destroy_on": destroy_on, "sealed": bytes(64)}
    with engine.begin() as connection:
        connection.execute(delete(Draft.__table__))
        connection.execute(insert(Draft.__table__), [kept | {"lookup": place.to_bytes(32)} for place in range(number)])
    analyse(engine)


def _beside(organisation, holder):
    own, now = {"organisation_id": organisation.organisation_id}, NOW
    day, said = day_of(now), {"direction": "to_reporter", "sealed": bytes(MESSAGE)}
    sealed = {"epoch_kid": organisation.kid, "version": 1, "saved_by": holder, "saved_at": now}
    return {
        ReferralItem: lambda _n: {"item_id": bytes(16), "place": 1, "state": "reported", "state_on": day},
        Message: lambda _n: said | {"message_id": bytes(16), "place": 1, "received_on": day},
        Summary: lambda _n: sealed | {"sealed": bytes(SUMMARY)},
        WorkRecord: lambda n: sealed | own | {"record_id": n.to_bytes(16), "type": "note", "sealed": bytes(RECORD)},
        AccessLog: lambda _n: own | {"at": now, "caseworker_id": holder, "action": "opened", "detail": ""},
    }  # fmt: skip


def _insert(connection, table, rows):
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table), rows)
        return
    copy = f"COPY {table.name} ({', '.join(rows[0])}) FROM STDIN"
    with connection.connection.cursor() as cursor, cursor.copy(copy) as copying:
        for row in rows:
            copying.write_row(tuple(row.values()))


def hasty(connection):
    """What is made here can be made again: wait for no disk, and keep the indexes in memory while they grow."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA synchronous=OFF").close()
        driver.execute("PRAGMA cache_size=-400000").close()
    else:
        connection.execute(text("SET LOCAL synchronous_commit = off"))


def analyse(engine):
    """What PostgreSQL does by itself once in a while: look at what lies where, and note what everybody may see."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))


def _report(rng, state, received_on):
    withdrawn = state == "withdrawn"
    return {
        "report_id": rng.randbytes(16),
        "lookup": rng.randbytes(32),
        "body_hash": rng.randbytes(32),
        "received_on": received_on,
        "state": "withdrawn" if withdrawn else "received",
        "destroy_on": received_on + timedelta(days=DAYS + 10) if withdrawn else None,
        "own": None,
    }


def _referral(rng, organisation, report, state, holders, letter_bytes):
    urgent, worked_on = rng.random() < 0.15, state not in {"received", "withdrawn"}
    held = worked_on and holders and rng.random() < 0.95
    return {
        "referral_id": rng.randbytes(16),
        "report_id": report["report_id"],
        "organisation_id": organisation.organisation_id,
        "kid": organisation.kid,
        "origin_kid": organisation.kid,
        "sealed_by": "browser",
        "sealed_hash": rng.randbytes(32),
        "leaf": rng.randbytes(32),
        "size": 1,
        "urgent": urgent,
        "received_on": report["received_on"],
        "due_on": report["received_on"] + timedelta(days=1 if urgent else 3),
        "state": state,
        "state_on": report["received_on"],
        "destroy_on": report["destroy_on"],
        "version": 1,
        "assignee_id": rng.choice(holders) if held else None,
        "opened_at": NOW if worked_on else None,
        "unread_from_reporter": False,
        "keeping": int(worked_on),
        "active_on": day_of(NOW) - timedelta(days=rng.randrange(80)) if worked_on else None,  # none of them goes
        "sealed": rng.randbytes(letter_bytes),
    }


def _item(rng, referral, place):
    return {
        "referral_id": referral["referral_id"],
        "item_id": rng.randbytes(16),
        "place": place + 1,
        "state": "reported",
        "state_on": referral["received_on"],
    }
