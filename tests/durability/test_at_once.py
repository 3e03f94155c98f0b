"""Many at the same instant: nobody is turned away, and what is the same is taken once."""

import threading
from collections import Counter

import pytest

from app.domain.wire import b64u_encode
from tests.durability.conftest import NO_LIMITS
from tests.durability.kept import complaints
from tests.durability.sending import Line, expected_of, report_to
from tests.making import body_of

pytestmark = pytest.mark.slow

PEOPLE = 64
RACERS = 16
ROUNDS = 5
DEFAULT_WORKERS = 2  # of deploy/gunicorn.conf.py


def at_once(port, bodies, *, apart=False):
    """Post each body over its own open connection, all in the same instant; `apart`, from as many addresses."""
    answers, start = [None] * len(bodies), threading.Barrier(len(bodies))

    def one(number):
        line = Line(port, f"127.0.1.{number + 1}" if apart else "127.0.0.1")
        line.connect()
        start.wait()
        answers[number] = line.post(bodies[number])
        line.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_64_reports_in_one_instant_are_all_taken(set_up, durable_url):
    """With every setting as it comes: 64 people at 64 addresses, so no limit needs to be lifted."""
    portal, organisations = set_up(durable_url, DEFAULT_WORKERS)
    with portal:
        bodies = [report_to(organisations) for _person in range(PEOPLE)]
        answers = at_once(portal.port, bodies, apart=True)
    assert Counter(answer and answer.status for answer in answers) == {201: PEOPLE}, answers[0]
    assert complaints(durable_url, [expected_of(body) for body in bodies]) == []


def test_the_same_report_from_many_lines_at_once_is_one(set_up, durable_url):
    portal, organisations = set_up(durable_url, DEFAULT_WORKERS, **NO_LIMITS)
    sent = []
    with portal:
        for _round in range(ROUNDS):
            body = report_to(organisations)
            sent.append(expected_of(body))
            answers = at_once(portal.port, [body] * RACERS)
            assert Counter(answer and answer.status for answer in answers) == {201: RACERS}, answers[0]
            assert len({answer.body for answer in answers}) == 1
    assert complaints(durable_url, sent) == []


@pytest.mark.parametrize(("shared", "code"), [("report_id", "report_exists"), ("lookup", "code_used")])
def test_different_reports_under_one_name_at_once_are_one_and_refusals(set_up, durable_url, shared, code):
    portal, organisations = set_up(durable_url, DEFAULT_WORKERS, **NO_LIMITS)
    sent = []
    with portal:
        for number in range(ROUNDS):
            length = {"report_id": 16, "lookup": 32}[shared]
            name = b64u_encode(bytes([number]) * length)
            own = b64u_encode(bytes(4096 + 28))
            bodies = [body_of(*organisations, own=own, **{shared: name}) for _racer in range(RACERS)]
            answers = at_once(portal.port, bodies)
            told = Counter((answer.status, answer.code) for answer in answers if answer)
            assert told == {(201, ""): 1, (409, code): RACERS - 1}
            sent += [expected_of(body) for body, answer in zip(bodies, answers, strict=True) if answer.status == 201]
    assert complaints(durable_url, sent) == []
