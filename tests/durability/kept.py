"""What is missing, broken or too much in a database, compared with what was acknowledged."""

import hashlib
from collections import Counter

from sqlalchemy import text

from app.db import engine_for

REPORTS = text("SELECT report_id, lookup, body_hash, own FROM report")
LETTERS = text(
    "SELECT report_id, slug, kid, sealed, sealed_hash, leaf FROM referral JOIN organisation USING (organisation_id)"
)


def complaints(database_url, acknowledged):
    """One line for each report that is lost, incomplete, doubled, or that nobody sent; empty is what we promise."""
    engine = engine_for(database_url)
    try:
        with engine.connect() as connection:
            found = _compare(connection, {one.report_id: one for one in acknowledged})
            if engine.dialect.name == "sqlite":
                verdict = connection.execute(text("PRAGMA integrity_check")).scalars().all()
                found += [f"integrity_check: {line}" for line in verdict if line != "ok"]
            return found
    finally:
        engine.dispose()


def _compare(connection, expected):
    found, reports, letters = [], {}, {}
    for row in connection.execute(REPORTS):
        reports[row.report_id] = (row.lookup, row.body_hash, hashlib.sha256(row.own).digest())
    for row in connection.execute(LETTERS.execution_options(stream_results=True)):
        digest = hashlib.sha256(row.sealed).digest()
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
