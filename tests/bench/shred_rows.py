"""What shred keys cost a report, against the portal without them; and what a large purge costs reports that come in."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import text, update

from app.db import engine_for, session_for
from app.domain.deadline import day_of
from app.models import Referral
from app.services import shred_expand
from tests.bench.letters import LETTER
from tests.bench.method import CLIENT_CORE, pinned, ratios, row, spread, steady
from tests.bench.queue_rows import organisation_of
from tests.bench.serving import portal_on
from tests.bench.submission_rows import Submitting
from tests.browser.live_portal import ROOT, LivePortal
from tests.making_many import fill_referrals

TABLE = "shredding"
CLIENTS = 8
COST, INTAKE = 0.9, 0.7
PURGED = int(os.environ.get("BENCH_PURGED", "10000"))
SOME = 50  # submissions that are sent in one go while the purge runs


class Bare(LivePortal):
    application = ("tests.bench.without_shred:application",)


def rows(name, addresses):
    """`addresses` gives that of a new database, or None for SQLite in a file."""
    with portal_on(addresses("shred")) as ours, portal_on(addresses("bare"), Bare) as bare:
        sides = {side: measured(portal) for side, portal in (("ours", ours), ("bare", bare))}
        for warm_up in sides.values():
            warm_up()
        samples, left_out = steady(sides, lambda taken: taken["bare"])
        yield row(
            TABLE, f"{name}: reports a second, {CLIENTS} at once", samples["ours"], "1/s",
            against=f"without shred keys {spread(samples['bare']).median:.0f}/s",
            ratio=ratios(samples["ours"], samples["bare"]), goal=("ratio", ">=", COST), left_out=left_out,
        )  # fmt: skip
    with portal_on(addresses("purged")) as portal:
        yield purge_row(name, portal)


def measured(portal):
    submitting = Submitting(portal)
    return lambda: submitting.measured(CLIENTS).rate


def fill(portal):
    """Withdrawn reports whose day is past, each under keys of its own."""
    engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
    made, _holder = organisation_of(engine)
    fill_referrals(engine, made, PURGED, states={"withdrawn": 1}, letter_bytes=LETTER)
    with session_for(engine) as session:
        while shred_expand.put_under(session, PURGED):
            continue
        past = day_of(datetime.now(UTC)) - timedelta(days=2)
        session.execute(update(Referral).where(Referral.state == "withdrawn").values(destroy_on=past))
        session.commit()
    return engine


def purge_row(name, portal):
    engine = fill(portal)
    submitting = Submitting(portal)
    submitting.measured(CLIENTS)
    before = [submitting.measured(CLIENTS).rate for _time in range(3)]
    with pinned(CLIENT_CORE):
        purge = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "purge", "--clock-is-right"],
            cwd=ROOT, env=portal.environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    began, during = time.monotonic(), []
    while purge.poll() is None:
        during.append(submitting.measured(CLIENTS, SOME).rate)
    said, took = purge.communicate()[0], time.monotonic() - began
    with engine.connect() as connection:
        left = connection.execute(text("SELECT count(*) FROM referral WHERE state = 'withdrawn'")).scalar_one()
    engine.dispose()
    assert (purge.returncode, left) == (0, 0), said
    usual = spread(before).median
    return row(
        TABLE, f"{name}: reports a second while {PURGED:,} are purged ({took:.0f} s)", during, "1/s",
        against=f"before {usual:.0f}/s", ratio=[spread(during).median / usual], goal=("ratio", ">=", INTAKE),
    )  # fmt: skip
