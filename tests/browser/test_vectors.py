"""The vectors of tests/vectors in Chromium, with the engine's own cryptography, under the portal's policy."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.headers import CONTENT_SECURITY_POLICY
from tests.browser.conftest import Watch
from tests.browser.live_portal import ROOT

# No browser meets a backup, or a shred key.
MODULES = sorted(
    path.stem for path in (ROOT / "tests" / "vectors").glob("*.json") if not path.stem.startswith(("backup", "shred"))
)
SERVED = ("/static/", "/tests/js/", "/tests/vectors/")
PAGE = "/tests/js/"
REPLAY = """async (module) => {
  const { replay } = await import("/tests/js/vector_runner.js");
  const file = await (await fetch(`/tests/vectors/${module}.json`)).json();
  return replay(module, file);
}"""


class OwnFiles(SimpleHTTPRequestHandler):
    """Serves what the vectors need from the repository, and an empty page to run them in."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == PAGE:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path.startswith(SERVED):
            super().do_GET()
        else:
            self.send_error(404)

    def end_headers(self):
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def page(browser):
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(OwnFiles, directory=str(ROOT))) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        host = f"localhost:{server.server_port}"
        context = browser.new_context()
        watching = Watch(host)
        watching.allow("favicon.ico|status of 404")
        watching.attach(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"http://{host}{PAGE}")
        yield page
        context.close()
        server.shutdown()
        serving.join()
    assert watching.unexpected() == []


@pytest.mark.parametrize("module", MODULES)
def test_vectors(page, module):
    outcome = page.evaluate(REPLAY, module)
    assert outcome["count"] > 0
    assert outcome["failures"] == []


def test_a_wrong_vector_would_be_seen(page):
    wrong = """async () => {
      const { replay } = await import("/tests/js/vector_runner.js");
      const file = await (await fetch("/tests/vectors/padding.json")).json();
      const [first] = file.tests;
      return replay("padding", { ...file, tests: [{ ...first, output: { $hex: "00" } }] });
    }"""
    assert len(page.evaluate(wrong)["failures"]) == 1
