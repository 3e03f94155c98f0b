"""PostgreSQL is stopped and started under load: everybody is asked for a moment, and nothing acknowledged is lost."""

import pytest

from tests.durability.kept import complaints
from tests.durability.sending import ONE_MOMENT, Senders
from tests.durability.serving import NO_LIMITS

pytestmark = pytest.mark.slow

STOPS = ["immediate", "fast", "immediate", "fast"]  # the first is as good as a crash
SENDERS = 8


def test_postgresql_restarted_under_load(set_up, durable_postgres):
    url = durable_postgres.database()
    portal, organisations = set_up(url, 2, **NO_LIMITS)
    with portal:
        processes = portal.pids()
        with Senders(portal.port, organisations, SENDERS) as senders:
            refusals = senders.told.refusals
            for mode in STOPS:
                senders.wait_for_more(50)
                durable_postgres.stop(mode)
                # Several answers to each: those on their way when it stopped, and those that came while it was away.
                enough = refusals[ONE_MOMENT] + 5 * SENDERS
                senders.wait(lambda enough=enough: refusals[ONE_MOMENT] >= enough, f"answers after {mode}")
                durable_postgres.start()
            senders.wait_for_more(50)
        assert portal.pids() == processes  # no worker died of it
    told = senders.told
    print(f"{senders.count} acknowledged, {told.retried} of them after {told.refusals.total()} refusals")
    assert told.failures == []
    assert set(told.refusals) == {ONE_MOMENT}
    assert told.broken == 0
    assert told.retried > 0
    assert complaints(url, told.acknowledged) == []
