"""How gunicorn serves the portal: `gunicorn --config deploy/gunicorn.conf.py`; so do `make run`, tests and bench.

PORT and HOST override the address; BIND replaces both (`unix:/run/onestop.sock`); a socket that systemd passes comes
before all of them. No access log: it would hold addresses and exact times of people who report.
"""

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.http.wsgi import Response
from gunicorn.workers.base import Worker

# Who reports without scripts has her words in a worker's memory for the time of a request. After that app.server_worker
# lets go of them, and glibc overwrites what is freed, if every object of Python's is glibc's and none is set aside for
# the next. Both are read before anything runs, so the master begins once more.
# One arena for all threads, which take turns anyway, and up to four MiB kept for the next request instead of given back
# and asked for anew: wiping then costs a tenth less of a report, and no memory.
GLIBC = {"tcache_count": 0, "perturb": 85, "arena_max": 1, "trim_threshold": 4 << 20, "mmap_threshold": 1 << 20}
WIPED = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": ":".join(f"glibc.malloc.{name}={number}" for name, number in GLIBC.items()),
}
if "gunicorn" in Path(sys.argv[0]).parts[-2:] and not WIPED.items() <= os.environ.items():
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | WIPED)  # noqa: S606 - ourselves

wsgi_app = "wsgi:application"
bind = os.environ.get("BIND") or f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

worker_class = "app.server_worker.PatientWorker"  # gthread, which survives running out of files
workers = int(os.environ.get("WORKERS", "2"))
threads = 8
preload_app = True  # one copy of the code in memory; nothing is connected before the fork
timeout = 60
graceful_timeout = 20
keepalive = 15

accesslog = None
logger_class = "app.server_log.ServerLog"
loglevel = "warning"
control_socket_disable = True
# The heartbeat file must not sit on a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# The workers' figures for /metrics lie here, one set of files each; they hold numbers only.
figures = tempfile.mkdtemp(prefix=f"onestop-figures-{os.getpid()}-", dir=worker_tmp_dir)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures
# Only the application decides whom it trusts as a proxy (ONESTOP_TRUSTED_PROXIES).
forwarded_allow_ips = ""
forwarder_headers = ""  # nobody names another path: what comes through a Unix socket counts as a proxy here

# A report is at most 4 MiB and its headers are few.
limit_request_line = 2048
limit_request_fields = 64
limit_request_field_size = 8190

# What software runs here is nobody's business.
_default_headers = Response.default_headers
Response.default_headers = lambda answer: [line for line in _default_headers(answer) if not line.startswith("Server:")]


def post_fork(_server: Arbiter, worker: Worker) -> None:
    """Connect. What was loaded before is never garbage: looking for it after a form takes no time."""
    from app import db  # noqa: PLC0415 - not before the directory of figures is named

    gc.freeze()
    if worker.app.app_uri == wsgi_app:
        db.open_early(worker.app.wsgi())


def child_exit(_server: Arbiter, worker: Worker) -> None:
    """Keep a worker's counts when it has gone, and drop what only held while it lived."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - not before the directory is named

    mark_process_dead(worker.pid)


def on_starting(server: Arbiter) -> None:
    """Refuse to serve without the keys that the database relies on; clear away what killed masters left in memory."""
    from app import db  # noqa: PLC0415 - not before the directory of figures is named
    from config import Settings  # noqa: PLC0415 - likewise

    refusal = db.refusal(Settings.from_env(os.environ)) if server.app.app_uri == wsgi_app else ""
    if refusal:
        shutil.rmtree(figures, ignore_errors=True)
        sys.exit(f"the portal does not start: {refusal}")
    for left in Path(figures).parent.glob("onestop-figures-*-*"):
        try:
            os.kill(int(left.name.split("-")[2]), 0)
        except ProcessLookupError:
            shutil.rmtree(left, ignore_errors=True)
        except (PermissionError, ValueError):
            continue  # somebody else's


def on_exit(_server: Arbiter) -> None:
    """Leave nothing behind."""
    shutil.rmtree(figures, ignore_errors=True)
