"""Pages of casework, with few and with many referrals and links behind them: each should cost the same."""

from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import select

from app.db import engine_for, session_for
from app.domain.wire import b64u_encode
from app.models import Caseworker, Epoch, Organisation, Referral
from app.services import figure_counting
from app.services import session as staff_session
from tests.bench.load import drive, expect
from tests.bench.method import ratios, row, spread, steady
from tests.bench.serving import portal_on
from tests.making import Made
from tests.making_many import fill_referrals

PAGES, SMALL, FLAT = 30, 1_000, 1.5
LINKS, MOST_WITH_LINKS = 3, 100_000  # a national year has 300,000 links; a million referrals are about the queue alone
SLUG = "demo-centre"


def organisation_of(engine):
    """An organisation of a demo portal, and somebody who works there."""
    with session_for(engine) as session:
        organisation = session.scalars(select(Organisation).where(Organisation.slug == SLUG)).one()
        where = {"organisation_id": organisation.organisation_id}
        kid = session.scalars(select(Epoch.kid).filter_by(**where)).first()
        caseworker_id = session.scalars(select(Caseworker.caseworker_id).filter_by(role="caseworker", **where)).first()
        return Made(organisation.organisation_id, SLUG, kid, []), caseworker_id


class Desk:
    """A portal with so many referrals in one organisation's queue, and somebody signed in there."""

    def __init__(self, portal, referrals):
        self.portal = portal
        engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
        organisation, caseworker_id = organisation_of(engine)
        links = LINKS if referrals <= MOST_WITH_LINKS else 0
        now = datetime.now(UTC)
        fill_referrals(engine, organisation, referrals, holders=[caseworker_id], items=links, now=now)
        with session_for(engine) as session:
            figure_counting.count(session, organisation.organisation_id, now)
            some = select(Referral.referral_id).filter_by(state="in_support", assignee_id=caseworker_id).limit(1)
            self.referral = b64u_encode(session.scalars(some).one())
            self.cookie, _signed_in = staff_session.start(session, caseworker_id, datetime.now(UTC))
            session.commit()
        engine.dispose()

    def ms(self, address, least):
        """Milliseconds a page, one after the other; each has at least so many rows."""
        asked = address.replace("<referral_id>", self.referral)

        def page(connection, _number):
            whole = expect(connection.ask("GET", asked, Cookie=f"__Host-onestop={self.cookie}"), 200)
            assert whole.count(b"<tr") >= least

        measured = drive(self.portal, PAGES, page, clients=1)
        return 1000 / measured.rate


# Home, a filtered view of it, a referral, and the figures, with the least number of rows on each page.
PAGES_OF = {
    "/queue": 50,
    "/queue?state=assigned&holder=mine": 30,
    "/referral/<referral_id>": 0,
    "/figures?weeks=52": 100,
}


def rows(name, sizes, addresses):
    """`addresses` gives that of a new database, or None for SQLite in a file of its own."""
    with ExitStack() as stack:
        desks = {
            size: Desk(stack.enter_context(portal_on(addresses(f"queue_{size}"))), size) for size in (SMALL, *sizes)
        }
        return [line for address, least in PAGES_OF.items() for line in _of(name, sizes, desks, address, least)]


def _of(name, sizes, desks, address, least):
    for desk in desks.values():
        desk.ms(address, least)
    sides = {size: partial(desk.ms, address, least) for size, desk in desks.items()}
    samples, left_out = steady(sides, lambda taken: taken[SMALL])
    return [
        row(
            "queue", f"{name}, GET {address} with {size:,} referrals", samples[size], "ms",
            against=f"with {SMALL:,} referrals {spread(samples[SMALL]).median:.1f} ms",
            ratio=ratios(samples[size], samples[SMALL]), goal=("ratio", "<=", FLAT), left_out=left_out,
        )
        for size in sizes
    ]  # fmt: skip
