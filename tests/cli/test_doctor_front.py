"""What the doctor sees from outside, and that it sees each fault of whatever stands in front."""

import http.server
import ssl
import threading

import pytest

from app.cli import doctor_front
from app.headers import ALWAYS, NO_STORE, STRICT_TRANSPORT
from tests.cli.examining import examine, in_order, place, verdict
from tests.databases import copy_database
from tests.deploy.front import make_certificate

__all__ = ["examine", "in_order", "place"]
STYLE = "/static/0123456789abcdef/css/onestop.css"


@pytest.fixture
def database_url(sqlite_file, tmp_path):
    copy_database(sqlite_file, tmp_path / "onestop.db")
    return f"sqlite:///{tmp_path / 'onestop.db'}"


class Served:
    """A stand-in for whatever is in front: `headers`, `pages` and `statuses` are what a test changes."""

    def __init__(self, directory_json):
        self.headers = dict(
            (*ALWAYS, NO_STORE, ("Strict-Transport-Security", STRICT_TRANSPORT["subdomains"]), ("Server", "nginx"))
        )
        self.statuses = {}
        self.static = {"Cache-Control": "public, immutable", "Content-Encoding": "br"}
        page = f'<link href="{STYLE}">'.encode()
        self.pages = {"/": page, "/privacy": page, "/api/v1/directory": directory_json, STYLE: b"css"}


@pytest.fixture
def served(app, in_order, tmp_path, monkeypatch):
    """A server behind TLS with a certificate that this process trusts."""
    what = Served(app.test_client().get("/api/v1/directory").data)

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response_only(what.statuses.get(self.path, 200))
            for name, text in (what.headers | (what.static if self.path == STYLE else {})).items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(what.pages[self.path])

        def log_message(self, *_words):
            pass

    chain, key = make_certificate(tmp_path / "tls", "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    what.url = f"https://localhost:{server.server_port}"
    yield what
    server.shutdown()
    server.server_close()


def test_a_front_in_order(examine, served):
    code, lines = examine("--url", f"{served.url}/")
    assert code == 0, lines
    assert {verdict(lines[name]) for name in ("headers", "static", "address")} == {"ok"}


@pytest.mark.parametrize(
    ("header", "text", "said"),
    [
        ("Content-Security-Policy", "default-src *", "Content-Security-Policy"),
        ("Cache-Control", "public", "may be stored"),
        ("Server", "nginx/1.22.1", "server_tokens off"),
        ("Strict-Transport-Security", "max-age=0", "ONESTOP_TRUSTED_PROXIES"),
    ],
)
def test_headers_that_something_in_front_changed(examine, served, header, text, said):
    served.headers[header] = text
    code, lines = examine("--url", served.url)
    assert (code, verdict(lines["headers"])) == (1, "wrong")
    assert said in lines["headers"]


def test_a_redirect_is_not_followed(examine, served):
    served.statuses["/"] = 302
    served.headers["Location"] = "https://elsewhere.example/"
    assert "answers 302" in examine("--url", served.url)[1]["headers"]


def test_a_certificate_that_ends_soon(examine, served, monkeypatch):
    monkeypatch.setattr("app.cli.doctor_front.CERTIFICATE_DAYS", 90)
    assert "certbot renew" in examine("--url", served.url)[1]["headers"]


def test_a_certificate_that_browsers_do_not_trust(examine, served, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "will not trust" in examine("--url", served.url)[1]["headers"]


@pytest.mark.parametrize(
    ("headers", "said"),
    [({"Cache-Control": "no-store"}, "wrong"), (None, "note")],
)
def test_static_files_that_are_not_served_as_they_should_be(examine, served, headers, said):
    if headers is None:
        del served.static["Content-Encoding"]
    else:
        served.static |= headers
    assert verdict(examine("--url", served.url)[1]["static"]) == said


def test_a_page_without_static_files(examine, served):
    served.pages["/privacy"] = b"another page"
    assert verdict(examine("--url", served.url)[1]["static"]) == "wrong"


@pytest.mark.parametrize("said", [b"{}", b"no JSON", b'{"portal_id": "another"}', b"[]"])
def test_another_portal_at_that_address(examine, served, said):
    served.pages["/api/v1/directory"] = said
    code, lines = examine("--url", served.url)
    assert (code, "another portal" in lines["address"]) == (1, True)


@pytest.mark.parametrize("url", ["https://localhost:1", "ftp://localhost", "https://localhost/deeper", "localhost"])
def test_an_address_where_nothing_answers(examine, in_order, url):
    code, lines = examine("--url", url)
    assert code == 1
    assert {verdict(lines[name]) for name in ("headers", "static", "address")} == {"wrong"}


def test_an_onion_service_has_no_tls(examine, served, monkeypatch):
    fetch = doctor_front._fetch
    monkeypatch.setattr(doctor_front, "_fetch", lambda url, *rest: fetch(url.replace("http:", "https:"), *rest))
    assert verdict(examine("--url", served.url.replace("https:", "http:"))[1]["headers"]) == "note"
