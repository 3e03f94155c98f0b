"""The own record has as many links as fit its largest size, to the byte."""

import pytest

from app.domain.own_record import own_json, own_record_for, parse_own
from app.domain.sealed_length import LETTER_BUCKETS
from app.domain.wire import b64u_encode

CONSENT = {"purposes": ["deletion"], "pass_on": []}
URL, ENOUGH = 2000, 140  # characters of an address; so many are too many


def items(first):
    """Links of which the first has an address of that length."""
    lengths = [first] + [URL] * (ENOUGH - 1)
    return [
        {"id": b64u_encode(number.to_bytes(16, "big")), "url": "https://a.example/".ljust(length, "x")}
        for number, length in enumerate(lengths)
    ]


@pytest.mark.parametrize("first", range(18, URL, 97))
def test_the_first_links_are_kept_and_one_more_would_not_fit(first):
    own = own_record_for(items(first), [("centre", CONSENT)])
    kept = len(own["items"])
    assert own["items"] == [{"id": one["id"], "url": one["url"]} for one in items(first)[:kept]]
    assert len(own_json(own)) < LETTER_BUCKETS[-1] <= len(own_json(own | {"items": items(first)[: kept + 1]})) + 1
    assert parse_own(own_json(own)) == own


def test_the_last_byte_counts():
    """One byte is for the padding, and a comma is counted for each link."""
    spare = LETTER_BUCKETS[-1] - len(own_json(own_record_for(items(18), [("centre", CONSENT)]))) - 1
    kept = len(own_record_for(items(18), [("centre", CONSENT)])["items"])
    assert 1 < spare < URL
    counts = [len(own_record_for(items(18 + more), [("centre", CONSENT)])["items"]) for more in (spare - 1, spare)]
    assert counts == [kept, kept - 1]
