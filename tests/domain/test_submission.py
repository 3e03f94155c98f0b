"""What comes to `POST /report` is taken exactly as it should be, or not at all."""

import json

import pytest

from app.domain import sealed_length
from app.domain.submission import parse_submission
from app.domain.wire import b64u_encode
from app.errors import FormatError


def envelope(slug="centre-a", bucket=4096, **changes):
    return {
        "organisation": slug, "kid": b64u_encode(bytes(16)), "sealed": b64u_encode(bytes(bucket + 1136)),
        "leaf": b64u_encode(bytes(32)), **changes,
    }  # fmt: skip


def body(**changes):
    report = {
        "v": 1, "report_id": b64u_encode(bytes(16)), "lookup": b64u_encode(bytes(32)), "urgent": False,
        "sealed_by": "browser", "own": b64u_encode(bytes(4096 + 28)), "envelopes": [envelope()], **changes,
    }  # fmt: skip
    return json.dumps(report).encode()


@pytest.mark.parametrize("bucket", sealed_length.LETTER_BUCKETS)
def test_every_size_is_taken(bucket):
    own = b64u_encode(bytes(bucket + 28))
    submission = parse_submission(body(own=own, envelopes=[envelope("a", bucket), envelope("b", bucket)]))
    assert [each.organisation for each in submission.envelopes] == ["a", "b"]
    assert {len(each.sealed) for each in submission.envelopes} == {bucket + 1136}
    assert len(submission.own) == bucket + 28


def test_own_may_be_declined_and_eight_may_be_chosen():
    submission = parse_submission(body(own=None, envelopes=[envelope(f"o{number}") for number in range(8)]))
    assert submission.own is None
    assert len(submission.envelopes) == 8


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"v": 2}, "v"),
        ({"v": True}, "v"),
        ({"extra": 1}, ""),
        ({"report_id": b64u_encode(bytes(15))}, "report_id"),
        ({"report_id": "A" * 21 + "B"}, "report_id"),
        ({"lookup": None}, "lookup"),
        ({"urgent": 0}, "urgent"),
        ({"sealed_by": "server"}, "sealed_by"),
        ({"sealed_by": "caseworker"}, "sealed_by"),
        ({"own": ""}, "own"),
        ({"own": b64u_encode(bytes(4096))}, "own"),
        ({"envelopes": []}, "envelopes"),
        ({"envelopes": {}}, "envelopes"),
        ({"envelopes": [envelope(f"o{number}") for number in range(9)]}, "envelopes"),
        ({"envelopes": [envelope(), envelope()]}, "envelopes"),
        ({"envelopes": [envelope("a", 4096), envelope("b", 16384)]}, "envelopes"),
        ({"envelopes": [envelope("A")]}, "envelopes.0.organisation"),
        ({"envelopes": [envelope(kid=b64u_encode(bytes(17)))]}, "envelopes.0.kid"),
        ({"envelopes": [envelope(leaf=b64u_encode(bytes(31)))]}, "envelopes.0.leaf"),
        ({"envelopes": [envelope(sealed=b64u_encode(bytes(5000)))]}, "envelopes.0.sealed"),
        ({"envelopes": [envelope(sealed=b64u_encode(bytes(4096 + 1136)) + "==")]}, "envelopes.0.sealed"),
        ({"envelopes": [envelope(sealed=None)]}, "envelopes.0.sealed"),
        ({"envelopes": [envelope(note="x")]}, "envelopes.0"),
    ],
)
def test_what_is_wrong_is_named(changes, field):
    with pytest.raises(FormatError) as raised:
        parse_submission(body(**changes))
    assert raised.value.field == field


@pytest.mark.parametrize("name", ["v", "report_id", "lookup", "urgent", "sealed_by", "own", "envelopes"])
def test_no_field_may_be_missing(name):
    report = json.loads(body())
    del report[name]
    with pytest.raises(FormatError) as raised:
        parse_submission(json.dumps(report).encode())
    assert raised.value.field == name


def test_a_truncated_body_is_refused():
    with pytest.raises(FormatError):
        parse_submission(body()[:-1])


def test_an_envelope_has_one_of_four_sizes():
    assert [sealed_length.size_class(bucket + 1136) for bucket in sealed_length.LETTER_BUCKETS] == [1, 2, 3, 4]
    with pytest.raises(ValueError):
        sealed_length.size_class(4096)
