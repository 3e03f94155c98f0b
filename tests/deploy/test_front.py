"""What the shipped nginx does with what comes: bodies, slow clients, large answers, a portal that is away."""

import http.client
import json
import re
import secrets
import socket
import ssl
import subprocess
import urllib.request

import pytest

from app.access import REPORT_BODY
from app.headers import ALWAYS, OF_A_FILE, STRICT_TRANSPORT
from app.routes.plain_report import PLAIN_BODY
from tests.browser.live_portal import LivePortal
from tests.deploy.front import Front

pytestmark = pytest.mark.slow
ADDRESS = re.compile(r"\b127\.0\.0\.\d+\b|client:|\[::1\]")
LARGEST = REPORT_BODY - 1


def ask(front, method, path, body=None, headers=None):
    """One request through TLS; gives status, headers by their small names, and body."""
    connection = http.client.HTTPSConnection("localhost", front.port, context=front.context(), timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def curl(front, *arguments):
    command = ["curl", "--silent", "--show-error", "--cacert", str(front.certificate), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def large_report(front, size=LARGEST):
    """Ends up refused, since nothing in it is a letter; but only after all of it was read."""
    body = json.dumps({"v": 1, "stuffing": secrets.token_hex(size // 2 - 100)}).encode()
    return ask(front, "POST", "/report", body, {"Content-Type": "application/json", "Accept": "application/json"})


def start_of(front, path, length):
    """A request whose body never comes."""
    raw = socket.create_connection(("127.0.0.1", front.port), timeout=30)
    wrapped = front.context().wrap_socket(raw, server_hostname="localhost")
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    wrapped.sendall(head.encode() + b"\r\n{")
    return wrapped


def asset(front):
    page = ask(front, "GET", "/privacy")[2].decode()
    return re.search(r'"(/static/[0-9a-f]{16}/css/onestop\.css)"', page)[1]


def test_a_form_without_scripts_stays_in_memory_and_is_written_nowhere(front):
    planted = f"canary-{secrets.token_hex(8)}"
    body = f"sentence={planted}&account_note={'%EA%B0%80' * (PLAIN_BODY // 9 - 20)}".encode()
    assert PLAIN_BODY - 300 < len(body) <= PLAIN_BODY
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    status, _headers, page = ask(front, "POST", "/report/plain/check", body, headers)
    assert (status, planted.encode() in page) == (422, True)  # what is wrong is shown beside what was typed
    assert not front.spools()
    written = [path for path in front.directory.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if planted.encode() in path.read_bytes()]


def test_a_page_comes_with_the_headers_of_the_portal_and_names_no_version(front):
    with urllib.request.urlopen(f"{front.portal.url}/", timeout=20) as answer:
        direct = {name.lower(): text for name, text in answer.headers.items()}
    status, headers, _body = ask(front, "GET", "/")
    assert status == 200
    own = {"server", "connection", "date", "strict-transport-security"}
    assert {name: text for name, text in headers.items() if name not in own} == {
        name: text for name, text in direct.items() if name not in own
    }
    assert {name: headers[name.lower()] for name, _text in ALWAYS} == dict(ALWAYS)
    assert headers["strict-transport-security"] == STRICT_TRANSPORT["subdomains"]
    assert headers["server"] == "nginx"


def test_http_2_is_spoken(front):
    ran = curl(front, "--http2", "--output", "/dev/null", "--write-out", "%{http_version} %{http_code}", front.url)
    assert ran.stdout == "2 200", ran.stderr


def test_what_nginx_answers_itself_is_as_closed_and_nothing_is_said_twice(front):
    """The way to HTTPS, what is too large or no request, and a challenge that is not there."""
    too_large = ask(front, "POST", "/report", b"{" * (6 << 20), {"Content-Type": "application/json"})
    answers = [(status, headers) for status, headers, _body in (too_large, ask(front, "GET", "/" + "x" * 9000))]
    for path in ("/help", "/.well-known/acme-challenge/none"):
        connection = http.client.HTTPConnection("127.0.0.1", front.plain_port, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        answers.append((answer.status, {name.lower(): text for name, text in answer.getheaders()}))
        connection.close()
    assert [status for status, _headers in answers] == [413, 414, 301, 404]
    for _status, headers in answers:
        assert headers["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    for path in ("/", "/nowhere", "/x", asset(front), asset(front)):
        said = curl(front, "--dump-header", "-", "--output", "/dev/null", f"{front.url}{path}").stdout.lower()
        names = [line.partition(":")[0] for line in said.splitlines() if ":" in line]
        assert len(names) == len(set(names)), path
        assert "content-security-policy" in names


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("identity", None)],
)
def test_static_files_go_out_compressed_ahead(front, accepted, sent):
    path = asset(front)
    direct = urllib.request.Request(f"{front.portal.url}{path}", headers={"Accept-Encoding": accepted})
    with urllib.request.urlopen(direct, timeout=20) as answer:
        ahead, expected = answer.headers.get("Content-Encoding"), answer.read()
    for _first_from_the_portal_then_from_memory in range(2):
        status, headers, body = ask(front, "GET", path, headers={"Accept-Encoding": accepted})
        assert (status, headers.get("content-encoding"), body) == (200, sent, expected)
        assert ahead == sent
        assert "immutable" in headers["cache-control"]
        assert headers["vary"] == "Accept-Encoding"
        assert {name: headers[name.lower()] for name, _text in OF_A_FILE} == dict(OF_A_FILE)


def test_static_files_need_the_portal_only_once_and_a_portal_that_is_away_is_told_of(tmp_path):
    settings = {"trusted_proxies": "1", "limit_page_each": "6 per day"}
    portal = LivePortal(tmp_path / "portal", workers=1, demo=False, **settings)
    with portal, Front(tmp_path / "nginx", portal) as front:
        path = asset(front)
        first = ask(front, "GET", path)
        asked = [ask(front, "GET", "/", headers={"X-Forwarded-For": f"203.0.113.{number}"})[0] for number in range(8)]
        # What a client says of its own address is not believed: all of these are one.
        assert (asked[0], asked[-1]) == (200, 429)
        portal.stop()
        assert ask(front, "GET", path)[2] == first[2]
        status, headers, page = ask(front, "GET", "/")
        assert (status, headers["retry-after"], headers["cache-control"]) == (502, "5", "no-store")
        assert "1366" in page.decode()
        assert "script" not in page.decode()
        assert front.spools() is False
        assert not ADDRESS.search(front.logs())


def test_the_largest_body_never_touches_the_disk(front):
    assert large_report(front)[0] == 400
    assert front.spools() is False


def test_a_body_on_the_disk_would_be_seen(tmp_path, front):
    buffers = {"client_body_buffer_size 4608k;": "client_body_buffer_size 16k;"}
    with Front(tmp_path, front.portal, buffers) as leaky:
        assert large_report(leaky)[0] == 400
        assert leaky.spools() is True


def test_a_body_that_is_too_large_is_refused_before_it_is_read(front):
    status, headers, _body = ask(front, "POST", "/report", b"{" * (6 << 20), {"Content-Type": "application/json"})
    assert status == 413
    assert headers["server"] == "nginx"
    assert front.spools() is False


def test_bodies_that_never_come_hold_no_thread_of_the_portal(front):
    """More of them than the portal has threads, and the next page comes all the same."""
    threads = 2 * 8
    held = [start_of(front, "/report", 4000) for _number in range(3 * threads)]
    try:
        for _time in range(3):
            assert ask(front, "GET", "/")[0] == 200
        assert large_report(front)[0] == 400
    finally:
        for one in held:
            one.close()


def test_an_answer_that_is_read_slowly_holds_no_thread(front):
    path = asset(front)
    held = []
    for _number in range(40):
        raw = socket.create_connection(("127.0.0.1", front.port), timeout=30)
        wrapped = front.context().wrap_socket(raw, server_hostname="localhost")
        wrapped.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        held.append(wrapped)
    try:
        assert ask(front, "GET", "/")[0] == 200
        assert front.spools() is False
    finally:
        for one in held:
            one.close()


def provoke(front):
    """Whatever makes nginx complain of a client."""
    ask(front, "POST", "/report", b"{" * (5 << 20), {"Content-Type": "application/json"})
    with socket.create_connection(("127.0.0.1", front.port), timeout=10) as raw:
        raw.sendall(b"this is no TLS\r\n\r\n")
        raw.recv(100)
    with pytest.raises(ssl.SSLError), socket.create_connection(("127.0.0.1", front.port), timeout=10) as raw:
        front.context().wrap_socket(raw, server_hostname="elsewhere.example")
    ask(front, "GET", "/" + "x" * 9000)
    with start_of(front, "/report", 4000):
        pass


def test_nothing_in_a_log_says_who_came(front):
    provoke(front)
    assert not ADDRESS.search(front.logs())
    portal_log = front.portal.log.read_text(encoding="utf-8")
    assert not ADDRESS.search(portal_log)


def test_an_address_in_a_log_would_be_seen(tmp_path, front):
    with Front(tmp_path, front.portal, {" emerg;": " info;"}) as talkative:
        provoke(talkative)
        assert ADDRESS.search(talkative.logs())


def test_plain_http_leads_to_https_and_other_names_nowhere(front):
    ran = curl(front, "--output", "/dev/null", "--write-out", "%{http_code} %{redirect_url}", f"{front.plain_url}/help")
    assert ran.stdout == "301 https://localhost/help"
    assert curl(front, "--insecure", front.url.replace("localhost", "127.0.0.1")).returncode == 35
    elsewhere = curl(front, "--header", "Host: elsewhere.example", front.url)
    assert (elsewhere.stdout, elsewhere.returncode != 0) == ("", True)


def test_the_onion_service_gets_the_same_portal_without_tls(front):
    with urllib.request.urlopen(f"{front.onion_url}/", timeout=20) as answer:
        headers = {name.lower(): text for name, text in answer.headers.items()}
        assert answer.status == 200
    assert {name: headers[name.lower()] for name, _text in ALWAYS} == dict(ALWAYS)
    assert "strict-transport-security" not in headers
    assert "onion-location" not in headers
