"""Requests over kept-alive connections, as fast as they are answered; and what a server's processes spent on them."""

import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.browser.live_portal import ROOT, free_port

CLIENTS = 4
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Measured:
    """How many rounds in how many seconds, and the server's CPU-seconds for them."""

    rounds: int
    seconds: float
    cpu: float

    @property
    def rate(self):
        return self.rounds / self.seconds

    @property
    def cpu_ms(self):
        return self.cpu / self.rounds * 1000


class Connection:
    """One browser's connection."""

    def __init__(self, port):
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.file = self.socket.makefile("rb")

    def ask(self, method, path, body=b""):
        """Send one request and read its whole answer; give status and body."""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nAccept-Encoding: br\r\nAccept: */*\r\n"
            f"Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.socket.sendall(head.encode() + body)
        status = int(self.file.readline().split()[1])
        length = 0
        while (line := self.file.readline()) not in {b"\r\n", b""}:
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return status, self.file.read(length)

    def close(self):
        self.file.close()
        self.socket.close()


def cpu_seconds(pids):
    """What these processes have used, in user and kernel mode."""
    used = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICKS


def drive(port, pids, rounds, one_round):
    """Play rounds with a few clients at once; `one_round(connection, number)` raises where an answer is wrong."""
    numbers = iter(range(rounds))
    lock, failures = threading.Lock(), []

    def client():
        connection = Connection(port)
        try:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                one_round(connection, number)
        except (AssertionError, OSError, ValueError, IndexError) as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=client) for _client in range(CLIENTS)]
    before, began = cpu_seconds(pids), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured = Measured(rounds, time.monotonic() - began, cpu_seconds(pids) - before)
    if failures:
        raise failures[0]
    return measured


class Hello:
    """Flask hello-world under the portal's own gunicorn settings."""

    def __enter__(self):
        self.port = free_port()
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "deploy/gunicorn.conf.py",
            "tests.bench.hello:application",
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PORT": str(self.port)})
        for _try in range(200):
            try:
                Connection(self.port).close()
                break
            except OSError:
                time.sleep(0.05)
        return self

    def pids(self):
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
        return [master, *map(int, children)]

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
