"""Requests over kept-alive connections, as fast as they are answered; and what a server's processes spent on them."""

import os
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

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

    def ask(self, method, path, body=b"", **headers):
        """Send one request and read its whole answer; give status and body. `headers` with _ for -."""
        asked = {"Accept_Encoding": "br", "Accept": "*/*", "Sec_Fetch_Site": "same-origin"} | headers
        if method != "GET":
            asked = {"Content_Type": "application/json"} | asked | {"Content_Length": len(body)}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in asked.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n{lines}\r\n"
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


def expect(answer, status):
    if answer[0] != status:
        message = f"answered {answer[0]}, not {status}: {answer[1][:300]!r}"
        raise AssertionError(message)
    return answer[1]


def cpu_seconds(pids):
    """What these processes have used, in user and kernel mode."""
    used = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICKS


class Client(threading.Thread):
    """One of several clients at once: plays the numbers that it gets until there are none left."""

    def __init__(self, port, numbers, begin, one_round):
        super().__init__()
        self.connection, self.numbers, self.begin, self.one_round = Connection(port), numbers, begin, one_round
        self.failure = None

    def run(self):
        self.begin.wait()
        try:
            for number in self.numbers:
                self.one_round(self.connection, number)
        except (AssertionError, OSError, ValueError, IndexError) as error:
            self.failure = error
        finally:
            self.connection.close()


def drive(server, rounds, one_round, clients=4):
    """Play rounds with some clients at once; `one_round(connection, number)` raises where an answer is wrong."""
    begin, numbers = (
        threading.Event(),
        iter(range(rounds)),
    )  # a range's iterator is handed out under the interpreter lock
    threads = [Client(server.port, numbers, begin, one_round) for _client in range(clients)]
    for thread in threads:
        thread.start()
    before, began = cpu_seconds(server.pids()), time.monotonic()
    begin.set()
    for thread in threads:
        thread.join()
    measured = Measured(rounds, time.monotonic() - began, cpu_seconds(server.pids()) - before)
    for thread in threads:
        if thread.failure is not None:
            raise thread.failure
    return measured
