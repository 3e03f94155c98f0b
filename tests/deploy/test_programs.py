"""Each shipped file is read by the program that it is for."""

import re
import shutil
import subprocess

import pytest

from tests.browser.live_portal import ROOT
from tests.deploy.front import Front

pytestmark = pytest.mark.slow
UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
MOST_EXPOSED = {"onestop.service": 5}  # in tenths; systemd calls up to 2.0 "OK"
MAIL_GOES_OUT = 15


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


class NoPortal:
    port = 1


def test_nginx_takes_the_configuration(tmp_path):
    said = Front(tmp_path, NoPortal()).check()
    assert "successful" in said
    assert "[warn]" not in said


def test_nginx_would_refuse_a_wrong_one(tmp_path):
    with pytest.raises(AssertionError, match="unknown directive"):
        Front(tmp_path, NoPortal(), {"server_tokens off;": "server_token off;"}).check()


@pytest.fixture
def units(tmp_path):
    """The units, where the programs that they start are there."""
    for name in ("gunicorn", "flask"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    for path in UNITS.iterdir():
        text = path.read_text().replace("/opt/onestop/.venv/bin/", f"{tmp_path}/")
        (tmp_path / path.name).write_text(text)
    return tmp_path


def verify(directory):
    names = sorted(path for path in directory.iterdir() if path.suffix in {".service", ".socket", ".timer"})
    ran = run("systemd-analyze", "verify", "--man=no", *map(str, names))
    return [line for line in ran.stderr.splitlines() if re.search(r"onestop", line)], ran.returncode


def test_systemd_takes_the_units(units):
    assert verify(units) == ([], 0)


def test_systemd_would_refuse_a_wrong_one(units):
    path = units / "onestop.service"
    path.write_text(path.read_text().replace("ProtectHome=yes", "ProtectHomes=yes"))
    assert any("ProtectHomes" in line for line in verify(units)[0])


def exposure(path):
    """What `systemd-analyze security` says, in tenths."""
    ran = run("systemd-analyze", "security", "--no-pager", "--offline=true", str(path))
    found = re.search(r"Overall exposure level for .*: (\d+)\.(\d)", ran.stdout)
    assert found, ran.stdout + ran.stderr
    return int(found[1]) * 10 + int(found[2])


@pytest.mark.parametrize("name", SERVICES)
def test_services_have_few_rights(units, name):
    assert exposure(units / name) <= MOST_EXPOSED.get(name, MAIL_GOES_OUT)


def test_a_service_with_more_rights_would_be_seen(units):
    path = units / "onestop.service"
    path.write_text(re.sub(r"(?m)^(PrivateNetwork|CapabilityBoundingSet)=.*\n", "", path.read_text()))
    assert exposure(path) > MOST_EXPOSED["onestop.service"]


def test_all_services_are_shut_in_alike():
    """Apart from the network, which only mail needs."""
    shut_in = re.compile(r"^(?:# What it may touch.*?)(?=^LimitCORE)", re.MULTILINE | re.DOTALL)
    rules = {name: shut_in.search((UNITS / name).read_text())[0].splitlines() for name in SERVICES}
    assert len(rules) >= 2
    first = rules["onestop.service"]
    differing = {name: set(lines) ^ set(first) for name, lines in rules.items()}
    assert not any(differing.values()), differing


def torrc(tmp_path, text):
    path = tmp_path / "torrc"
    path.write_text(text.replace("/var/lib/tor", str(tmp_path / "tor")).replace("User debian-tor\n", ""))
    return run("tor", "--verify-config", "--defaults-torrc", str(tmp_path / "none"), "-f", str(path))


def test_tor_takes_its_configuration(tmp_path):
    (tmp_path / "tor").mkdir(mode=0o700)
    ran = torrc(tmp_path, (ROOT / "deploy" / "tor" / "torrc").read_text())
    assert "Configuration was valid" in ran.stdout
    warnings = [line for line in ran.stdout.splitlines() if "[warn]" in line and "as root" not in line]
    assert warnings == []


def test_tor_would_refuse_a_wrong_one(tmp_path):
    text = (ROOT / "deploy" / "tor" / "torrc").read_text()
    ran = torrc(tmp_path, text.replace("HiddenServiceMaxStreams ", "HiddenServiceMostStreams "))
    assert ran.returncode == 1


def test_systemd_and_the_shell_take_theirs(tmp_path):
    deploy = ROOT / "deploy"
    assert run("sh", "-n", str(deploy / "onestop")).returncode == 0
    (tmp_path / "etc").mkdir()
    for name in ("passwd", "group"):
        shutil.copy(f"/etc/{name}", tmp_path / "etc" / name)
    ran = run("systemd-sysusers", f"--root={tmp_path}", str(deploy / "sysusers.conf"))
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"^onestop:.*:/usr/sbin/nologin$", (tmp_path / "etc" / "passwd").read_text(), re.MULTILINE)
    ran = run("systemd-tmpfiles", f"--root={tmp_path}", "--create", str(deploy / "tmpfiles.conf"))
    assert (tmp_path / "var/log/onestop").stat().st_mode & 0o777 == 0o750, ran.stderr
