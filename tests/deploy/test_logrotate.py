"""The real logrotate with the shipped file: a portal that goes on writing loses nothing, and two weeks are kept."""

import os
import shutil
import subprocess

import pytest

from tests.browser.live_portal import ROOT

pytestmark = pytest.mark.slow
DAYS = 14


@pytest.fixture
def logs(tmp_path):
    """Where the portal writes, as `deploy/tmpfiles.conf` makes it."""
    directory = tmp_path / "log"
    directory.mkdir(mode=0o750)
    return directory


def configured(tmp_path, logs, change=("", "")):
    path = tmp_path / "onestop"
    path.write_text(
        (ROOT / "deploy" / "logrotate.conf").read_text().replace("/var/log/onestop", str(logs)).replace(*change)
    )
    path.chmod(0o644)
    return path


def rotate(tmp_path, config):
    """One day goes by."""
    program = shutil.which("logrotate") or "/usr/sbin/logrotate"
    command = [program, "--force", "--state", str(tmp_path / "state"), str(config)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_written_before_and_after_is_there_once_and_two_weeks_are_kept(tmp_path, logs):
    """Opened once, to append, as systemd opens it: the portal is told of nothing."""
    config = configured(tmp_path, logs)
    written = os.open(logs / "portal.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        for day in range(DAYS + 3):
            os.write(written, b"day %d\n" % day)
            assert (logs / "portal.log").read_bytes() == b"day %d\n" % day
            ran = rotate(tmp_path, config)
            assert (ran.returncode, ran.stderr) == (0, "")
            assert (logs / "portal.log.1").read_bytes() == b"day %d\n" % day
    finally:
        os.close(written)
    kept = sorted(path.name for path in logs.iterdir())
    assert kept == sorted(["portal.log", *(f"portal.log.{number}" for number in range(1, DAYS + 1))])
    assert {path.stat().st_mode & 0o777 for path in logs.iterdir()} == {0o640}
    assert (logs / f"portal.log.{DAYS}").read_bytes() == b"day 3\n"


def test_a_quiet_day_makes_no_file_and_no_log_is_no_fault(tmp_path, logs):
    config = configured(tmp_path, logs)
    assert rotate(tmp_path, config).returncode == 0
    (logs / "timers.log").touch()
    assert rotate(tmp_path, config).returncode == 0
    assert [path.name for path in logs.iterdir()] == ["timers.log"]


def test_logrotate_would_name_a_wrong_line(tmp_path, logs):
    """It goes on all the same, so what it says counts above as much as how it ends."""
    ran = rotate(tmp_path, configured(tmp_path, logs, ("notifempty", "notifempti")))
    assert "notifempti" in ran.stderr
