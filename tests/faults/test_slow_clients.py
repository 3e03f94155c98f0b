"""Many connections that send a byte now and then, or read so slowly: each holds what a person would need (slowloris).

Before the shipped nginx this costs the portal nothing. Without it, a handful is enough: gunicorn must not be reached
directly, and the second test shows why.
"""

import http.client
import select
import socket
import threading
from contextlib import contextmanager

import pytest

from tests.deploy.front import Front
from tests.faults.faulty import PATIENCE, TAKEN, Answer, FaultyPortal, report_id_of

pytestmark = pytest.mark.slow
EACH_KIND = 60
HONEST = 10
THREADS = 8
HEAD = b"GET /report HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BODY = (
    b"POST /report HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Sec-Fetch-Site: same-origin\r\nContent-Length: 100000\r\n\r\n{"
)
READING = b"GET /report HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20


class Slow:
    """Connections from 127.0.0.2 that each get a byte a second; those that read slowly never read at all."""

    def __init__(self, connect, **kinds):
        self.connect, self.kinds = connect, kinds
        self.held, self.over = [], threading.Event()
        self.thread = threading.Thread(target=self._drip)

    def __enter__(self):
        for start, number in self.kinds.values():
            for _one in range(number):
                connection = self.connect()
                connection.sendall(start)
                self.held.append((connection, start))
        self.thread.start()
        return self

    def _drip(self):
        while not self.over.wait(1):
            for connection, start in self.held:
                if start != READING:
                    try:
                        connection.send(b"1")
                    except OSError:
                        continue  # the front has had enough of it

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        for connection, _start in self.held:
            connection.close()


def plain(port):
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.bind(("127.0.0.2", 0))
    connection.settimeout(PATIENCE)
    connection.connect(("127.0.0.1", port))
    return connection


def through(front):
    return front.context().wrap_socket(plain(front.port), server_hostname="localhost")


def report_through(front, body):
    connection = http.client.HTTPSConnection("localhost", front.port, context=front.context(), timeout=PATIENCE)
    try:
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
        connection.request("POST", "/report", body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def test_slow_clients_before_the_front_keep_nobody_from_reporting(tmp_path):
    """One worker with eight threads; twenty times as many slow clients."""
    with (
        FaultyPortal(tmp_path / "portal", workers=1, trusted_proxies="1") as portal,
        Front(tmp_path / "front", portal) as front,
    ):
        kinds = {"head": (HEAD, EACH_KIND), "body": (BODY, EACH_KIND), "reading": (READING, EACH_KIND)}
        bodies = [portal.new_report() for _number in range(HONEST)]
        with Slow(lambda: through(front), **kinds):
            assert [report_through(front, body).status for body in bodies] == [TAKEN] * HONEST
            # The portal itself never hears of them: a page comes at once on the only worker.
            assert portal.ask("GET", "/report").status == 200
        kept, _messages = portal.kept()
        assert set(map(report_id_of, bodies)) < set(kept)
        assert not front.spools()
        assert "127.0.0.2" not in front.logs() + portal.said()


@contextmanager
def asking(portal):
    """A page that was asked for and may not have come yet."""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=PATIENCE) as connection:
        connection.sendall(b"GET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        yield connection


def comes_within(connection, seconds):
    return bool(select.select([connection], [], [], seconds)[0])


def test_without_a_front_a_handful_of_slow_clients_takes_every_thread_and_it_ends_with_them(tmp_path):
    """What is said in docs/operations.md of gunicorn without nginx; and that the first test could fail."""
    with FaultyPortal(tmp_path / "portal", workers=1) as portal:
        with Slow(lambda: plain(portal.port), body=(BODY, THREADS)), asking(portal) as connection:
            assert not comes_within(connection, 3)
        with asking(portal) as connection:
            assert comes_within(connection, PATIENCE)
        body = portal.new_report()
        assert portal.report(body).status == TAKEN
