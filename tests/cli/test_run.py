"""`make run` in a fresh copy of the tree: a demo is made, served, and found again, whatever broke off before."""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from tests.browser.live_portal import STARTS_WITHIN, die_with_parent, free_port
from tests.rules.tree import ROOT, files

MAKING_TAKES = 120  # seconds at most, on a machine that does much besides
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """What git knows, and what the set-up of this machine put beside it."""
    place = tmp_path_factory.mktemp("clone")
    for name in files():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, place / name)
    (place / ".venv").symlink_to(ROOT / ".venv")
    subprocess.run([".ci/catalogues"], cwd=place, check=True, capture_output=True)
    return place


def status_of(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


@contextmanager
def served(clone):
    """The address of the portal as `make run` serves it; it is there until the block is over."""
    port = free_port()
    environment = {name: text for name, text in os.environ.items() if not name.startswith("ONESTOP_")}
    with (clone / "run.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [".ci/serve"], cwd=clone, env=environment | {"PORT": str(port)}, stdout=log, stderr=log,
            start_new_session=True, preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, which takes no lock
        )  # fmt: skip
        try:
            until = time.monotonic() + MAKING_TAKES + STARTS_WITHIN
            while status_of(f"http://localhost:{port}/healthz") is None:
                said = (clone / "run.log").read_text(encoding="utf-8")
                assert process.poll() is None, said
                assert time.monotonic() < until, said
                time.sleep(0.2)
            yield f"http://localhost:{port}"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def is_a_whole_portal(url):
    return [status_of(url + path) for path in ("/", "/report", "/api/v1/directory", "/readyz")] == [200] * 4


def test_a_fresh_copy_serves_a_demo_that_is_there_the_next_time(clone):
    with served(clone) as url:
        assert is_a_whole_portal(url)
    assert "demo.operator" in (clone / "run.log").read_text(encoding="utf-8")
    accounts = json.loads((clone / "instance" / "demo-accounts.json").read_text(encoding="utf-8"))
    assert {"lead", "caseworker"} <= {one["role"] for one in accounts}
    made = (clone / "instance" / "onestop.db").stat().st_ino
    with served(clone) as url:
        assert is_a_whole_portal(url)
    assert (clone / "instance" / "onestop.db").stat().st_ino == made
    assert not (clone / "instance" / "making").exists()


def test_a_start_that_broke_off_is_not_in_the_way(clone):
    instance = clone / "instance"
    shutil.rmtree(instance, ignore_errors=True)
    (instance / "making").mkdir(parents=True)
    (instance / "making" / "onestop.db").write_bytes(b"half")
    (instance / "onestop.shred.db").write_bytes(b"the keys of a database that never came")
    with served(clone) as url:
        assert is_a_whole_portal(url)
