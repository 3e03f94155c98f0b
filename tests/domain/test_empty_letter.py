"""A letter that says nothing is a letter, and says nothing."""

from app.domain.empty_letter import empty_letter
from app.domain.letter import letter_json, parse_letter
from app.domain.vocabulary import UNDISCLOSED
from app.domain.wire import b64u_encode

NOTHING = ("", [], None, UNDISCLOSED)
KEPT = {"v": 1, "report_id": b64u_encode(bytes(range(16))), "reply_key": "A" * 43, "log_key": "A" * 43}


def leaves(value):
    """Every answer of a letter."""
    if not isinstance(value, dict):
        yield value
        return
    for inner in value.values():
        yield from leaves(inner)


def test_every_field_is_there_and_none_says_anything():
    for lang, given in (("ko", ()), ("en", ("en",))):
        letter = empty_letter(bytes(range(16)), *given)
        assert parse_letter(letter_json(letter)) == letter
        assert {name: letter[name] for name in KEPT} == KEPT
        assert letter["lang"] == lang
        said = [one for name in letter.keys() - KEPT.keys() - {"lang"} for one in leaves(letter[name])]
        assert len(said) > len(letter)
        assert all(one in NOTHING for one in said)
