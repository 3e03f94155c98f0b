"""Many at the same instant: nobody is turned away, and what is the same is taken once. Every setting is as it comes.

People have an address each (of this machine's own network), so no limit is lifted.
"""

import threading
from collections import Counter

import pytest

from app.domain.wire import b64u_encode
from tests.durability.kept import complaints
from tests.durability.sending import OWN, Line, expected_of, report_to
from tests.durability.serving import fresh, portal_on
from tests.making import body_of

pytestmark = pytest.mark.slow

PEOPLE = 64
RACERS = 16
ROUNDS = 5
DEFAULT_WORKERS = 2  # of deploy/gunicorn.conf.py


class Crowd:
    """People in front of one portal, and what was acknowledged to them."""

    def __init__(self, url, directory):
        self.url = url
        self.portal, self.organisations = portal_on(url, directory, DEFAULT_WORKERS)
        self.acknowledged = {}

    def post(self, bodies):
        """Post each body over its own open connection, all in the same instant; count the answers."""
        answers, start = [None] * len(bodies), threading.Barrier(len(bodies))

        def one(number):
            line = Line(self.portal.port, f"127.0.1.{number + 1}")
            line.connect()
            start.wait()
            answers[number] = line.post(bodies[number])
            line.close()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(len(bodies))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for body, answer in zip(bodies, answers, strict=True):
            if answer and answer.status == 201:
                self.acknowledged[expected_of(body)] = answer.body
        return Counter((answer.status, answer.code) if answer else None for answer in answers)

    def complaints(self):
        return complaints(self.url, self.acknowledged)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowd(request, tmp_path_factory):
    directory = tmp_path_factory.mktemp("crowd")
    crowd = Crowd(fresh(request, directory), directory)
    with crowd.portal:
        yield crowd


def test_64_reports_in_one_instant_are_all_taken(crowd):
    assert crowd.post([report_to(crowd.organisations) for _person in range(PEOPLE)]) == {(201, ""): PEOPLE}
    assert crowd.complaints() == []


def test_the_same_report_from_many_lines_at_once_is_one(crowd):
    for _round in range(ROUNDS):
        assert crowd.post([report_to(crowd.organisations)] * RACERS) == {(201, ""): RACERS}
    assert crowd.complaints() == []


@pytest.mark.parametrize(
    ("shared", "length", "code"), [("report_id", 16, "report_exists"), ("lookup", 32, "code_used")]
)
def test_different_reports_under_one_name_at_once_are_one_and_refusals(crowd, shared, length, code):
    for number in range(ROUNDS):
        named = {"own": b64u_encode(bytes(OWN)), shared: b64u_encode(bytes([number]) * length)}
        bodies = [body_of(*crowd.organisations, **named) for _racer in range(RACERS)]
        assert crowd.post(bodies) == {(201, ""): 1, (409, code): RACERS - 1}
    assert crowd.complaints() == []
