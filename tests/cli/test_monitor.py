"""A stranger's monitor: well at first, then it says what was changed, for whom, and which keys are others."""

import copy
import json
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from app.client import monitor
from app.client.__main__ import main
from app.client.portal_front import Front
from app.crypto import epoch_chain, recipient_key
from app.crypto.signing import signing_key_of
from app.domain.wire import b64u_decode, b64u_encode
from tests.browser.live_portal import ROOM, LivePortal, free_port
from tests.rules.tree import ROOT

pytestmark = pytest.mark.slow
SLUG = "demo-centre"
OTHER_SEED = bytes(range(32))


class BetrayingPortal(LivePortal):
    application = ("tests.cli.betraying_portal:application",)

    def __init__(self, directory):
        super().__init__(directory, **ROOM)
        self.plan = self.directory / "betrayal.json"
        self.environment["BETRAYAL"] = str(self.plan)
        self.plan.write_text("null")

    @contextmanager
    def betrays(self, path, to="", **how):
        self.plan.write_text(json.dumps({"path": path, "to": to, **how}), encoding="utf-8")
        yield
        self.plan.write_text("null")


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with BetrayingPortal(tmp_path_factory.mktemp("betraying")) as running:
        yield running


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    ran = CliRunner().invoke(main, ["manifest"])
    assert ran.exit_code == 0
    path = tmp_path_factory.mktemp("release") / "release.json"
    path.write_text(ran.output, encoding="utf-8")
    return path


@pytest.fixture
def state(tmp_path):
    return tmp_path / "seen.json"


def look(portal, *options):
    ran = CliRunner().invoke(main, ["monitor", portal.url, "--rounds", "1", *map(str, options)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, [line for line in ran.output.splitlines() if line]


def test_a_portal_as_it_should_be(portal, listed, state):
    status, (line,) = look(portal, "--manifest", listed, "--state", state, "--rounds", "2")
    assert (status, line[:15]) == (0, "ok: 8 visitors,"), line
    assert SLUG in json.loads(state.read_text())["organisations"]
    assert look(portal, "--state", state)[0] == 0


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (
            {"path": "/js/pages/report.js", "old": "fetched", "new": "fetcheD"},
            ["js/pages/report.js: what is sent is not what /code.json says [everybody]"],
        ),
        (
            {"path": "/js/pages/report.js", "to": "KAKAOTALK", "old": "fetched", "new": "fetcheD"},
            ["js/pages/report.js: what is sent is not what /code.json says [a messenger's own browser]"],
        ),
        (
            {"path": "/report", "to": "rv:140.0", "old": "</head>", "new": "<script>steal()</script></head>"},
            [
                "/report: a script stands within the page [Tor Browser]",
                "/en/report: a script stands within the page [Tor Browser]",
            ],
        ),
        (
            {"path": "/follow-up", "to": "rv:151.0", "header": "Content-Security-Policy", "value": "default-src *"},
            [
                "/follow-up: Content-Security-Policy is default-src * [a computer, English]",
                "/follow-up: another content-security-policy than to a phone, Korean [a computer, English]",
            ],
        ),
        (
            {"path": "/js/pages/report.js", "to": "iPhone", "old": "fetched", "new": "fetcheD"},
            ["js/pages/report.js: what is sent is not what /code.json says [an iPhone, Safari, an iPhone, Chrome]"],
        ),
        (
            {"path": "/follow-up", "to": "CriOS/", "old": "</head>", "new": "<script>steal()</script></head>"},
            ["/follow-up: a script stands within the page [an iPhone, Chrome]"],
        ),
        (
            {"path": "/report", "to": "iPhone", "header": "Integrity-Policy", "value": "blocked-destinations=(script)"},
            [
                ("/report: Integrity-Policy is sent to a browser that then runs no script "
                "[an iPhone, Safari, an iPhone, Chrome]")
            ],
        ),
        (
            {"path": "/report", "to": "rv:151.0", "header": "Integrity-Policy"},
            [
                "/report: Integrity-Policy is missing [a computer, English]",
                "/report: another integrity-policy than to a phone, Korean [a computer, English]",
            ],
        ),
        (
            {"path": "/privacy", "header": "Cross-Origin-Opener-Policy"},
            ["/privacy: Cross-Origin-Opener-Policy is missing [everybody]"],
        ),
        (
            {"path": "/help", "to": "Mozilla", "header": "Set-Cookie", "value": "who=1"},
            ["/help: another set-cookie than to a phone, Korean [a program]"],
        ),
    ],
)  # fmt: skip
def test_what_differs_is_said_and_to_whom(portal, plan, words):
    with portal.betrays(**plan):
        status, lines = look(portal)
    assert status == 1
    for one in words:
        assert f"differs: {one}" in lines, lines


def test_what_differs_in_a_page_is_shown(portal):
    with portal.betrays("/en/report", "rv:140.0", old="</head>", new="<script>steal()</script></head>"):
        lines = look(portal)[1]
    told = "/en/report: another answer than to a phone, Korean: line 23: …script>  <script>steal()</script></head>"
    assert f"differs: {told} [Tor Browser]" in lines, lines


def test_a_portal_that_lies_to_everybody_alike_differs_from_the_release(portal, listed):
    honest = json.loads(listed.read_text(encoding="utf-8"))
    lie = copy.deepcopy(honest)
    lie["reporter"]["js/pages/report.js"] = "0" * 64
    with portal.betrays("/code.json", new=json.dumps(lie)):
        assert (
            "differs: js/pages/report.js: is another, compared with --manifest [everybody]"
            in look(portal, "--manifest", listed)[1]
        )


def swapped(directory):
    """The directory with keys of somebody else in place of an organisation's, in itself as true as the real one."""
    changed = copy.deepcopy(directory)
    one = next(each for each in changed["organisations"] if each["slug"] == SLUG)
    portal_id = b64u_decode(changed["portal_id"], "portal_id", 16)
    pair, signing_key = recipient_key.generate(), signing_key_of(OTHER_SEED)
    one["chain"] = [epoch_chain.sign_entry(portal_id, SLUG, 0, signing_key, pair.kid, OTHER_SEED)]
    one |= {"kid": b64u_encode(pair.kid), "public_key": b64u_encode(pair.public_key)}
    one |= {"signing_key": b64u_encode(signing_key), "fingerprint": recipient_key.fingerprint(signing_key)}
    epoch_chain.verify_directory(changed)
    return changed


def test_a_swapped_key_is_said_until_somebody_accepts_it(portal, state):
    directory = Front(portal.url).get("/api/v1/directory")
    assert look(portal, "--state", state)[0] == 0
    before = state.read_bytes()
    with portal.betrays("/api/v1/directory", new=json.dumps(swapped(directory))):
        for _time in range(2):
            status, (line,) = look(portal, "--state", state)
            assert (status, "differs: demo-centre: other keys (unannounced)" in line) == (1, True), line
        assert state.read_bytes() == before
        assert look(portal, "--state", state, "--accept")[0] == 0
        assert look(portal, "--state", state)[0] == 0
    with portal.betrays("/api/v1/directory", "KAKAOTALK", new=json.dumps(swapped(directory))):
        status, lines = look(portal)
    assert status == 1
    assert any("/api/v1/directory: another answer than to a phone" in line and "messenger" in line for line in lines)


def test_a_directory_whose_signatures_do_not_hold_is_said(portal):
    broken = Front(portal.url).get("/api/v1/directory")
    broken["organisations"][0]["chain"][0]["signature"] = "A" * 86
    with portal.betrays("/api/v1/directory", new=json.dumps(broken)):
        status, lines = look(portal)
    assert (status, any("the keys do not hold" in line for line in lines)) == (1, True)


def test_a_portal_that_is_away_is_no_difference(monkeypatch, tmp_path, portal):
    monkeypatch.setattr("app.client.asker.time.sleep", lambda _seconds: None)
    nowhere = CliRunner().invoke(main, ["monitor", f"http://localhost:{free_port()}"])
    assert (nowhere.exit_code, nowhere.output[:14]) == (2, "out of reach: ")
    (tmp_path / "bad.json").write_text("[]", encoding="utf-8")
    for option in ("--state", "--manifest"):
        assert look(portal, option, tmp_path / "bad.json")[0] == monitor.OUT_OF_REACH


def test_the_list_is_the_same_from_the_source_and_from_a_portal(portal, listed, tmp_path):
    asked = json.dumps(Front(portal.url).get("/code.json"), indent=1) + "\n"
    assert asked == listed.read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["manifest", "--tree", str(ROOT)]).output == asked
    assert CliRunner().invoke(main, ["manifest", "--tree", str(tmp_path)]).exit_code == 1
