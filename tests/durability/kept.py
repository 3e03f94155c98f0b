"""What is missing, broken or too much in a database, compared with what was acknowledged."""

import hashlib
from collections import Counter

from sqlalchemy import text

from app.db import engine_for
from app.services import shredding
from app.services.shred_store import store_of

REPORTS = text("SELECT report_id, lookup, body_hash, shred_id, own FROM report")
LETTERS = text(
    "SELECT report_id, referral_id, slug, kid, shred_id, sealed, sealed_hash, leaf"
    " FROM referral JOIN organisation USING (organisation_id)"
)


def complaints(database_url, acknowledged):
    """One line for each report that is lost, incomplete, doubled, or that nobody sent; empty is what we promise."""
    engine = engine_for(database_url)
    try:
        with engine.connect() as connection:
            found = _compare(connection, {one.report_id: one for one in acknowledged}, keys_of(engine))
            if engine.dialect.name == "sqlite":
                verdict = connection.execute(text("PRAGMA integrity_check")).scalars().all()
                found += [f"integrity_check: {line}" for line in verdict if line != "ok"]
            return found
    finally:
        engine.dispose()


def keys_of(engine):
    """Every key that the store has."""
    store = store_of(engine)
    with store.reading() as connection:
        rows = connection.exec_driver_sql(f"SELECT key_id, key FROM {store.keys}")
        return shredding.Under({bytes(key_id): bytes(key) for key_id, key in rows})


def taken_out(keys, stored, shred_id, table, row_id):
    """What was put under; a letter whose key is lost is lost, and what lies under none is what it is."""
    found = keys.take_out(stored, shred_id, table, row_id)
    return b"its key is lost" if found is None else found


def _compare(connection, expected, keys):
    found, reports, letters = [], {}, {}
    for row in connection.execute(REPORTS):
        own = taken_out(keys, row.own, row.shred_id, "report", row.report_id)
        reports[row.report_id] = (row.lookup, row.body_hash, hashlib.sha256(own).digest())
    for row in connection.execute(LETTERS.execution_options(stream_results=True)):
        sealed = taken_out(keys, row.sealed, row.shred_id, "referral", row.referral_id)
        digest = hashlib.sha256(sealed).digest()
        if digest != row.sealed_hash:
            found.append(f"{row.report_id.hex()}: a letter is not what its hash says")
        letters.setdefault(row.report_id, Counter())[row.slug, row.kid, digest, row.leaf] += 1
    for report_id, one in expected.items():
        if report_id not in reports:
            found.append(f"{report_id.hex()}: acknowledged, and lost")
        elif reports[report_id] != (one.lookup, one.body_hash, one.own):
            found.append(f"{report_id.hex()}: the report is not what was sent")
        if letters.get(report_id, Counter()) != Counter(one.letters):
            found.append(f"{report_id.hex()}: its letters are not those that were sent, each once")
    found += [f"{report_id.hex()}: nobody sent this report" for report_id in reports if report_id not in expected]
    found += [f"{report_id}: a letter without report" for report_id in letters if report_id not in reports]
    return found
