"""What a master process has done when its workers are made: nothing is connected and nothing runs."""

import json
import subprocess
import sys

import pytest

from tests.browser.live_portal import ROOT
from tests.conftest import ASSETS, SECRET

LOADS_THE_PORTAL = """
import json, sys, threading
opened = []
def note(event, arguments):
    if event in {"socket.connect", "sqlite3.connect", "subprocess.Popen", "os.fork"}:
        opened.append(event)
sys.addaudithook(note)
before = set(threading.enumerate())
import wsgi
pool = wsgi.application.extensions["onestop_engine"].pool
print(json.dumps({
    "opened": opened,
    "connections": pool.checkedin() + pool.checkedout(),
    "threads": [thread.name for thread in threading.enumerate() if thread not in before],
    "modules": sorted(sys.modules),
}))
PLANTED
print(json.dumps(opened))
"""
PLANTED = {
    "sqlite:///{directory}/none.db": "wsgi.application.extensions['onestop_engine'].connect().close()",
    "postgresql://nobody@localhost:1/none": "__import__('socket').socket().connect_ex(('127.0.0.1', 1))",
}


@pytest.mark.parametrize("limits_storage", ["memory://", "redis://localhost:1/0"])
@pytest.mark.parametrize("database_url", PLANTED)
def test_nothing_is_connected_before_the_fork(tmp_path, database_url, limits_storage):
    environment = {
        "ONESTOP_SECRET_KEY": SECRET,
        "ONESTOP_DATABASE_URL": database_url.format(directory=tmp_path),
        "ONESTOP_LIMITS_STORAGE": limits_storage,
        "ONESTOP_ASSET_CACHE": str(ASSETS),
        "PATH": "/usr/bin:/bin",
    }
    script = LOADS_THE_PORTAL.replace("PLANTED", PLANTED[database_url])
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found, planted = map(json.loads, ran.stdout.splitlines())
    assert (found["opened"], found["connections"], found["threads"]) == ([], 0, [])
    assert {"flask", "sqlalchemy"} <= set(found["modules"])
    assert [name for name in found["modules"] if name.partition(".")[0] in {"alembic", "mako"}] == []
    assert planted  # what does connect is noted
