"""The canary goes the whole way through a real front, and says at which step it died."""

import json
import re
import socket
import stat
import threading
import urllib.request

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.client.__main__ import main
from app.client.portal_front import Front, FrontError
from app.db import engine_for, session_for
from app.domain.empty_letter import empty_letter
from app.domain.letter import check_letter
from app.models import AccessLog, Organisation, Referral, Report
from app.proof import HEADER, Proofs
from tests.browser.live_portal import LivePortal

SLUG = "canary"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    directory = tmp_path_factory.mktemp("canary")
    with LivePortal(directory, canary_organisation=SLUG) as running:
        running.flask("canary", "--account", str(directory / "account.json"))
        yield running


@pytest.fixture
def account(portal):
    return portal.directory / "account.json"


def sing(portal, account):
    return CliRunner().invoke(main, ["canary", portal.url, "--account", str(account)])


def states_at(session, slug):
    """The states of all that an organisation ever got."""
    found = select(Referral.state).join(Organisation, Organisation.organisation_id == Referral.organisation_id)
    return set(session.scalars(found.where(Organisation.slug == slug)))


def test_it_comes_back_and_leaves_nothing(portal, account):
    sung = sing(portal, account)
    assert (sung.exit_code, sung.output[:3]) == (0, "ok "), sung.output
    engine = engine_for(f"sqlite:///{portal.database}")
    with session_for(engine) as session:
        assert states_at(session, SLUG) == {"destroyed"}
        reports = session.scalar(select(func.count()).select_from(Report))
        logged = session.scalars(select(AccessLog.action)).all()
    engine.dispose()
    assert "opened" in logged
    again = sing(portal, account)
    assert again.exit_code == 0
    with session_for(engine) as session:
        assert session.scalar(select(func.count()).select_from(Report)) == reports
    engine.dispose()


def test_nobody_is_offered_the_test_organisation(portal):
    front = Front(portal.url)
    assert SLUG in {one["slug"] for one in front.get("/api/v1/directory")["organisations"]}
    with pytest.raises(FrontError, match="no JSON"):
        front.get("/report")
    with urllib.request.urlopen(f"{portal.url}/report", timeout=30) as answer:
        page = answer.read().decode()
    assert "demo-centre" in page
    assert f'value="{SLUG}"' not in page
    assert "점검" not in page


def test_its_sign_in_lies_where_only_its_owner_reads_it(portal, account):
    assert stat.S_IMODE(account.stat().st_mode) == 0o600
    with pytest.raises(RuntimeError, match="cannot be made"):
        portal.flask("canary", "--account", str(account))
    fresh = account.with_name("second.json")
    with pytest.raises(RuntimeError, match="there already"):
        portal.flask("canary", "--account", str(fresh))
    assert not fresh.exists()


@pytest.mark.parametrize(
    ("member", "value", "step"),
    [
        ("fingerprint", "00000 00000 00000 00000 00000 00000", "the directory"),
        ("slug", "demo-centre", "the directory"),
        ("passphrase", "another passphrase", "opening"),
        ("unknown", "member", "the account"),
    ],
)
def test_it_says_where_it_died(portal, account, tmp_path, member, value, step):
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps({**json.loads(account.read_text(encoding="utf-8")), member: value}))
    sung = sing(portal, changed)
    assert sung.exit_code == 1
    assert f"{step} failed: " in sung.output
    assert len(sung.output.strip().splitlines()) == 1
    engine = engine_for(f"sqlite:///{portal.database}")
    with session_for(engine) as session:
        assert states_at(session, SLUG) <= {"destroyed"}  # nor does it leave what it could not open
    engine.dispose()


def answering(*answers, asked=None):
    """A front that gives these answers, one a connection, and then is gone; `asked` gets what was asked of it."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        for answer in answers:
            connection, _address = listening.accept()
            with connection:
                question = connection.recv(65536)
                if asked is not None:
                    asked.append(question)
                connection.sendall(answer)
        listening.close()

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def answer(status, body=b"{}", *headers):
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def test_a_front_that_asks_for_a_moment_gets_it_and_the_same_bytes(monkeypatch):
    waits = []
    monkeypatch.setattr("app.client.portal_front.time.sleep", waits.append)
    busy = answer(503, b"{}", "Retry-After: 7")
    assert Front(answering(busy, b"", answer(201, b'{"a":1}'))).post("/report", b"{}", 201) == {"a": 1}
    assert waits[0] == 7
    with pytest.raises(FrontError, match="POST /report: answered 503"):
        Front(answering(*[busy] * 5)).post("/report", b"{}", 201)


def test_a_front_that_asks_for_a_proof_of_work_gets_it_at_once(monkeypatch):
    waits, asked = [], []
    monkeypatch.setattr("app.client.portal_front.time.sleep", waits.append)
    monkeypatch.setattr("app.proof.ROUNDS", (10,))
    proofs = Proofs(b"the front's secret")
    problem = json.dumps({"code": "proof_required", "challenge": proofs.challenge("report", 0)}).encode()
    front = Front(answering(answer(429, problem, "Retry-After: 60"), answer(201, b'{"a":1}'), asked=asked))
    assert front.post("/report", b"{}", 201) == {"a": 1}
    assert waits == [0]
    first, second = (dict(re.findall(r"(?m)^([\w-]+): (.*)\r$", one.decode())) for one in asked)
    assert HEADER not in first
    assert proofs.holds("report", second[HEADER], lambda _nonce, _seconds: True)


@pytest.mark.parametrize("status", [302, 400, 404, 500])
def test_what_will_not_get_better_is_not_tried_again(status, monkeypatch):
    waits = []
    monkeypatch.setattr("app.client.portal_front.time.sleep", waits.append)
    moved = answer(status, b"{}", "Location: https://elsewhere.example/")
    with pytest.raises(FrontError, match=f"answered {status}"):
        Front(answering(moved)).get("/api/v1/directory")
    assert waits == []


@pytest.mark.parametrize("url", ["portal.example", "ftp://portal.example", "https://", "https://portal.example/path"])
def test_what_is_no_address_of_a_portal_is_refused(url):
    with pytest.raises(FrontError, match="no address of a portal"):
        Front(url)


def test_an_empty_letter_is_a_letter():
    assert check_letter(empty_letter(bytes(16)))["items"] == []
