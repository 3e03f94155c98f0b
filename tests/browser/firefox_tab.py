"""A tab of Debian's Firefox ESR, through Marionette: a socket with `length:[0, number, command, parameters]`."""

import contextlib
import json
from pathlib import Path

from tests.browser.driver_tab import BrowserError, DriverTab, started, stopped, until_open
from tests.browser.live_portal import free_port

# No test may have a browser of its own call home; how pages are kept for Back stays as users have it.
FIREFOX_PREFERENCES = {
    "app.update.auto": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
# In Firefox's own context: what it remembers of this tab, and what its form history holds.
FIREFOX_REMEMBERS = """
    const [done] = arguments;
    (async () => {
      const { SessionStore } = ChromeUtils.importESModule("resource:///modules/sessionstore/SessionStore.sys.mjs");
      const { TabStateFlusher } = ChromeUtils.importESModule(
        "resource:///modules/sessionstore/TabStateFlusher.sys.mjs");
      const { FormHistory } = ChromeUtils.importESModule("resource://gre/modules/FormHistory.sys.mjs");
      const tab = gBrowser.selectedTab;
      await TabStateFlusher.flush(tab.linkedBrowser);
      return { state: SessionStore.getTabState(tab), forms: await FormHistory.count({}) };
    })().then(done, (error) => done({ error: String(error) }));
"""


class FirefoxTab(DriverTab):
    """Its context of its own tells what stands in the history and what is kept to restore a tab."""

    def __init__(self, directory):
        port, profile = free_port(), Path(directory) / "firefox"
        profile.mkdir()
        preferences = FIREFOX_PREFERENCES | {"marionette.port": port}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = ["firefox-esr", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
        self.process = started([*command, "--profile", str(profile)], profile / "log")
        self.socket, self.asked = until_open(port, self.process), 0
        self._received()
        self._command("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"pageLoadStrategy": "normal"}}})
        self._command("WebDriver:SetTimeouts", {"script": 20_000, "pageLoad": 30_000})

    def entries(self):
        return self._privileged(
            "const history = gBrowser.selectedBrowser.browsingContext.sessionHistory;"
            "return Array.from({length: history.count}, (_, at) => history.getEntryAtIndex(at).URI.spec);"
        )

    def remembers(self):
        """What the browser keeps of this tab to restore it, and of forms to complete them: as text, to look in."""
        kept = self._privileged(FIREFOX_REMEMBERS, wait=True)
        assert "error" not in kept, kept
        assert kept["forms"] == 0
        return kept["state"]

    def noted(self, address):
        """Whether the list of visited pages has an address."""
        return self._privileged(
            "const [address, done] = arguments;"
            "const { PlacesUtils } = ChromeUtils.importESModule('resource://gre/modules/PlacesUtils.sys.mjs');"
            "PlacesUtils.history.hasVisits(address).then(done, (error) => done(String(error)));",
            address,
            wait=True,
        )

    def close(self):
        with contextlib.suppress(BrowserError, OSError):
            self._command("Marionette:Quit", {"flags": ["eForceQuit"]})
        self.socket.close()
        stopped(self.process)

    def _privileged(self, script, *arguments, wait=False):
        self._command("Marionette:SetContext", {"value": "chrome"})
        try:
            command = "WebDriver:ExecuteAsyncScript" if wait else "WebDriver:ExecuteScript"
            return self._ask(command, "", "", {"script": script, "args": list(arguments)})
        finally:
            self._command("Marionette:SetContext", {"value": "content"})

    def _ask(self, command, method, path, parameters=None):
        answer = self._command(command, parameters or {})
        return answer.get("value", answer) if isinstance(answer, dict) else answer

    def _command(self, command, parameters):
        self.asked += 1
        message = json.dumps([0, self.asked, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, error, result = self._received()
        if error:
            raise BrowserError(error["error"], error["message"])
        return result

    def _received(self):
        length = b""
        while not length.endswith(b":"):
            length += self._bytes(1)
        return json.loads(self._bytes(int(length[:-1])))

    def _bytes(self, count):
        found = b""
        while len(found) < count:
            more = self.socket.recv(count - len(found))
            if not more:
                raise BrowserError("closed", "Firefox closed its socket")
            found += more
        return found
