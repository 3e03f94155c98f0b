"""How the shipped nginx speaks TLS, and whom it leads there from plain HTTP."""

import http.client
import socket
import ssl

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("method", "path", "accept", "status"),
    [
        ("GET", "/en/report?x=1", "text/html,application/xhtml+xml", 301),
        ("HEAD", "/", "*/*", 301),
        ("GET", "/.well-known/security.txt", "*/*", 301),
        ("GET", "/api/v1/directory", "*/*", 403),
        ("GET", "/en/api/v1/directory", "text/html", 403),
        ("GET", "/code.json", "*/*", 403),
        ("GET", "/healthz", "*/*", 403),
        ("GET", "/metrics", "*/*", 403),
        ("GET", "/session", "application/json", 403),
        ("POST", "/report", "*/*", 403),
        ("POST", "/report/plain/send", "text/html", 403),
    ],
)
def test_plain_http_leads_on_those_who_read_pages_and_refuses_programs(front, method, path, accept, status):
    connection = http.client.HTTPConnection("127.0.0.1", front.plain_port, timeout=20)
    connection.request(method, path, b"{}" if method == "POST" else None, {"Accept": accept})
    answer = connection.getresponse()
    there = answer.getheader("Location")
    connection.close()
    assert (answer.status, there) == (status, f"https://localhost{path}" if status == 301 else None)


def agreed(front, ciphers, **versions):
    """What a client that has only these, in its own order, agrees on with nginx."""
    context = front.context()
    context.minimum_version = versions.get("least", ssl.TLSVersion.TLSv1_2)
    context.maximum_version = versions.get("most", ssl.TLSVersion.TLSv1_2)
    if ciphers:
        context.set_ciphers(ciphers)
    with (
        socket.create_connection(("127.0.0.1", front.port), timeout=10) as raw,
        context.wrap_socket(raw, server_hostname="localhost") as agreed_on,
    ):
        return agreed_on.cipher()[0]


def test_the_strongest_cipher_is_taken_whatever_a_client_prefers(front):
    weakest_first = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384"
    assert agreed(front, weakest_first) == "ECDHE-ECDSA-AES256-GCM-SHA384"
    without_a_circuit = "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384"
    assert agreed(front, without_a_circuit) == "ECDHE-ECDSA-CHACHA20-POLY1305"
    newest = agreed(front, "", least=ssl.TLSVersion.TLSv1_3, most=ssl.TLSVersion.TLSv1_3)
    assert newest == "TLS_AES_256_GCM_SHA384"


@pytest.mark.parametrize(
    ("ciphers", "version"),
    [
        ("ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA", ssl.TLSVersion.TLSv1_2),
        ("AES128-GCM-SHA256:AES256-GCM-SHA384:DHE-RSA-AES256-GCM-SHA384", ssl.TLSVersion.TLSv1_2),
        ("ALL:@SECLEVEL=0", ssl.TLSVersion.TLSv1_1),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_nothing_old_or_without_forward_secrecy_is_agreed_on(front, ciphers, version):
    with pytest.raises(ssl.SSLError, match="ALERT"):
        agreed(front, ciphers, least=version, most=version)
