"""The commands of docs/operations.md, "Setting up", on a bare machine: every block, in its order, as it stands there.

What is not real here: `code.example` is a clone of this tree; `certbot` is a stand-in that fetches its challenge
through port 80 as the authority would, and hands over a certificate of the test's that the machine trusts; packages
come with this machine's network, everything else runs without any. systemd, nginx, tor, PostgreSQL, apt: all real.
"""

import os
import re
import shutil
import subprocess
import time

import pytest

from tests.browser.live_portal import ROOT
from tests.deploy.copying import SET_UP, Shell, blocks, section, setting_up, to_copy
from tests.deploy.front import make_certificate
from tests.deploy.machine import Machine

pytestmark = pytest.mark.slow
CERTBOT = """#!/bin/sh
set -eu
while [ $# -gt 0 ]; do case $1 in
  --webroot-path) root=$2; shift ;; -d) name=$2; shift ;; --deploy-hook) hook=$2; shift ;; esac; shift; done
mkdir -p "$root/.well-known/acme-challenge"
echo proof >"$root/.well-known/acme-challenge/token"
[ "$(curl --silent --fail "http://$name/.well-known/acme-challenge/token")" = proof ]
RENEWED_LINEAGE=/etc/letsencrypt/live/$name "$hook"
"""

GITCONFIG = """[url "/srv/onestop"]
  insteadOf = https://code.example/onestop.git
[safe]
  directory = *
"""


def test_blocks_are_found_under_their_headings():
    text = "## A\n```sh\none\n```\n```toml\nx\n```\n### B\nwords\n```sh\ntwo\nthree\n```\n"
    assert blocks(text) == [("A", "one\n"), ("B", "two\nthree\n")]
    assert len(setting_up()) >= 10


def source(directory):
    """A repository with this tree as it is now, committed or not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode().split("\0")  # fmt: skip
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, directory / name)
    who = ["-c", "user.name=test", "-c", "user.email=test@test.invalid"]
    for command in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"], [*who, "commit", "-qm", "release"]):
        subprocess.run(["git", *command], cwd=directory, check=True)


@pytest.fixture
def machine(tmp_path):
    if os.geteuid():
        pytest.skip("takes root: it boots a machine in namespaces")
    made = Machine(tmp_path)
    source(made.files / "srv" / "onestop")
    certificates = made.files / "etc/letsencrypt/live/portal.example"
    chain, _key = make_certificate(certificates, "portal.example")
    made.file("/usr/local/share/ca-certificates/trial.crt", chain.read_text())
    made.file("/usr/local/bin/certbot", CERTBOT, 0o755)
    made.file("/etc/hosts", "127.0.0.1 localhost portal.example\n")
    made.file("/etc/gitconfig", GITCONFIG)
    with made:
        made.run("update-ca-certificates")
        yield made


def postgresql(machine):
    """Debian's package makes a cluster when it is installed; here it may have been installed without one."""
    machine.run(
        "ls -d /etc/postgresql/*/main || pg_createcluster $(ls /usr/lib/postgresql | tail -1) main; "
        "systemctl disable postgresql || true"
    )


def test_a_bare_machine_becomes_a_portal_on_either_database(machine):
    postgresql(machine)
    shell = Shell(machine)
    for database in ("SQLite", "PostgreSQL"):
        shown = {}
        for heading, block in to_copy(database):
            began = time.monotonic()
            if heading == "10. Look":
                assert_somebody_can_come_in(machine, shown[SET_UP])
            shown[heading] = shown.get(heading, "") + shell.copy(block)
            print(f"{time.monotonic() - began:6.1f} s  {heading}")
        assert "wrong" not in shown["10. Look"]
        assert_it_serves(machine)
        assert_shut_in(machine, database)
        assert_nothing_was_written_down(machine)
        assert_nobody_is_turned_away_by_a_restart(machine)
        assert_a_canary_comes_through(shell)
        assert_a_stranger_finds_nothing(shell)
        assert_there_is_a_way_back(machine, shell, database)
    onion = machine.run("cat /var/lib/tor/onestop/hostname")
    assert re.fullmatch(r"[a-z2-7]{56}\.onion\n", onion)


def assert_somebody_can_come_in(machine, shown):
    """With what the set-up showed: the operator signs in, and the first lead makes the organisation's keys."""
    passphrase = re.search(r"^  ((?:[a-z]+ ){6}[a-z]+)\s*$", shown, re.MULTILINE)[1]
    comes_in = f"cd /opt/onestop; .venv/bin/python -m tests.deploy.coming_in https://portal.example '{passphrase}'"
    invitation = re.search(r"/invitation#[\w-]{43}", shown)
    if invitation is None:
        assert "Fingerprint of seoul-centre" in shown
        assert machine.run(comes_in) == "operator\n"
        return
    waiting = machine.run("onestop doctor || true")
    assert re.findall(r"^wrong +(\w+)", waiting, re.MULTILINE) == ["keys"], waiting
    assert machine.run(f"{comes_in} '{invitation[0]}'") == "operator\nlead of seoul-centre\n"
    assert "Failed" in machine.run(f"{comes_in} '{invitation[0]}' || echo Failed"), "it is good once"


def assert_it_serves(machine):
    page = machine.run("curl --silent --show-error --fail --http2 --include https://portal.example/")
    assert page.startswith("HTTP/2 200")
    assert "○○센터가 운영합니다" in page
    assert "seoul-centre" in machine.run("curl --silent --fail https://portal.example/api/v1/directory")
    assert "ok" in machine.run("curl --silent --fail https://portal.example/readyz")
    assert len(machine.run("ls /var/lib/onestop/backups/*").split()) >= 1


def assert_shut_in(machine, database):
    """As the kernel sees it: no other user, no network, nobody else's eyes."""
    pid = machine.run("systemctl show --value --property=MainPID onestop.service").strip()
    assert machine.run(f"stat --format=%U /proc/{pid}").strip() == "onestop"
    assert "CapEff:\t0000000000000000" in machine.run(f"cat /proc/{pid}/status")
    interfaces = machine.run(f"nsenter --target {pid} --net ip -brief link").splitlines()
    assert [line.split()[0] for line in interfaces] == ["lo"]
    assert machine.run("stat --format=%a /var/lib/onestop /etc/onestop/secret-key").split() == ["700", "600"]
    if database == "SQLite":
        assert machine.run("stat --format='%a %U' /var/lib/onestop/onestop.db").strip() == "600 onestop"


def assert_nothing_was_written_down(machine):
    for place in ("/var/log/nginx", "/var/log/onestop"):
        assert machine.run(f"cat {place}/* 2>/dev/null || true") == "", place
    assert "portal.example" not in machine.run("journalctl --unit=onestop.service --unit=nginx.service --no-pager")
    # The tick has run, and what it could say would have gone there: the journal, which adds the moment, has none of it.
    assert machine.run("ls /var/log/onestop").split() == ["portal.log", "timers.log"]
    said = machine.run("journalctl --unit=onestop-tick.service _TRANSPORT=stdout --quiet --no-pager || true")
    assert said == ""


def assert_nobody_is_turned_away_by_a_restart(machine):
    asked = machine.run(
        "systemctl restart --no-block onestop.service\n"
        "for number in $(seq 20); do sleep 0.1;"
        " curl --silent --output /dev/null --write-out '%{http_code}\\n' https://portal.example/privacy; done"
    )
    assert asked.split() == ["200"] * 20


def assert_a_canary_comes_through(shell):
    """A letter goes in through nginx and comes out opened."""
    watching = [block for heading, block in section("Watching") if heading == "The canary"]
    assert len(watching) == 2
    assert "ok" in [shell.copy(block) for block in watching][-1]


def assert_a_stranger_finds_nothing(shell):
    """Through nginx, and with the list that the same source makes. On another database it is another portal."""
    (watching,) = [block for heading, block in section("Watching") if heading == "The monitor"]
    shell.machine.run("rm -f /opt/onestop/seen.json")
    shown = shell.copy(watching)
    assert re.search(r"^ok: 8 visitors, \d+ files, version", shown, re.MULTILINE), shown
    assert "differs" not in shown


def assert_there_is_a_way_back(machine, shell, database):
    """A backup, opened and restored into a new database; then the first thing to do in a breach."""
    shown = {}
    for heading, block in section("Backups and the way back"):
        if not heading.endswith({"SQLite": ": PostgreSQL", "PostgreSQL": ": SQLite"}[database]):
            shown[heading] = shown.get(heading, "") + shell.copy(block)
    hashes = [re.search("sha256 ([0-9a-f]{64})", text) for text in shown.values()]
    assert len({found[1] for found in hashes if found}) == 1
    assert [bool(found) for found in hashes] == [True, True, False, False, True]
    assert "seoul-centre" in machine.run("curl --silent --fail https://portal.example/api/v1/directory")
    left = machine.run("find / -xdev '(' -name opened -o -name opened-keys ')' -size +0")
    assert left.strip() == ""
    (stop,) = [block for heading, block in section("Runbooks") if heading == "A breach"]
    shell.copy(stop)
    asked = "curl --silent --output /dev/null --write-out '%{http_code}' https://portal.example/"
    assert machine.run(asked).startswith("50")
