"""Recovery words: BIP-39's own examples for 256 bits, and what mistakes look like."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.recovery_words import seed, word_list, words
from app.errors import FormatError

# From the test vectors of BIP-39 (entropy in hexadecimal, mnemonic).
PANDA = (
    "panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash"
    " devote level hobby quick inner drive ghost inside"
)
EXAMPLES = [
    ("00" * 32, "abandon " * 23 + "art"),
    ("ff" * 32, "zoo " * 23 + "vote"),
    ("9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863", PANDA),
]


def test_the_list_is_the_english_one():
    text = "\n".join(word_list()) + "\n"
    assert len(word_list()) == 2048
    assert (
        hashlib.sha256(text.encode()).hexdigest() == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    )


@pytest.mark.parametrize(("entropy", "mnemonic"), EXAMPLES)
def test_examples(entropy, mnemonic):
    assert " ".join(words(bytes.fromhex(entropy))) == mnemonic
    assert seed(mnemonic).hex() == entropy


@given(st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read_back(entropy):
    assert seed("\n ".join(words(entropy)).upper()) == entropy


@pytest.mark.parametrize(
    "typed",
    ["", "abandon " * 24, "abandon " * 22 + "art", "abandon " * 24 + "art", "zzz " * 23 + "art", "abandonar " * 24],
)
def test_mistakes_are_refused(typed):
    with pytest.raises(FormatError):
        seed(typed)


def test_another_length_is_refused():
    with pytest.raises(FormatError):
        words(bytes(16))
