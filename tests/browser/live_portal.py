"""A whole demo portal, served by gunicorn as `make run` serves it, in a directory of its own."""

import ctypes
import functools
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from app.db import engine_for, migrate
from app.domain.deadline import day_of
from app.limits import BUDGETS, PROVABLE
from tests.sharing import ASSETS

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60
DEMO_FROM = ("app/**/*", "migrations/**/*", "config.py", "wsgi.py")
PR_SET_PDEATHSIG = 1
# Settings for a story that comes from one address, and faster than people write.
ROOM = {f"limit_{one}_{whose}": "100000 per minute" for one in BUDGETS for whose in ("all", "each")}
ROOM |= {f"limit_{one}_proved": "100000 per minute" for one in PROVABLE}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def die_with_parent():
    """Linux ends the portal when the test run ends, however that ended."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@functools.cache
def kept_demo():
    """The directory of today's demo of exactly this portal, which need not be there: to make one takes many seconds."""
    told = hashlib.sha256(day_of(datetime.now(UTC)).isoformat().encode())
    for file in sorted(one for place in DEMO_FROM for one in ROOT.glob(place)):
        if file.is_file() and file.suffix not in {".pyc", ".mo"}:
            told.update(b"\0".join((str(file.relative_to(ROOT)).encode(), hashlib.sha256(file.read_bytes()).digest())))
    return ROOT / ".make" / "demos" / told.hexdigest()[:32]


class LivePortal:
    """`url`, `accounts` (as in demo-accounts.json), `database` and `log` (paths), `pids()` of its processes."""

    application = ()  # for tests that put something around the portal's own

    def __init__(self, directory, workers=2, *, demo=True, **settings):
        self.directory = Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.database = self.directory / "onestop.db"
        self.databases = self.database, self.database.with_suffix(".shred.db")
        self.log = self.directory / "portal.log"
        self.accounts_file = self.directory / "demo-accounts.json"
        self.workers = workers
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.process = None
        self.environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith("ONESTOP_")},
            "ONESTOP_SECRET_KEY": secrets.token_hex(32),
            "ONESTOP_DATABASE_URL": f"sqlite:///{self.database}",
            "ONESTOP_ASSET_CACHE": str(ASSETS),
            "PORT": str(self.port),
            "WORKERS": str(workers),
            **{f"ONESTOP_{name.upper()}": text for name, text in settings.items()},
        }
        if not demo:
            self._make_schema()
        elif "database_url" in settings:
            self._make_demo()
        else:
            self._copy_demo(kept_demo())

    def _make_schema(self):
        """What `flask migrate` does; here, since a program of its own takes seconds to load the portal."""
        engine = self.new_engine()
        migrate(engine)
        engine.dispose()

    def new_engine(self):
        """An engine for the portal's database, with its store of shred keys."""
        settings = self.environment
        return engine_for(settings["ONESTOP_DATABASE_URL"], shred_url=settings.get("ONESTOP_SHRED_URL", ""))

    def _make_demo(self):
        self._make_schema()
        self.flask("demo", "--accounts", str(self.accounts_file))

    def _copy_demo(self, kept):
        """Fill the portal with the demo that is kept, and keep one if there is none."""
        if kept.exists():
            for file in (*self.databases, self.accounts_file):
                shutil.copy(kept / file.name, file)
            return
        self._make_demo()
        for other in kept.parent.glob("*"):
            if other.stem != kept.name:  # of another day, or of another portal
                shutil.rmtree(other, ignore_errors=True)
        (making := kept.with_suffix(f".{os.getpid()}")).mkdir(parents=True)
        for file in self.databases:
            with closing(sqlite3.connect(file)) as database:
                (making / file.name).write_bytes(database.serialize())
        shutil.copy(self.accounts_file, making)
        with suppress(OSError):  # somebody else was as quick: theirs is as good
            making.rename(kept)

    @property
    def accounts(self):
        return json.loads(self.accounts_file.read_text(encoding="utf-8"))

    def account(self, kind, role="caseworker"):
        """The first account of that kind of organisation and role."""
        return next(one for one in self.accounts if one["kind"] == kind and one["role"] == role)

    def flask(self, *arguments):
        """Run a command of the portal; its output is the answer, its failure is the test's."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        ran = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if ran.returncode:
            message = f"flask {' '.join(arguments)} failed:\n{ran.stdout}\n{ran.stderr}"
            raise RuntimeError(message)
        return ran.stdout

    def launch(self):
        """Start the processes, and wait for nothing."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", *self.application]
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, which takes no lock
            )

    def start(self):
        self.launch()
        until = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                message = f"the portal did not start:\n{self.log.read_text(encoding='utf-8')[-4000:]}"
                raise RuntimeError(message)
            time.sleep(0.1)
        return self

    def answers(self):
        """Say whether all workers are there and one of them answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                return len(self.pids()) > self.workers
        except OSError:
            return False

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def pids(self):
        """The master and its workers."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
        return [master, *map(int, children)]

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
