"""A tab of WebKitGTK's own small browser, through WebKitWebDriver, on a screen that nobody sees."""

import contextlib
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from tests.browser.driver_tab import BrowserError, DriverTab, started, stopped, until_open
from tests.browser.live_portal import die_with_parent, free_port

MINI_BROWSERS = "usr/lib/*/webkit2gtk-4.*/MiniBrowser"


class WebKitTab(DriverTab):
    """Its history tells nobody what stands in it: what lies behind is found by going back."""

    def __init__(self, directory):
        directory = Path(directory)
        self.screen = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, which takes no lock
        )
        environment = {"DISPLAY": f":{self.screen.stdout.readline().decode().strip()}", "HOME": str(directory)}
        environment |= {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1"}
        self.port = free_port()
        self.process = started(
            [shutil.which("WebKitWebDriver"), f"--port={self.port}"], directory / "webkit.log", env=environment
        )
        until_open(self.port, self.process).close()
        browser = str(min(Path("/").glob(MINI_BROWSERS)))
        options = {"binary": browser, "args": ["--automation"]}
        self.base = f"http://127.0.0.1:{self.port}/session"
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.base += "/" + self._ask("", "POST", "", wanted)["sessionId"]

    def entries(self):
        """Not told."""

    def remembers(self):
        return ""

    def close(self):
        with contextlib.suppress(BrowserError, OSError):
            self._ask("", "DELETE", "")
        stopped(self.process)
        stopped(self.screen)
        self.screen.stdout.close()

    def _ask(self, command, method, path, parameters=None):
        body = None if method in {"GET", "DELETE"} else json.dumps(parameters or {}).encode()
        asked = urllib.request.Request(self.base + path, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise BrowserError(refused.read().decode()) from None
