"""What the server does for its money: a page, and whole journeys."""

import hashlib
import json
import secrets

from app.domain.wire import b64u_encode
from tests.bench.load import Connection, Hello, drive

PAGES, JOURNEYS, WARM_UP = 400, 200, 40
LETTER = 4096 + 1136
OWN = 4096 + 28


def expect(answer, status):
    if answer[0] != status:
        message = f"answered {answer[0]}, not {status}: {answer[1][:300]!r}"
        raise AssertionError(message)
    return answer[1]


def page_rows(portal):
    def page(connection, _number):
        expect(connection.ask("GET", "/report"), 200)

    def hello_page(connection, _number):
        expect(connection.ask("GET", "/"), 200)

    drive(portal.port, portal.pids(), WARM_UP, page)
    ours = drive(portal.port, portal.pids(), PAGES, page)
    with Hello() as hello:
        drive(hello.port, hello.pids(), WARM_UP, hello_page)
        theirs = drive(hello.port, hello.pids(), PAGES * 5, hello_page)
    return [
        row(
            "GET /report",
            ours.rate,
            "1/s",
            f"Flask hello-world {theirs.rate:.0f}/s",
            ours.rate / theirs.rate,
            ">=",
            0.1,
        ),
        row(
            "GET /report, server CPU",
            ours.cpu_ms,
            "ms",
            f"Flask hello-world {theirs.cpu_ms:.2f} ms",
            ours.cpu_ms / theirs.cpu_ms,
            "<=",
            8,
        ),
    ], theirs


def journey_rows(portal, hello):
    """Page, directory, submit, follow-up. Envelopes are random bytes of the right length: the server opens none."""
    connection = Connection(portal.port)
    directory = json.loads(expect(plain(connection, "/api/v1/directory"), 200))
    connection.close()
    chosen = [one for one in directory["organisations"] if one["slug"] in {"demo-centre", "demo-commission"}]
    prepared = [submission(chosen) for _number in range(JOURNEYS + WARM_UP)]

    def journey(connection, number):
        body, follow_up = prepared.pop()
        expect(connection.ask("GET", "/report"), 200)
        expect(connection.ask("GET", "/api/v1/directory"), 200)
        expect(connection.ask("POST", "/report", body), 201)
        expect(connection.ask("POST", "/follow-up", follow_up), 200)

    drive(portal.port, portal.pids(), WARM_UP, journey)
    measured = drive(portal.port, portal.pids(), JOURNEYS, journey)
    against = f"Flask hello-world x4 {hello.cpu_ms * 4:.2f} ms"
    return [
        row(
            "journeys (page, directory, submit, follow-up)",
            measured.rate,
            "1/s",
            "own goal",
            measured.rate / 20,
            ">=",
            1,
        ),
        row("journey, server CPU", measured.cpu_ms, "ms", against, measured.cpu_ms / (hello.cpu_ms * 4), "<=", 10),
    ]


def plain(connection, path):
    """Ask without compression."""
    connection.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{connection.port}\r\n\r\n".encode())
    status, length = int(connection.file.readline().split()[1]), 0
    while (line := connection.file.readline()) not in {b"\r\n", b""}:
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return status, connection.file.read(length)


def submission(chosen):
    token = secrets.token_bytes(32)
    envelopes = [
        {
            "organisation": one["slug"],
            "kid": one["kid"],
            "sealed": b64u_encode(secrets.token_bytes(LETTER)),
            "leaf": b64u_encode(secrets.token_bytes(32)),
        }
        for one in chosen
    ]
    body = {
        "v": 1,
        "report_id": b64u_encode(secrets.token_bytes(16)),
        "lookup": b64u_encode(hashlib.sha256(token).digest()),
        "urgent": False,
        "sealed_by": "client",
        "own": b64u_encode(secrets.token_bytes(OWN)),
        "envelopes": envelopes,
    }
    return json.dumps(body).encode(), json.dumps({"token": b64u_encode(token)}).encode()


def row(name, value, unit, against, ratio, relation, goal):
    met = ratio >= goal if relation == ">=" else ratio <= goal
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "against": against,
        "ratio": round(ratio, 3),
        "goal": f"ratio {relation} {goal}",
        "met": bool(met),
    }
