"""A letter to one organisation more that the browser's side sealed: the server takes it, the organisation opens it."""

import json
from pathlib import Path

import pytest

from app.crypto import custody, opening, receipt, recipient_key
from app.domain.coming_back import parse_addition
from app.domain.letter import parse_letter
from app.domain.own_record import parse_own
from app.domain.sealed_length import LETTER_BUCKETS, size_class
from app.domain.wire import b64u_decode, b64u_encode
from tests.vectors.replay import decode

TESTS = json.loads(Path(__file__).with_name("addition_browser.json").read_text(encoding="utf-8"))["tests"]


@pytest.fixture(scope="module", params=TESTS, ids=lambda test: test["comment"])
def sent(request):
    test = decode(request.param, {})
    return test, parse_addition(test["body"].encode()), receipt.stretch(test["code"], test["portal_id"])


def test_the_organisation_opens_the_letter_that_was_shown(sent):
    test, addition, stretched = sent
    envelope, report_id = addition.envelope, b64u_decode(test["letter"]["report_id"], "report_id", 16)
    assert recipient_key.from_seed(test["seed"]).kid == envelope.kid
    opened = opening.open_letter(test["seed"], test["portal_id"], report_id, addition.sealed_by, envelope.sealed)
    letter = parse_letter(opened)
    assert letter == test["letter"]
    assert letter["reply_key"] == b64u_encode(receipt.reply_key(stretched, envelope.kid))
    assert letter["log_key"] == b64u_encode(receipt.log_key(stretched, envelope.kid))
    log_key = b64u_decode(letter["log_key"], "log_key", 32)
    assert custody.leaf(log_key, test["portal_id"], report_id, envelope.kid, envelope.sealed) == envelope.leaf


def test_its_size_is_that_of_the_others_and_the_code_is_hers(sent):
    test, addition, stretched = sent
    assert size_class(len(addition.envelope.sealed)) == test["size"]
    assert len(addition.envelope.sealed) == LETTER_BUCKETS[test["size"] - 1] + 1136
    assert addition.token == receipt.token(stretched)


def test_the_own_record_names_it_too_where_one_is_kept(sent):
    test, addition, stretched = sent
    if test["own"] is None:
        assert addition.own is None
        return
    report_id = b64u_decode(test["letter"]["report_id"], "report_id", 16)
    assert parse_own(opening.open_own(stretched, test["portal_id"], report_id, addition.own)) == test["own"]
