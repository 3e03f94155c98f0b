"""The seed of an organisation's recovery key as 24 words for paper: BIP-39, entropy encoding, English list.

Only the encoding is BIP-39's, not its key derivation: the words are the 32 bytes, and eight bits that catch mistakes.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from app.errors import FormatError

COUNT: Final = 24
_LIST: Final = Path(__file__).parent.parent / "data" / "bip39_english.txt"
_BITS: Final = 11


@cache
def word_list() -> tuple[str, ...]:
    """Give the 2048 words, in their order."""
    return tuple(_LIST.read_text(encoding="ascii").split())


def words(seed: bytes) -> list[str]:
    """Write 32 bytes as 24 words. Raises FormatError for another length."""
    if len(seed) != 32:
        raise FormatError("seed")
    number = int.from_bytes(seed + hashlib.sha256(seed).digest()[:1], "big")
    return [word_list()[number >> _BITS * place & 0x7FF] for place in reversed(range(COUNT))]


def seed(text: str) -> bytes:
    """Read 24 words back, however they are spaced or capitalised. Raises FormatError where they are no such words."""
    places = {word: place for place, word in enumerate(word_list())}
    typed = text.lower().split()
    if len(typed) != COUNT or any(word not in places for word in typed):
        raise FormatError("recovery_words")
    number = 0
    for word in typed:
        number = number << _BITS | places[word]
    read = number.to_bytes(33, "big")
    if hashlib.sha256(read[:32]).digest()[0] != read[32]:
        raise FormatError("recovery_words")
    return read[:32]
