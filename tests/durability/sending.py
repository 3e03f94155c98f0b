"""Senders that behave as browsers do: the same bytes again until they are acknowledged; and what each was told."""

import hashlib
import http.client
import json
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from app.domain.wire import b64u_decode, b64u_encode
from tests.making import body_of

NO_HANG = 45  # seconds without an answer: a hang, on any machine
PATIENCE = 120  # seconds for which one sender tries the same bytes
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.5  # seconds between tries, doubled each time; a browser waits longer
HEADERS = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
AGAIN = {429, 503}
ONE_MOMENT = (503, "busy", True)  # as refusals are counted: asked to wait for the database, and told how long
OWN = 4096 + 28


class Hung(Exception):
    """A request got neither an answer nor an end."""


@dataclass(frozen=True)
class Answer:
    status: int
    code: str
    retry_after: str | None
    body: bytes


@dataclass(frozen=True)
class Expected:
    """What must lie in the database for a report that was acknowledged."""

    report_id: bytes
    lookup: bytes
    body_hash: bytes
    own: bytes
    letters: frozenset  # of (slug, kid, SHA-256 of the letter, leaf)


def pause(tries):
    time.sleep(min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE))


def report_to(organisations):
    """The bytes of a valid report. What is sealed is random: the server opens none."""
    return body_of(*organisations, own=b64u_encode(secrets.token_bytes(OWN)))


def expected_of(body):
    """What a submission's bytes promise, read without the portal's parser."""
    told = json.loads(body)
    raw = {name: b64u_decode(told[name], name) for name in ("report_id", "lookup", "own")}
    letters = frozenset(
        (
            one["organisation"],
            b64u_decode(one["kid"], "kid"),
            hashlib.sha256(b64u_decode(one["sealed"], "sealed")).digest(),
            b64u_decode(one["leaf"], "leaf"),
        )
        for one in told["envelopes"]
    )
    own = hashlib.sha256(raw["own"]).digest()
    return Expected(raw["report_id"], raw["lookup"], hashlib.sha256(body).digest(), own, letters)


class Line:
    """One browser's kept-alive connection, from an address of this machine."""

    def __init__(self, port, source="127.0.0.1"):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=NO_HANG, source_address=(source, 0))

    def connect(self):
        self.connection.connect()

    def post(self, body, path="/report"):
        """Send once. Raises OSError or HTTPException where the line broke, Hung where nothing came at all."""
        try:
            self.connection.request("POST", path, body, HEADERS)
            answer = self.connection.getresponse()
            content = answer.read()
        except TimeoutError:
            raise Hung from None
        code = json.loads(content).get("code", "") if "json" in answer.headers.get_content_type() else ""
        return Answer(answer.status, code, answer.headers["Retry-After"], content)

    def close(self):
        self.connection.close()


@dataclass
class Told:
    """What all senders of a test were told."""

    acknowledged: list = field(default_factory=list)  # Expected
    refusals: Counter = field(default_factory=Counter)  # (status, code, whether Retry-After was a whole number)
    broken: int = 0  # lines that broke before the answer was whole
    retried: int = 0  # reports that were acknowledged only after a broken line or a refusal
    failures: list = field(default_factory=list)  # whatever no sender should see


class Senders:
    """Posts reports over `count` lines until told to stop; then finishes those in hand."""

    def __init__(self, port, organisations, count=8):
        self.port, self.organisations = port, organisations
        self.told = Told()
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._send) for _sender in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    @property
    def count(self):
        """How many were acknowledged so far."""
        return len(self.told.acknowledged)

    def wait(self, true, what):
        """Until `true()`; `what` is said if it takes longer than anything may."""
        until = time.monotonic() + PATIENCE
        while not true():
            if self.told.failures or time.monotonic() > until:
                message = f"{what}: not in time; {self.told.failures[:3]}"
                raise AssertionError(message)
            time.sleep(0.005)

    def wait_for_more(self, number):
        """Until so many further reports were acknowledged."""
        target = self.count + number
        self.wait(lambda: self.count >= target, f"{number} more acknowledged")

    def _send(self):
        line = Line(self.port)
        try:
            while not self.stopping.is_set():
                self._until_acknowledged(line, report_to(self.organisations))
        except Exception as error:  # noqa: BLE001 - a sender that died unseen would make the test pass
            self.told.failures.append(repr(error))
        finally:
            line.close()

    def _until_acknowledged(self, line, body):
        until, tries = time.monotonic() + PATIENCE, 0
        while time.monotonic() < until:
            tries += 1
            try:
                answer = line.post(body)
            except (OSError, http.client.HTTPException):
                line.close()
                with self.lock:
                    self.told.broken += 1
                pause(tries)
                continue
            if answer.status == 201:
                with self.lock:
                    self.told.acknowledged.append(expected_of(body))
                    self.told.retried += tries > 1
                return
            with self.lock:
                self.told.refusals[answer.status, answer.code, str(answer.retry_after).isdecimal()] += 1
            if answer.status not in AGAIN:
                self.told.failures.append(f"answered {answer.status}: {answer.body[:300]!r}")
                return
            pause(tries)
        self.told.failures.append(f"not acknowledged in {tries} tries")
