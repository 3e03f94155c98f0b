"""One more letter: the organisation opens it, the code gives the own record back, and its size says nothing new."""

import pytest

from app.crypto import opening, receipt
from app.crypto.addition import seal_addition
from app.crypto.report import Choice
from app.domain.coming_back import parse_addition
from app.domain.letter import parse_letter
from app.domain.own_record import own_record_for, parse_own
from app.domain.wire import b64u_decode
from app.errors import FormatError
from tests.crypto.test_report import CENTRE, CONSENT, SEED
from tests.vectors.recipe import some
from tests.vectors.recipes.letters import letter
from tests.vectors.recipes.sealing import PORTAL


def test_what_is_sealed_parses_opens_and_names_the_new_organisation():
    stretched = some("stretched", 32)
    own = own_record_for(letter()["items"], [("centre-a", CONSENT)])
    sealed = seal_addition(PORTAL, stretched, letter(), Choice(CENTRE, CONSENT, ["contact"]), 1, own)
    asked = parse_addition(sealed.body)
    report_id = b64u_decode(letter()["report_id"], "report_id")
    opened = parse_letter(opening.open_letter(SEED, PORTAL, report_id, "client", asked.envelope.sealed))
    assert opened == sealed.letter
    assert (opened["account"], opened["contact"]) == (None, letter()["contact"])
    assert asked.token == receipt.token(stretched)
    assert parse_own(opening.open_own(stretched, PORTAL, report_id, asked.own)) == own


@pytest.mark.parametrize(("size", "words", "length"), [(1, 1, 4096), (3, 1, 65536), (4, 1, 262144), (1, 6000, 65536)])
def test_it_is_no_smaller_than_the_others_and_larger_where_it_must_be(size, words, length):
    told = letter(account={"text": "가" * words})
    choice = Choice(CENTRE, CONSENT, ["account"])
    asked = parse_addition(seal_addition(PORTAL, some("stretched", 32), told, choice, size, None).body)
    assert (len(asked.envelope.sealed), asked.own) == (length + 1136, None)


@pytest.mark.parametrize("size", [0, 5])
def test_there_are_four_sizes(size):
    with pytest.raises(FormatError):
        seal_addition(PORTAL, some("stretched", 32), letter(), Choice(CENTRE, CONSENT), size, None)
