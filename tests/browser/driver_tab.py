"""What tabs that are driven by WebDriver's commands have in common, and how their programs are started and stopped."""

import contextlib
import socket
import subprocess
import time
from pathlib import Path

from tests.browser.live_portal import die_with_parent

STARTS_WITHIN = 60
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver names an element in JSON
SHIFT = "\ue008"


class BrowserError(Exception):
    """What a browser answered instead of doing what it was told."""


def until_open(port, process):
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                message = f"{process.args[0]} did not open port {port}"
                raise BrowserError(message) from None
            time.sleep(0.1)


def started(command, log, **environment):
    with Path(log).open("ab") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, preexec_fn=die_with_parent, **environment)  # noqa: PLW1509 - as there


def stopped(process):
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class DriverTab:
    """What WebDriver's commands have in common; `_ask` brings one to the browser."""

    def go(self, address):
        self._ask("WebDriver:Navigate", "POST", "/url", {"url": address})

    def run(self, script, *arguments):
        return self._ask(
            "WebDriver:ExecuteScript", "POST", "/execute/sync", {"script": script, "args": list(arguments)}
        )

    def click(self, selector):
        """With a pointer: the command that clicks listens for the page to go away, and so keeps it from being kept."""
        self.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", selector)
        to = {"type": "pointerMove", "origin": {ELEMENT: self._found(selector)}, "x": 0, "y": 0}
        presses = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._perform({"type": "pointer", "id": "mouse", "actions": [to, *presses]})

    def type(self, selector, words):
        element = self._found(selector)
        self._ask("WebDriver:ElementSendKeys", "POST", f"/element/{element}/value", {"id": element, "text": words})

    def shift(self, times):
        presses = [{"type": kind, "value": SHIFT} for _press in range(times) for kind in ("keyDown", "keyUp")]
        with contextlib.suppress(BrowserError):  # the page goes away under the last of them
            self._perform({"type": "key", "id": "keyboard", "actions": presses})

    def address(self):
        return self._ask("WebDriver:GetCurrentURL", "GET", "/url")

    def back(self):
        with contextlib.suppress(BrowserError):
            self._ask("WebDriver:Back", "POST", "/back")

    def _perform(self, actions):
        self._ask("WebDriver:PerformActions", "POST", "/actions", {"actions": [actions]})

    def _found(self, selector):
        where = {"using": "css selector", "value": selector}
        return self._ask("WebDriver:FindElement", "POST", "/element", where)[ELEMENT]

    def _ask(self, command, method, path, parameters=None):
        raise NotImplementedError
