"""A portal without demo, whose database waits for the disk as in service, and organisations to write to."""

from app.db import engine_for, session_for
from tests.browser.live_portal import LivePortal
from tests.making import Maker

# The portal's budgets are not what is tested, and a load from one address would be spent in a second.
NO_LIMITS = {"limit_report_all": "1000000 per minute", "limit_report_each": "1000000 per minute"}


def fresh(request, directory):
    """The address of an empty database that keeps what it says it keeps; which kind is the fixture's parameter."""
    if request.param == "sqlite":
        return f"sqlite:///{directory / 'onestop.db'}"
    return request.getfixturevalue("durable_postgres").database()


def portal_on(url, directory, workers=4, **settings):
    portal = LivePortal(directory / "portal", workers, demo=False, database_url=url, **settings)
    return portal, organisations_in(url)


def organisations_in(url, kinds=(("centre", "support_centre"), ("commission", "commission"))):
    """New organisations with keys, by slug and kind."""
    engine = engine_for(url)
    with session_for(engine) as session:
        make = Maker(session)
        made = [make.organisation(slug, kind) for slug, kind in kinds]
    engine.dispose()
    return made
