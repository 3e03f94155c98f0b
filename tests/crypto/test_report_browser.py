"""A report that the browser's side sealed: the server takes its body, its recipients open their letters."""

import json
from pathlib import Path

import pytest

from app.crypto import custody, opening, receipt, recipient_key
from app.domain.letter import parse_letter
from app.domain.own_record import parse_own
from app.domain.submission import parse_submission
from app.domain.wire import b64u_decode, b64u_encode
from tests.vectors.replay import decode

TESTS = json.loads(Path(__file__).with_name("report_browser.json").read_text(encoding="utf-8"))["tests"]


@pytest.fixture(scope="module", params=TESTS, ids=lambda test: str(test["id"]))
def sent(request):
    test = decode(request.param, {})
    submission = parse_submission(test["body"].encode())
    return test, submission, receipt.stretch(test["code"], test["portal_id"])


def test_each_recipient_opens_the_letter_that_was_shown(sent):
    test, submission, stretched = sent
    assert len(submission.envelopes) == len(test["seeds"])
    for envelope, seed, shown in zip(submission.envelopes, test["seeds"], test["letters"], strict=True):
        assert recipient_key.from_seed(seed).kid == envelope.kid
        plaintext = opening.open_letter(
            seed, test["portal_id"], submission.report_id, submission.sealed_by, envelope.sealed
        )
        letter = parse_letter(plaintext)
        assert letter == shown
        assert letter["report_id"] == b64u_encode(submission.report_id)
        assert letter["reply_key"] == b64u_encode(receipt.reply_key(stretched, envelope.kid))
        assert letter["log_key"] == b64u_encode(receipt.log_key(stretched, envelope.kid))


def test_the_leaf_is_that_of_the_very_bytes(sent):
    test, submission, _ = sent
    for envelope, shown in zip(submission.envelopes, test["letters"], strict=True):
        log_key = b64u_decode(shown["log_key"], "log_key", 32)
        leaf = custody.leaf(log_key, test["portal_id"], submission.report_id, envelope.kid, envelope.sealed)
        assert leaf == envelope.leaf


def test_the_code_gives_token_lookup_and_own_record(sent):
    test, submission, stretched = sent
    assert receipt.lookup_of(receipt.token(stretched)) == submission.lookup
    own = parse_own(opening.open_own(stretched, test["portal_id"], submission.report_id, submission.own))
    assert [item["id"] for item in own["items"]] == [item["id"] for item in test["letters"][0]["items"]]
    assert [chosen["slug"] for chosen in own["organisations"]] == [e.organisation for e in submission.envelopes]
