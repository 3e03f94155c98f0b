"""What somebody who only sees lengths learns of a report, and what not."""

import json

from app.crypto.report import Choice, seal_report
from app.domain import receipt_code
from app.domain.wire import b64u_encode
from tests.vectors.recipes.chains import chain
from tests.vectors.recipes.letters import letter
from tests.vectors.recipes.sealing import PORTAL

CENTRE = chain()[1]["organisations"][0]
CONSENT = {"purposes": ["deletion"], "pass_on": []}


def length(text, *slugs, urgent=False):
    choices = [Choice({**CENTRE, "slug": slug}, CONSENT, ["account"]) for slug in slugs]
    code = receipt_code.generate()
    return len(seal_report(PORTAL, code, letter(account={"text": text}), choices, urgent=urgent).body)


def test_what_was_written_changes_no_length_within_a_size():
    assert length("가", "centre-a") == length("그 사람이 보낸 것은 이것입니다.", "centre-a")
    assert length("가", "centre-a") < length("가" * 4000, "centre-a")


def test_the_number_of_letters_shows_and_neither_whose_they_are_nor_the_urgency():
    alone = length("가", "centre-a")
    assert length("가", "centre-a", "centre-b") > alone + 4096
    assert {length("가", slug, urgent=urgent) for slug in ("c", "x" * 40) for urgent in (False, True)} == {alone}


def test_a_submission_is_larger_than_coming_back_with_a_code():
    coming_back = json.dumps({"token": b64u_encode(bytes(32))})
    assert length("가", "centre-a") > 50 * len(coming_back)
