"""nginx as deploy/ ships it, before a live portal: only names, ports and directories are others.

    with LivePortal(directory, trusted_proxies="1") as portal, Front(directory / "front", portal) as front:
        front.url          # https://localhost:…, through TLS and HTTP/2
        front.onion_url    # http://127.0.0.1:…, where Tor would come from

`front.certificate` is what a client has to trust (`front.context()` does); `front.spools()` tells whether anything was
written to nginx's temporary directories since the start. Other tests import the `front` fixture.
"""

import ipaddress
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.browser.live_portal import ROOT, LivePortal, die_with_parent, free_port

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "/usr/sbin/nginx"
SHIPPED = ROOT / "deploy" / "nginx"
STARTS_WITHIN = 20
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def make_certificate(directory, *names):
    """A certificate for these names that vouches for itself, in `fullchain.pem` and `privkey.pem`."""
    directory.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = datetime.now(UTC)
    alternatives = [x509.DNSName(one) for one in names] + [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=60))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = directory / "fullchain.pem", directory / "privkey.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    private.chmod(0o600)
    return chain, private


def replaced(text, changes):
    """The text with each of these replaced; every one has to be there, or the shipped file says something else now."""
    for old, new in changes.items():
        assert old in text, f"{old} is not in the shipped configuration"
        text = text.replace(old, new)
    return text


class Front:
    """The shipped nginx.conf before `portal`; `changes` are further replacements, for tests that plant a fault."""

    def __init__(self, directory, portal, changes=None):
        self.directory = Path(directory)
        self.portal = portal
        self.port, self.plain_port, self.onion_port = free_port(), free_port(), free_port()
        self.url = f"https://localhost:{self.port}"
        self.onion_url = f"http://127.0.0.1:{self.onion_port}"
        self.plain_url = f"http://127.0.0.1:{self.plain_port}"
        self.error_log = self.directory / "error.log"
        self.configuration = self.directory / "nginx.conf"
        self.process = None
        for name in ("body", "cache", "acme"):
            (self.directory / name).mkdir(parents=True, exist_ok=True)
        self.certificate, _key = make_certificate(self.directory / "tls", "localhost")
        self._write(changes or {})

    def _write(self, changes):
        here = self.directory
        locations = here / "locations.conf"
        locations.write_text(replaced((SHIPPED / "locations.conf").read_text(), {"/opt/onestop": str(ROOT)}))
        own = str(SHIPPED / "own_answers.conf")
        temporary = "".join(f"    {name}_temp_path {here}/temporary/{name};\n" for name in TEMPORARY)
        (here / "temporary").mkdir(exist_ok=True)
        shipped = replaced(
            (SHIPPED / "nginx.conf").read_text(),
            {
                "user www-data;\n": "user root;\n" if os.getuid() == 0 else "",
                "worker_processes auto;": "worker_processes 1;\ndaemon off;",
                "pid /run/nginx.pid;": f"pid {here}/nginx.pid;",
                "/var/log/nginx/error.log": str(self.error_log),
                "http {\n": f"http {{\n{temporary}",
                "/run/onestop-static": f"{here}/cache",
                "server unix:/run/onestop.sock;": f"server 127.0.0.1:{self.portal.port};",
                "        listen [::]:80 default_server;\n": "",
                "        listen [::]:443 ssl http2 default_server;\n": "",
                "        listen [::]:443 ssl http2;\n": "",
                "listen 80 ": f"listen 127.0.0.1:{self.plain_port} ",
                "listen 443 ": f"listen 127.0.0.1:{self.port} ",
                "listen 127.0.0.1:8081;": f"listen 127.0.0.1:{self.onion_port};",
                "/etc/onestop/tls": f"{here}/tls",
                "/var/www/onestop-acme": f"{here}/acme",
                "/opt/onestop/deploy/nginx/locations.conf": str(locations),
                "/opt/onestop/deploy/nginx/own_answers.conf": own,
                "portal.example": "localhost",
            },
        )
        self.configuration.write_text(replaced(shipped, changes))

    def command(self, *arguments):
        return [NGINX, "-p", str(self.directory), "-c", str(self.configuration), "-e", str(self.error_log), *arguments]

    def check(self):
        """What `nginx -t` says of the configuration; it fails the test where nginx refuses it."""
        ran = subprocess.run(self.command("-t"), capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stderr

    def start(self):
        with (self.directory / "stderr.log").open("ab") as errors:
            self.process = subprocess.Popen(
                self.command(),
                stdout=subprocess.DEVNULL,
                stderr=errors,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, which takes no lock
            )
        until = time.monotonic() + STARTS_WITHIN
        for port in (self.port, self.plain_port, self.onion_port):
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=5).close()
                    break
                except OSError:
                    assert self.process.poll() is None, (self.directory / "stderr.log").read_text()
                    assert time.monotonic() < until, "nginx did not start"
                    time.sleep(0.05)
        self.times = self._times()
        return self

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _times(self):
        places = sorted(path for path in (self.directory / "temporary").rglob("*") if path.is_dir())
        return {path: path.stat().st_mtime_ns for path in places}

    def spools(self):
        """Whether a file was ever made in nginx's temporary directories: their times tell even of one that is gone."""
        assert len(self.times) >= len(TEMPORARY)
        return self._times() != self.times

    def logs(self):
        """All that nginx wrote down."""
        return self.error_log.read_text() + (self.directory / "stderr.log").read_text()

    def context(self):
        """For clients that trust this front and no other."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    """A demo portal of the module's own behind the shipped nginx; `front.portal` is the LivePortal."""
    directory = tmp_path_factory.mktemp("front")
    with LivePortal(directory / "portal", trusted_proxies="1") as portal, Front(directory / "nginx", portal) as running:
        yield running
