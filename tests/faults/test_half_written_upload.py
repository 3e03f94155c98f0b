"""A connection breaks in the middle of what it sends."""

import socket

import pytest

from tests.faults.faulty import PATIENCE, TAKEN, FaultyPortal, report_id_of, says_nothing_of
from tests.making import body_of

THREADS = 8


def head(portal, length):
    return (
        f"POST /report HTTP/1.1\r\nHost: localhost:{portal.port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def send_and_stop(portal, sent):
    """Say that nothing more will come, and give what is answered."""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=PATIENCE) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


@pytest.mark.slow
def test_half_a_report_is_none_and_holds_no_thread(tmp_path):
    with FaultyPortal(tmp_path / "portal", workers=1) as portal:
        before = portal.kept()
        body = portal.new_report()
        for _time in range(2 * THREADS):
            answer = send_and_stop(portal, head(portal, len(body)) + body[: len(body) // 2])
            assert not answer.startswith(b"HTTP/1.1 2")
        # A whole report, of which more was announced than comes.
        assert not send_and_stop(portal, head(portal, len(body) + 1000) + body).startswith(b"HTTP/1.1 2")
        # Gone without a word, in the middle of the head and of the body.
        for sent in (head(portal, len(body))[:40], head(portal, len(body)) + body[:-1]):
            with portal.half_open(2 * THREADS, sent):
                pass
        assert portal.kept() == before
        # More of them than there are threads: if each had kept one, nobody would answer.
        assert portal.report(body).status == TAKEN
        kept, _messages = portal.kept()
        assert set(kept) - set(before[0]) == {report_id_of(body)}
        assert says_nothing_of(portal, body)
        assert "fault" not in portal.said()


def test_a_body_shorter_than_announced_is_refused_even_where_it_would_do(client, make, session):
    body = body_of(make.organisation())
    session.rollback()
    for announced, status in ((len(body) + 1, 400), (len(body), 201)):
        # gunicorn ends the stream by itself, so that Werkzeug does not count.
        environ = {"wsgi.input_terminated": True, "CONTENT_LENGTH": str(announced)}
        answer = client.post("/report", data=body, content_type="application/json", environ_overrides=environ)
        assert answer.status_code == status, answer.text
