"""A whole report: what is posted parses, every organisation reads its own letter, the code gives the rest back."""

import json

import pytest
from click.testing import CliRunner

from app.client.__main__ import main
from app.crypto import custody, opening, receipt
from app.crypto.report import Choice, seal_report
from app.domain import receipt_code
from app.domain.letter import letter_json, parse_letter
from app.domain.own_record import own_json, own_record_for, parse_own
from app.domain.submission import parse_submission
from app.domain.wire import b64u_decode
from app.errors import FormatError
from tests.vectors.recipe import some
from tests.vectors.recipes.chains import chain
from tests.vectors.recipes.letters import item, letter
from tests.vectors.recipes.sealing import PORTAL

SEED = some("seed 2", 32)
DIRECTORY = chain()[1]
CENTRE = DIRECTORY["organisations"][0]
CONSENT = {"purposes": ["deletion"], "pass_on": []}


def commission():
    return {**CENTRE, "slug": "commission", "kind": "commission"}


@pytest.fixture(scope="module")
def sealed():
    code = receipt_code.generate()
    choices = [Choice(CENTRE, CONSENT, ["account"]), Choice(commission(), CONSENT, [])]
    return code, seal_report(PORTAL, code, letter(), choices)


def test_everybody_reads_exactly_the_own_letter(sealed):
    _, report = sealed
    submission = parse_submission(report.body)
    for envelope in submission.envelopes:
        opened = opening.open_letter(SEED, PORTAL, submission.report_id, submission.sealed_by, envelope.sealed)
        assert parse_letter(opened) == report.letters[envelope.organisation]
    assert report.letters["centre-a"]["account"] == letter()["account"]
    assert report.letters["centre-a"]["offender"] is None
    assert report.letters["commission"]["account"] is None
    assert report.letters["commission"]["harm"] == []


def test_two_organisations_that_compare_their_letters_see_that_it_is_one_report(sealed):
    """Nothing hides it from those who show each other what they opened: the numbers are the same in both."""
    _, report = sealed
    submission = parse_submission(report.body)
    mine, theirs = (
        parse_letter(opening.open_letter(SEED, PORTAL, submission.report_id, submission.sealed_by, each.sealed))
        for each in submission.envelopes
    )
    assert mine["report_id"] == theirs["report_id"]
    assert [one["id"] for one in mine["items"]] == [one["id"] for one in theirs["items"]]


def test_all_letters_have_the_size_of_the_largest():
    long = letter(account={"text": "가" * 4000})
    code = receipt_code.generate()
    report = seal_report(PORTAL, code, long, [Choice(CENTRE, CONSENT, ["account"]), Choice(commission(), CONSENT)])
    assert {len(each.sealed) for each in parse_submission(report.body).envelopes} == {16384 + 1136}


def test_the_code_gives_back_token_keys_and_own_record(sealed):
    code, report = sealed
    submission = parse_submission(report.body)
    stretched = receipt.stretch(code, PORTAL)
    assert receipt.token(stretched) == report.token
    assert receipt.lookup_of(report.token) == submission.lookup
    own = parse_own(opening.open_own(stretched, PORTAL, submission.report_id, submission.own))
    assert [link["id"] for link in own["items"]] == [link["id"] for link in letter()["items"]]
    assert "account" not in str(own)
    for envelope in submission.envelopes:
        read = report.letters[envelope.organisation]
        assert b64u_decode(read["reply_key"], "") == receipt.reply_key(stretched, envelope.kid)
        log_key = b64u_decode(read["log_key"], "")
        leaf = custody.leaf(log_key, PORTAL, submission.report_id, envelope.kid, envelope.sealed)
        assert leaf == envelope.leaf


def test_the_code_opens_what_was_kept_for_the_reporter_unless_it_was_declined():
    code = receipt_code.generate()
    report = seal_report(PORTAL, code, letter(), [Choice(CENTRE, CONSENT)])
    submission = parse_submission(report.body)
    assert submission.urgent is False
    assert receipt.lookup_of(report.token) == submission.lookup
    own = opening.open_own(receipt.stretch(code, PORTAL), PORTAL, submission.report_id, submission.own)
    assert [kept["slug"] for kept in parse_own(own)["organisations"]] == [CENTRE["slug"]]


def test_own_may_be_declined_and_nobody_chosen_is_refused():
    code = receipt_code.generate()
    assert (
        parse_submission(seal_report(PORTAL, code, letter(), [Choice(CENTRE, CONSENT)], keep_own=False).body).own
        is None
    )
    with pytest.raises(FormatError):
        seal_report(PORTAL, code, letter(), [])


def test_the_own_record_holds_as_many_links_as_fit():
    links = [item(f"link {number}", url="https://example.test/" + "a" * 8000) for number in range(40)]
    own = own_record_for(links, [("centre-a", CONSENT)])
    assert 30 <= len(own["items"]) < 40
    assert len(own_json(own)) < 262144


def run(tmp_path, whole, *more):
    (tmp_path / "letter.json").write_bytes(json.dumps(whole).encode())
    (tmp_path / "directory.json").write_text(json.dumps(DIRECTORY), encoding="utf-8")
    arguments = ["seal", str(tmp_path / "letter.json"), "--directory", str(tmp_path / "directory.json"), *more]
    return CliRunner().invoke(main, arguments)


def test_the_command_line_seals_what_its_own_opens(tmp_path):
    ran = run(tmp_path, letter(), "--to", "centre-a", "--allow", "contact")
    assert ran.exit_code == 0
    submission = parse_submission(ran.stdout.encode())
    assert submission.sealed_by == "client"
    assert CENTRE["fingerprint"] in ran.stderr
    code = receipt_code.normalise(ran.stderr.splitlines()[-1])
    assert receipt.lookup_of(receipt.token(receipt.stretch(code, PORTAL))) == submission.lookup
    opened = parse_letter(
        opening.open_letter(SEED, PORTAL, submission.report_id, "client", submission.envelopes[0].sealed)
    )
    assert opened["contact"] == letter()["contact"]
    assert opened["account"] is None


@pytest.mark.parametrize(
    ("whole", "more"),
    [
        (letter(v=2), ["--to", "centre-a"]),
        (letter(), ["--to", "nobody"]),
        (letter(incident_place="data:image/png;base64,AAAA"), ["--to", "centre-a"]),
    ],
)
def test_the_command_line_says_what_cannot_be_sealed(tmp_path, whole, more):
    ran = run(tmp_path, whole, *more)
    assert ran.exit_code == 1
    assert "cannot be sealed" in ran.stderr
    assert ran.stdout == ""


def test_a_letter_too_long_for_any_size_is_refused():
    links = [item(f"link {number}", url="https://example.test/" + "a" * 8000) for number in range(40)]
    assert len(letter_json(letter(items=links))) > 262144
    with pytest.raises(FormatError):
        seal_report(PORTAL, receipt_code.generate(), letter(items=links), [Choice(CENTRE, CONSENT)])
