"""Whatever stands in the header, or in a problem's place: at worst it is no proof."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.proof import Proofs, answer_to

KEY = b"a key for tests, and none other"


def first_use(_nonce, _seconds):
    return True


@pytest.mark.parametrize("problem", [None, [], {}, {"code": "busy"}, "proof_required"])
def test_no_other_problem_is_answered_with_a_proof(problem):
    assert answer_to(problem) == ""


@given(
    st.one_of(
        st.text(max_size=40),
        st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), st.lists).map(
            lambda value: base64.b64encode(json.dumps({"challenge": value, "solution": value}).encode()).decode()
        ),
        st.dictionaries(st.sampled_from(["algorithm", "nonce", "salt", "cost", "expiresAt", "data"]), st.text()).map(
            lambda value: base64.b64encode(
                json.dumps({"challenge": {"parameters": value, "signature": "x"}, "solution": {}}).encode()
            ).decode()
        ),
    )
)
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_the_header_is_at_worst_no_proof(text):
    assert not Proofs(KEY).holds("report", text, first_use)
    assert not Proofs(KEY).holds("report", text * 3000, first_use)
