"""Proof of work: asked for when a budget is spent, good once, for one budget and some minutes; it admits anybody."""

import base64
import json
import time

import altcha
import pytest
from limits.errors import StorageError

from app import create_app
from app import proof as proof_of_work
from app.errors import Busy, ProofRequired
from app.proof import HEADER, LIVES, Proofs, answer_to
from config import Settings
from tests.conftest import ASSETS, SECRET
from tests.faults.redis import Redis

KEY = b"a key for tests, and none other"
ROUNDS = (20, 40, 80)


@pytest.fixture(autouse=True, scope="module")
def cheap():
    """Tests do not need to pay the true price: it grows just as much."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof_of_work, "ROUNDS", ROUNDS)
        yield


@pytest.fixture
def limits_with(tmp_path):
    made = []

    def make(**limits):
        url = f"sqlite:///{tmp_path}/none.db"
        app = create_app(Settings(secret_key=SECRET, database_url=url, asset_cache=str(ASSETS), **limits))
        made.append(app)
        return app.extensions["onestop_limits"]

    yield make
    for app in made:
        app.extensions["onestop_engine"].dispose()


def solved(challenge):
    made = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(made, altcha.solve_challenge(made)).to_base64()


def asked(limits, budget="report", address="192.0.2.1", proof=""):
    with pytest.raises(ProofRequired) as caught:
        limits.spend(budget, address, proof)
    return caught.value.challenge


def changed(proof, **parts):
    """The proof with other parameters, or another solution."""
    payload = json.loads(base64.b64decode(proof))
    for name, value in parts.items():
        place = payload["solution"] if name in payload["solution"] else payload["challenge"]["parameters"]
        place[name] = value
    return base64.b64encode(json.dumps(payload).encode()).decode()


class Used:
    def __init__(self):
        self.seen = {}

    def __call__(self, nonce, seconds):
        if nonce in self.seen:
            return False
        self.seen[nonce] = seconds
        return True


@pytest.fixture(scope="module")
def made(cheap):
    """A challenge of a calm time and its proof."""
    challenge = Proofs(KEY).challenge("report", 0)
    return challenge, solved(challenge)


def test_nobody_is_asked_while_there_is_room_and_then_everybody(limits_with):
    limits = limits_with(limit_report_all="2 per minute")
    limits.spend("report", "192.0.2.1")
    limits.spend("report", "192.0.2.2")
    for _ in range(3):
        asked(limits)


def test_a_proof_admits_beyond_the_budget_of_all(limits_with):
    limits = limits_with(limit_report_all="1 per minute")
    limits.spend("report", "192.0.2.1")
    limits.spend("report", "192.0.2.2", solved(asked(limits)))
    asked(limits)


def test_a_proof_admits_beyond_the_share_of_an_address(limits_with):
    limits = limits_with(limit_report_each="1 per minute")
    limits.spend("report", "192.0.2.1")
    limits.spend("report", "192.0.2.1", solved(asked(limits)))
    limits.spend("report", "192.0.2.2")


def test_a_proof_is_good_once(limits_with):
    limits = limits_with(limit_report_all="1 per minute")
    limits.spend("report", "192.0.2.1")
    proof = solved(asked(limits))
    limits.spend("report", "192.0.2.1", proof)
    asked(limits, proof=proof)


def test_a_proof_for_reports_is_none_for_following_up(limits_with):
    limits = limits_with(limit_report_all="1 per minute", limit_follow_up_all="1 per minute")
    limits.spend("report", "192.0.2.1")
    limits.spend("follow_up", "192.0.2.1")
    asked(limits, "follow_up", proof=solved(asked(limits)))


def test_a_bad_proof_is_no_reason_to_refuse_what_there_is_room_for(limits_with):
    limits_with().spend("report", "192.0.2.1", "nothing")


def test_when_proofs_are_spent_too_everybody_waits_and_a_proof_stays_good(limits_with):
    limits = limits_with(limit_report_all="1 per day", limit_report_proved="1 per minute")
    limits.spend("report", "192.0.2.1")
    first, second = solved(asked(limits)), solved(asked(limits))
    limits.spend("report", "192.0.2.1", first)
    for proof in ("", second):
        with pytest.raises(Busy):
            limits.spend("report", "192.0.2.1", proof)
    limits.shared.storage.reset()
    limits.spend("report", "192.0.2.1", second)


def test_junk_for_proofs_spends_nothing_of_those_with_true_ones(limits_with):
    limits = limits_with(limit_report_all="1 per minute", limit_report_proved="1 per minute")
    limits.spend("report", "192.0.2.1")
    for junk in ("x", "{}", base64.b64encode(b"[]").decode(), changed(solved(asked(limits)), counter=2**31)):
        for _ in range(5):
            asked(limits, proof=junk)
    limits.spend("report", "192.0.2.1", solved(asked(limits)))


def test_the_price_grows_with_what_is_spent(limits_with):
    limits = limits_with(limit_report_all="1 per day", limit_report_proved="3 per day")
    limits.spend("report", "192.0.2.1")
    costs = []
    for _ in range(3):
        challenge = asked(limits)
        costs.append(challenge["parameters"]["cost"])
        limits.spend("report", "192.0.2.1", solved(challenge))
    assert costs == list(ROUNDS)


def test_where_the_storage_is_away_proofs_are_counted_in_the_process(limits_with, monkeypatch):
    limits = limits_with(limit_report_all="1 per minute")

    def away(*_args):
        raise StorageError(OSError("away"))

    for method in ("incr", "get", "get_expiry"):
        monkeypatch.setattr(limits.shared.storage, method, away)
    limits.spend("report", "192.0.2.1")
    proof = solved(asked(limits))
    limits.spend("report", "192.0.2.1", proof)
    asked(limits, proof=proof)


def test_a_challenge_names_nobody_and_no_two_are_alike():
    proofs = Proofs(KEY)
    challenges = [proofs.challenge("report", 0) for _ in range(3)]
    assert len({one["parameters"]["nonce"] for one in challenges}) == 3
    parameters = {"algorithm", "cost", "expiresAt", "keyLength", "keyPrefix", "nonce", "salt"}
    assert set(challenges[0]["parameters"]) == parameters


def test_a_proof_holds(made):
    assert Proofs(KEY).holds("report", made[1], Used())


@pytest.mark.parametrize(
    "parts",
    [
        {"cost": 1},
        {"keyPrefix": ""},
        {"expiresAt": 2**40},
        {"salt": "00" * 16},
        {"counter": -1},
        {"derivedKey": "00" * 32},
    ],
)
def test_a_changed_proof_does_not_hold(made, parts):
    assert not Proofs(KEY).holds("report", changed(made[1], **parts), Used())


def test_a_proof_made_for_another_portal_does_not_hold(made):
    assert not Proofs(b"another").holds("report", made[1], Used())


def test_a_forged_challenge_is_not_even_noted(made):
    used = Used()
    Proofs(KEY).holds("report", changed(made[1], nonce="00" * 16), used)
    assert used.seen == {}


def test_a_wrong_answer_uses_the_challenge_up(made):
    """Otherwise one challenge would let a flood have this server derive keys without end."""
    used = Used()
    assert not Proofs(KEY).holds("report", changed(made[1], counter=2**31), used)
    assert not Proofs(KEY).holds("report", made[1], used)


def test_an_old_proof_does_not_hold_and_a_used_one_is_remembered_as_long_as_it_would(made, monkeypatch):
    used = Used()
    assert Proofs(KEY).holds("report", made[1], used)
    expires = made[0]["parameters"]["expiresAt"]
    (kept,) = used.seen.values()
    assert time.time() + kept > expires
    assert kept <= LIVES + 1
    monkeypatch.setattr(time, "time", lambda: expires + 1)
    assert not Proofs(KEY).holds("report", made[1], Used())


def test_over_http_the_retry_carries_the_header_and_is_read_only_then(limits_with, app):
    limits = limits_with(limit_report_all="1 per minute")
    app.extensions["onestop_limits"] = limits
    client = app.test_client()
    assert client.post("/report", json={}).status_code == 400
    answer = client.post("/report", data=b"not read", content_type="text/plain")
    assert (answer.status_code, answer.json["code"]) == (429, "proof_required")
    assert int(answer.headers["Retry-After"]) > 0
    proof = {HEADER: answer_to(answer.json)}
    assert client.post("/report", json={}, headers=proof).status_code == 400
    assert client.post("/report", json={}, headers=proof).json["code"] == "proof_required"


def test_processes_that_share_a_redis_share_what_was_used(limits_with, tmp_path):
    server = Redis(tmp_path / "redis")
    server.start()
    try:
        one, other = (limits_with(limits_storage=server.url, limit_report_all="1 per minute") for _ in range(2))
        one.spend("report", "192.0.2.1")
        made = solved(asked(other))
        other.spend("report", "192.0.2.1", made)
        asked(one, proof=made)
    finally:
        server.stop()
