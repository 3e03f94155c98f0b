"""What is typed without scripts is in no file, temporary file or log of the portal; a planted leak would be seen.

The pages are asked for as a browser without scripts asks; no Chromium is needed. Nor is it in the memory of a process,
once it is answered.
"""

import contextlib
import http.client
import secrets
import stat
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.db import engine_for, session_for
from app.domain import receipt_code
from tests.browser.canaries import Search, forms_of
from tests.browser.live_client import FORM, LiveClient
from tests.browser.live_portal import LivePortal
from tests.browser.searched_portal import small_postgres
from tests.making import Maker
from tests.plain_pages import SAME_ORIGIN, Visitor


class LeakyPortal(LivePortal):
    """With a temporary directory of its own, and one worker."""

    application = ("tests.browser.leaking_portal:application",)

    def __init__(self, directory, server=None):
        database = {} if server is None else {"database_url": server.database()}
        super().__init__(directory, workers=1, demo=False, **database)
        self.server = server
        self.temporary = self.directory / "temporary"
        self.temporary.mkdir()
        self.environment["TMPDIR"] = str(self.temporary)
        engine = engine_for(self.environment["ONESTOP_DATABASE_URL"])
        with session_for(engine) as session:
            Maker(session).organisation()
        engine.dispose()

    def pids(self):
        """Its own processes, and its database's."""
        return super().pids() + ([] if self.server is None else self.server.pids())

    def files(self):
        """Every file with a name, the database's own among them."""
        places = [self.directory] if self.server is None else [self.directory, Path(self.server.server.pgdata)]
        found = [path for place in places for path in sorted(place.rglob("*"))]
        return [path for path in found + sorted(Path("/dev/shm").glob("onestop-figures-*/*")) if path.is_file()]

    def search(self, canaries):
        """Look through every file of the portal, and those that its processes have open, with a name or without."""
        search = Search(canaries)
        for path in self.files():
            with contextlib.suppress(FileNotFoundError):  # a database takes files of its own away
                search.file(path)
        for pid in self.pids():
            for path in Path(f"/proc/{pid}/fd").iterdir():
                with contextlib.suppress(FileNotFoundError):
                    if stat.S_ISREG(path.stat().st_mode):
                        search.file(path)
        return {place for place, _name, _form in search.found}, search.searched

    def remembered(self, canaries):
        """What of it lies in the memory of the portal's processes."""
        search = Search(canaries)
        for pid in self.pids():
            search.process(pid)
        return {name for _place, name, _form in search.found}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def leaky(request, tmp_path_factory):
    with contextlib.ExitStack() as stack:
        server = None if request.param == "sqlite" else stack.enter_context(small_postgres())
        yield stack.enter_context(LeakyPortal(tmp_path_factory.mktemp("leaky"), server))


def words():
    return f"카나리아-{secrets.token_hex(8)}"


@contextlib.contextmanager
def arriving(portal, path, typed):
    """A form of which all but the last byte has come: the worker has it, and waits."""
    body = urlencode(typed).encode()
    connection = http.client.HTTPConnection("localhost", portal.port, timeout=30)
    connection.putrequest("POST", path)
    for name, value in {**SAME_ORIGIN, "Content-Type": FORM, "Content-Length": str(len(body))}.items():
        connection.putheader(name, value)
    connection.endheaders(body[:-1])
    connection.sock.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        connection.sock.recv(1)  # there is nothing to answer yet
    yield
    connection.sock.settimeout(30)
    connection.send(body[-1:])
    assert connection.getresponse().status in {200, 422}
    connection.close()


def everything():
    """What somebody types, and what of it occurs nowhere else."""
    typed = {
        "link-0-address": f"https://{secrets.token_hex(8)}.example/글",
        "link-0-place": words(),
        "sentence": words(),
        "account_events": words() * 700,
        "offender_name": words(),
        "contact_address": words(),
        "channel": "email",
        "organisation-centre-chosen": "y",
        "organisation-centre-sensitive": "y",
        "organisation-centre-compartments": ["account", "offender", "contact"],
    }
    canaries = {name: value[:30] for name, value in typed.items() if isinstance(value, str) and len(value) > 20}
    assert len(canaries) >= 6
    return typed, canaries


def reported(portal, typed):
    """A report, a wrong confirmation of its code, a visit, a message, what leaving one means: all that was shown."""
    visitor = Visitor(LiveClient(portal.url))
    code = visitor.sent(**typed)
    assert visitor.press("/report/plain/kept", last_digits="none").status == 422
    visitor.come_back(code)
    key = visitor.page.hidden("/follow-up/plain/message")["key"]
    message = words()
    assert visitor.press("/follow-up/plain/message", message=message).status == 201
    assert visitor.press("/follow-up/plain/leaving").status == 200
    return {"code": code, "code as shown": receipt_code.format(code), "stretched": key, "message": message}


def test_what_is_typed_without_scripts_reaches_no_file_and_no_log(leaky):
    typed, canaries = everything()
    logged = leaky.log.stat().st_size  # whatever another test planted
    with arriving(leaky, "/report/plain/check", {"understood": "y", **canaries}):
        assert leaky.search(canaries)[0] == set()
    canaries |= reported(leaky, typed)
    found, searched = leaky.search(canaries)
    assert found == set()
    assert searched > 100_000
    log = leaky.log.read_bytes()[logged:].decode()
    assert "POST" not in log
    assert "/plain" not in log


def test_what_is_typed_without_scripts_is_in_no_memory_once_it_is_answered(leaky):
    typed, canaries = everything()
    with arriving(leaky, "/report/plain/check", {"understood": "y", **canaries, "end": "here"}):
        assert leaky.remembered(canaries) == set(canaries)  # it would be found
    canaries |= reported(leaky, typed)
    assert leaky.remembered(canaries) == set()


@pytest.mark.parametrize(("leak", "place"), [("log", "portal.log"), ("temporary", "tmp"), ("database", "onestop.db")])
def test_a_leak_would_be_seen(leaky, leak, place):
    planted = words()
    assert leaky.search({"planted": planted})[0] == set()
    headers = SAME_ORIGIN | {"X-Leak": leak, "Content-Type": FORM}
    connection = http.client.HTTPConnection("localhost", leaky.port, timeout=30)
    connection.request("POST", "/report/plain/check", urlencode({"sentence": planted}), headers)
    assert connection.getresponse().status == 422
    connection.close()
    if leak == "database" and leaky.server is not None:
        place = "00000001"  # PostgreSQL's write-ahead log
    assert any(found.startswith(place) for found in leaky.search({"planted": planted})[0])


def test_a_file_without_a_name_would_be_seen(leaky):
    planted = words()
    assert "percent-encoded" in forms_of(planted)
    before = set(leaky.temporary.iterdir())
    headers = SAME_ORIGIN | {"X-Leak": "nameless", "Content-Type": FORM}
    connection = http.client.HTTPConnection("localhost", leaky.port, timeout=30)
    connection.request("POST", "/report/plain/check", urlencode({"sentence": planted}), headers)
    assert connection.getresponse().status == 422
    connection.close()
    assert set(leaky.temporary.iterdir()) == before
    assert all(found.isdigit() for found in leaky.search({"planted": planted})[0])
    assert leaky.search({"planted": planted})[0]
