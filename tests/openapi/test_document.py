"""docs/openapi.json says what the code does: the same addresses, the same bodies, the same errors."""

import json
import re

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import casework, coming_back, invitation, recovery, sealed_length, signing_in, submission
from app.errors import FormatError
from app.forms.error_answers import ANSWERS, FAULT, HTTP_ANSWERS
from tests.databases import on_one
from tests.openapi.document import DOCUMENT, operations, schema_of, strictly
from tests.rules.test_access import declared_by, endpoints

PARSERS = {
    ("POST", "/report"): submission.parse_submission,
    ("POST", "/follow-up"): coming_back.parse_follow_up,
    ("POST", "/follow-up/message"): coming_back.parse_follow_up_message,
    ("POST", "/follow-up/organisation"): coming_back.parse_addition,
    ("POST", "/follow-up/withdrawal"): coming_back.parse_withdrawal,
    ("POST", "/draft"): coming_back.parse_draft,
    ("POST", "/draft/open"): coming_back.parse_follow_up,
    ("POST", "/draft/destroy"): coming_back.parse_follow_up,
    ("POST", "/sign-in"): casework.parse_sign_in,
    ("POST", "/sign-in/second"): signing_in.parse_second,
    ("POST", "/sign-in/passkey"): lambda body: signing_in.parse_nothing(body) or True,
    ("POST", "/sign-in/passkey/answer"): signing_in.parse_signed,
    ("POST", "/invitation"): invitation.parse_secret,
    ("POST", "/invitation/founding"): invitation.parse_founding,
    ("POST", "/invitation/joining"): invitation.parse_joining,
    ("POST", "/recovery/begin"): recovery.parse_beginning,
    ("POST", "/recovery/open"): recovery.parse_proof,
    ("POST", "/recovery/ending"): recovery.parse_ending,
}
with_body = pytest.mark.parametrize("operation", PARSERS, ids=" ".join)


def bodies(operation):
    method, path = operation
    return schemathesis.openapi.from_dict(DOCUMENT)[path][method].as_strategy().map(lambda case: case.body)


@on_one
def test_it_lists_what_strangers_can_reach_and_nothing_else(app):
    reached = {
        (method, re.sub(r"<(\w+)>", r"{\1}", pattern))
        for endpoint, method, pattern in endpoints(app)
        if declared_by(app.view_functions[endpoint]).role == "anyone"
    }
    assert set(operations()) == reached


def test_every_body_has_its_parser():
    assert {operation for operation, said in operations().items() if schema_of(said)} == set(PARSERS)


@with_body
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_it_allows_is_taken_and_no_member_less_or_more(operation, data):
    value = strictly(data.draw(bodies(operation)))
    parse = PARSERS[operation]
    assert parse(json.dumps(value).encode()) is not None
    for name in value:
        with pytest.raises(FormatError):
            parse(json.dumps({key: one for key, one in value.items() if key != name}).encode())
    with pytest.raises(FormatError):
        parse(json.dumps({**value, "more": 1}).encode())


@pytest.mark.parametrize(
    ("name", "lengths"),
    [
        ("Letter", [bucket + sealed_length.ENVELOPE_OVERHEAD for bucket in sealed_length.LETTER_BUCKETS]),
        ("Own", [bucket + sealed_length.SMALL_OVERHEAD for bucket in sealed_length.LETTER_BUCKETS]),
        ("Message", sealed_length.MESSAGE_LENGTHS),
        ("Ring", sealed_length.KEYRING_LENGTHS),
    ],
)
def test_the_lengths_are_those_of_the_code(name, lengths):
    said = DOCUMENT["components"]["schemas"][name]["description"]
    assert [int(number) for number in re.findall(r"\d{4,}", said)] == list(lengths)


def test_the_codes_of_errors_are_those_of_the_code():
    staff_only = {
        "clock_doubted", "portal_error", "session_ended", "set_up_refused", "transition_refused",
        "confirm_first", "passkey_refused", "ring_changed", "kit_needed", "keys_needed", "last_lead", "members_changed",
        "already_passed_on", "reason_needed", "message_needed", "undo_over",
        "access_ended", "operator_ended",
    }  # fmt: skip
    raised = {kind.code for kind in ANSWERS} | {FAULT[0]} | {code for code, _answer in HTTP_ANSWERS.values()}
    assert set(DOCUMENT["components"]["schemas"]["Code"]["enum"]) == raised - staff_only
