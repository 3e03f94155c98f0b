"""What is sealed opens, once, for whom it was sealed, and nothing else does."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto import encoding, epoch_chain, message, opening, own, padding, recipient_key, small, summary, work_record
from app.crypto.envelope import seal_letter
from app.errors import FormatError

pieces = st.lists(st.binary(max_size=20), max_size=5)
ids = st.binary(min_size=16, max_size=16)
keys = st.binary(min_size=32, max_size=32)


@given(pieces, pieces)
def test_no_two_lists_of_pieces_join_alike(some, other):
    assert (encoding.pae(*some) == encoding.pae(*other)) == (some == other)


def test_a_length_is_below_2_to_the_63():
    assert encoding.le64(2**63 - 1) == b"\xff" * 7 + b"\x7f"
    for number in (2**63, 2**64, 3**63 - 1):
        with pytest.raises(FormatError):
            encoding.le64(number)


@given(keys, pieces, pieces)
def test_another_purpose_is_another_key(key, some, other):
    assert (encoding.hkdf(key, *some) == encoding.hkdf(key, *other)) == (some == other)


@given(st.binary(max_size=17000), st.sampled_from([padding.LETTER_BUCKETS, padding.MESSAGE_BUCKETS]))
def test_padding_comes_off_and_leaves_a_bucket(plaintext, buckets):
    padded = padding.pad(plaintext, buckets)
    assert len(padded) in buckets
    assert padding.unpad(padded, buckets) == plaintext
    assert padded[: len(plaintext)] == plaintext


@given(st.binary(max_size=600))
def test_what_was_not_padded_is_refused_or_padded_right(padded):
    buckets = padding.SUMMARY_BUCKETS
    try:
        plaintext = padding.unpad(padded, buckets)
    except FormatError:
        return
    assert padding.pad(plaintext, buckets, len(padded)) == padded


@given(keys, ids, ids, st.binary(max_size=2000), st.sampled_from(["to_reporter", "to_organisation"]))
def test_messages_open_in_their_own_direction(key, report_id, message_id, content, direction):
    portal_id, kid = bytes(16), bytes(16)
    sealed = message.seal_message(key, direction, portal_id, report_id, kid, message_id, content)
    assert opening.open_message(key, direction, portal_id, report_id, kid, message_id, sealed) == content
    back = "to_reporter" if direction == "to_organisation" else "to_organisation"
    with pytest.raises(FormatError):
        opening.open_message(key, back, portal_id, report_id, kid, message_id, sealed)


@given(keys, ids, st.binary(max_size=600), st.data())
def test_one_flipped_bit_anywhere_is_seen(key, record_id, content, data):
    bound = (key, "note", bytes(16), "centre-a", bytes(16), record_id, 1)
    sealed = bytearray(work_record.seal_record(*bound, content))
    place, bit = data.draw(st.integers(0, len(sealed) - 1)), data.draw(st.integers(0, 7))
    sealed[place] ^= 1 << bit
    with pytest.raises(FormatError):
        opening.open_record(*bound, bytes(sealed))


def test_the_same_words_never_give_the_same_bytes():
    sealed = {small.seal_small(bytes(32), b"", b"words") for _ in range(50)}
    assert len(sealed) == 50
    keys = recipient_key.generate()
    bound = (keys.public_key, bytes(16), bytes(16), keys.kid, "browser", b"words")
    assert seal_letter(*bound) != seal_letter(*bound)


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=5000), ids, ids)
def test_letters_open_for_their_recipient_alone(letter, portal_id, report_id):
    keys, other = recipient_key.generate(), recipient_key.generate()
    sealed = seal_letter(keys.public_key, portal_id, report_id, keys.kid, "client", letter)
    assert opening.open_letter(keys.seed, portal_id, report_id, "client", sealed) == letter
    for seed in (other.seed, secrets.token_bytes(32)):
        with pytest.raises(FormatError):
            opening.open_letter(seed, portal_id, report_id, "client", sealed)


@given(keys, ids, st.binary(max_size=100))
def test_an_own_record_and_a_draft_are_two_things(stretched, id_, content):
    sealed = own.seal_own(stretched, bytes(16), id_, content)
    assert opening.open_own(stretched, bytes(16), id_, sealed) == content
    with pytest.raises(FormatError):
        opening.open_draft(stretched, bytes(16), id_, sealed)


@given(st.binary(max_size=1300))
def test_a_summary_has_a_length_in_steps_of_512(content):
    bound = (bytes(32), bytes(16), "centre-a", bytes(16), bytes(16), bytes(32), 1)
    sealed = summary.seal_summary(*bound, content)
    assert (len(sealed) - 28) % 512 == 0
    assert len(sealed) - 28 - len(content) <= 512
    assert opening.open_summary(*bound, sealed) == content


@given(st.binary(max_size=1300))
def test_whatever_the_bytes_one_error(sealed):
    with pytest.raises(FormatError):
        opening.open_letter(bytes(32), bytes(16), bytes(16), "browser", sealed)
    with pytest.raises(FormatError):
        opening.open_own(bytes(32), bytes(16), bytes(16), sealed)
    with pytest.raises(FormatError):
        opening.unwrap_seed(bytes(32), bytes(16), "centre-a", bytes(16), sealed)


@given(keys)
def test_a_fingerprint_is_thirty_digits(public_key):
    groups = recipient_key.fingerprint(public_key).split(" ")
    assert [len(group) for group in groups] == [5] * 6
    assert all(group.isdecimal() for group in groups)


def test_a_pair_does_not_print_its_seed():
    pair = recipient_key.generate()
    assert pair.seed.hex() not in repr(pair)
    assert repr(pair.seed)[2:-1] not in repr(pair)


@pytest.mark.parametrize("directory", [None, [], {}, {"v": 1}, {"v": 1, "portal_id": "x", "organisations": []}])
def test_what_is_no_directory(directory):
    with pytest.raises(FormatError):
        epoch_chain.verify_directory(directory)
