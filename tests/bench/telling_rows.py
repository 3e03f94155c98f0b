"""Whether the time of an answer tells if a receipt code or a login is somebody's: two distributions, held against each
other. The area under the curve is how often somebody who sees one answer of each kind would guess right: 0.5 is chance.
"""

import json
import secrets
import sqlite3
import time
from contextlib import closing

from app.domain.wire import b64u_encode as b64u
from tests.bench.load import Connection
from tests.bench.method import ROUNDS, ratios, row, spread
from tests.bench.serving import portal_on
from tests.browser.live_portal import ROOM
from tests.browser.reporter import QuickReporter

ASKED = 200  # of each kind in a round
FURTHEST = 0.6


def area(ours, theirs):
    """How often one of ours is slower than one of theirs, ties counting half; below 0.5 it is turned round."""
    placed = sorted([(one, 1) for one in ours] + [(one, 0) for one in theirs])
    ranks, at = 0.0, 0
    while at < len(placed):
        end = at
        while end < len(placed) and placed[end][0] == placed[at][0]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(kind for _time, kind in placed[at:end])
        at = end
    found = (ranks - len(ours) * (len(ours) + 1) / 2) / (len(ours) * len(theirs))
    return max(found, 1 - found)


def taken(connection, path, body):
    """Milliseconds that one answer took."""
    began = time.perf_counter()
    connection.ask("POST", path, json.dumps(body).encode())
    return (time.perf_counter() - began) * 1000


def rounds(portal, path, one, other):
    """Both kinds, one after the other, whichever first; a list a round of each."""
    ours, theirs = [], []
    with closing(Connection(portal.port)) as connection:
        for number in range(ROUNDS + 1):
            sides = [], []
            for asked in range(ASKED):
                for side in (0, 1) if asked % 2 else (1, 0):
                    body = (one, other)[side]()
                    sides[side].append(taken(connection, path, body))
            if number:  # the first warms up
                ours.append(sides[0])
                theirs.append(sides[1])
    return ours, theirs


def lines(name, ours, theirs, goal):
    """How much longer, and how well one could tell."""
    middle = [spread(one).median for one in ours], [spread(one).median for one in theirs]
    told = [area(one, other) for one, other in zip(ours, theirs, strict=True)]
    return [
        row("telling", name, middle[0], "ms", against=f"{spread(middle[1]).median:.2f} ms", ratio=ratios(*middle)),
        row("telling", f"{name}: how often one would guess right", told, "", goal=goal),
    ]


def rows():
    """Logins, with wrong passphrases; receipt codes."""
    settings = ROOM | {"limit_sign_in_each": "1000000 per minute", "limit_sign_in_all": "1000000 per minute"}
    with portal_on(**settings) as portal:
        known = [one["login"] for one in portal.accounts]
        yield from of_logins(portal, known)
        yield from of_codes(portal)


def of_logins(portal, known):
    """No passphrase is right. Failures are forgotten before each try: else the portal makes all of them wait."""

    def wrong(login):
        with closing(sqlite3.connect(portal.database, timeout=10)) as database, database:
            database.execute("DELETE FROM sign_in_failure")
        return {"login": login, "parameter_set": 1, "sign_in": b64u(secrets.token_bytes(32))}

    ours, theirs = rounds(portal, "/sign-in", lambda: wrong(known[0]), lambda: wrong("nobody.here"))
    yield from lines(
        "a wrong passphrase for a login that exists, against one that does not", ours, theirs, ("value", "<=", FURTHEST)
    )


def of_codes(portal):
    """The token of a report with nothing in it yet, and one that is nobody's."""
    reporter = QuickReporter(portal.url, "demo-centre")
    ours, theirs = rounds(
        portal,
        "/follow-up",
        lambda: {"token": reporter.token},
        lambda: {"token": b64u(secrets.token_bytes(32))},
    )
    yield from lines("a receipt code that opens a report, against one that does not", ours, theirs, None)
    first, second = rounds(
        portal,
        "/follow-up",
        lambda: {"token": b64u(secrets.token_bytes(32))},
        lambda: {"token": b64u(secrets.token_bytes(32))},
    )
    yield from lines("two codes that open nothing, against each other", first, second, ("value", "<=", FURTHEST))
