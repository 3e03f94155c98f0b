"""A bare Debian machine for a test: this one's files under an empty layer in memory, booted with the real systemd.

    with Machine(directory) as machine:
        machine.run("systemctl status")                  # as root, with a network of its own: loopback only
        machine.run("apt-get update", outside=True)      # the same files, with this machine's network

Nothing that is done in it reaches this machine: files, processes, ports and host name are its own, and gone with it.
It takes root, since it mounts; a container that may not mount cannot run it.
"""

import contextlib
import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

from tests.browser.live_portal import die_with_parent

BOOT = Path(__file__).with_name("boot.sh")
NAMESPACES = ("--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup")
BOOTS_WITHIN = 60
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Whatever else would start by itself, fetch something or hold a lock.
QUIET = ("apt-daily.timer", "apt-daily-upgrade.timer", "unattended-upgrades.service", "certbot.timer")


class Failed(AssertionError):
    """A command failed; all that it wrote is quoted."""


class Machine:
    def __init__(self, directory):
        self.directory = Path(directory)
        self.files = self.directory / "files"  # laid over the root at the start
        self.root = self.directory / "root"
        self.group = None
        self.process = None
        self.init = None
        (self.files / "etc/systemd/system").mkdir(parents=True)
        self.root.mkdir()
        for unit in QUIET:
            (self.files / "etc/systemd/system" / unit).symlink_to("/dev/null")

    def file(self, path, text, mode=0o644):
        """Lay a file over the root, before the start."""
        place = self.files / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        place.chmod(mode)

    def _control_group(self):
        """A cgroup of its own below ours, so that its systemd takes over nobody else's processes."""
        mounts = Path("/proc/self/mountinfo").read_text(encoding="ascii").splitlines()
        tree = next(line.split()[4] for line in mounts if " - cgroup2 " in line)
        own = next(line[3:] for line in Path("/proc/self/cgroup").read_text().splitlines() if line.startswith("0::"))
        group = Path(tree) / own.lstrip("/") / f"onestop-trial-{os.getpid()}-{time.monotonic_ns()}"
        group.mkdir()
        return group

    def start(self):
        self.group = self._control_group()
        joins = self.group / "cgroup.procs"

        def prepare():
            die_with_parent()
            joins.write_text(str(os.getpid()))

        command = ["unshare", *NAMESPACES, "--propagation", "private", "--fork", "--kill-child"]
        with (self.directory / "boot.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "bash", str(BOOT), str(self.root), str(self.files)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=prepare,  # noqa: PLW1509 - two system calls, which take no lock
            )
        until = time.monotonic() + BOOTS_WITHIN
        while not self._is_up():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                message = f"the machine did not boot: {(self.directory / 'boot.log').read_text()}"
                raise Failed(message)
            time.sleep(0.2)
        return self

    def _is_up(self):
        pid = self.process.pid
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
            if children and Path(f"/proc/{children[0]}/comm").read_text().strip() == "systemd":
                self.init = children[0]
                asked = self._enter(outside=False)
                ran = subprocess.run([*asked, "systemctl", "is-system-running"], capture_output=True, check=False)
                return ran.stdout.strip() in {b"running", b"degraded"}
        return False

    def _enter(self, *, outside):
        spaces = ["--mount", "--pid", "--uts", "--ipc", "--cgroup", *([] if outside else ["--net"])]
        kept = {} if not outside else {name: text for name, text in os.environ.items() if _leads_out(name)}
        environment = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", "TERM": "dumb", **kept}
        settings = [f"{name}={text}" for name, text in environment.items()]
        return ["nsenter", "--target", self.init, *spaces, "env", "-i", "--chdir=/", *settings]

    def run(self, script, *, outside=False, answers=()):
        """Run a shell script as root, every line of which has to succeed; give what it wrote.

        `answers` are (pattern, line) pairs, typed in this order on a terminal, each when its pattern has been shown; a
        line may be a function of the pattern's match and of all that was shown.
        """
        command = [*self._enter(outside=outside), "bash", "-euo", "pipefail", "-c", script]
        if answers:
            code, output = _converse(command, list(answers))
        else:
            ran = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
            )
            code, output = ran.returncode, ran.stdout.decode(errors="replace")
        if code:
            message = f"{script}\nended with {code}:\n{output}"
            raise Failed(message)
        return output

    def stop(self):
        if self.process is not None:
            self.process.kill()  # its systemd dies with it, and all of its processes with that
            self.process.wait()
        if self.group is not None:
            _remove_group(self.group)
        shutil.rmtree(self.files, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def _leads_out(name):
    """What tells this machine's programs how to reach the package registries."""
    return re.match(r"PIP_|SSL_CERT|REQUESTS_CA|CURL_CA|(?i:https?_proxy|no_proxy)$", name) is not None


def _converse(command, answers):
    """Run a command on a terminal of its own and answer what it asks; give its exit code and what it showed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    shown, looked_at = b"", 0
    with contextlib.suppress(OSError):  # the terminal closes with the command
        while select.select([terminal], [], [], 120)[0]:
            shown += os.read(terminal, 4096)
            while answers and (found := re.search(answers[0][0].encode(), shown[looked_at:])):
                looked_at += found.end()
                line = answers.pop(0)[1]
                typed = line(found, shown.decode(errors="replace")) if callable(line) else line
                os.write(terminal, typed.encode() + b"\n")
    os.close(terminal)
    _pid, status = os.waitpid(pid, 0)
    assert answers == [], f"never asked for {answers}: {shown.decode(errors='replace')}"
    return os.waitstatus_to_exitcode(status), shown.decode(errors="replace").replace("\r\n", "\n")


def _remove_group(group):
    until = time.monotonic() + 10
    while group.exists() and time.monotonic() < until:
        for path in sorted((path for path in group.rglob("*") if path.is_dir()), reverse=True):
            with contextlib.suppress(OSError):
                path.rmdir()
        with contextlib.suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.1)
