"""Each module that both sides have, has one name, one twin and one file of vectors that both replay."""

import json
import re

import pytest

from tests.rules.tree import files, own, text

# Modules that only one side has a use for, each with its reason.
ALONE = {
    "app/crypto/": {
        "__init__",
        "backup",  # the server seals it, the command-line client opens it: no browser meets one
        "backup_opening",
        "paper_code",  # codes on paper are typed, and sent as they are
        "shred",  # the server's own layer: no browser meets it
    },
    "app/domain/": {
        "__init__",
        "answer",  # turns what services give into JSON
        "backup_reading",  # what is in a backup: the server's and the command-line client's
        "backup_record",
        "casework",  # parses what staff's browsers send; the browsers build it where they seal
        "crossed",  # tables of what a server counts
        "figures",  # what a server counts; a browser counts what it alone can read, from summaries
        "empty_letter",  # the browser's stands in its `letter`, which has room for it
        "deadline",  # days are the server's
        "holding",  # parses what a lead's browser sends; it builds it where it seals
        "retention",  # how long something is kept is the server's to say
        "invitation",  # parses what newcomers' browsers send; the page builds it where keys are made
        "new_keys",  # what `invitation`, `people` and `recovery` have in common
        "link_asking",  # parses what the page by link asks for; the page builds it where it asks
        "notice",  # mail is the server's
        "public_notice",  # the operator's form is read by the server
        "queue_asking",  # parses what the queue's page asks for; the page builds it where it asks
        "recovery",  # parses what the browser of whoever holds the recovery words sends
        "resealing",  # parses what a lead's browser sends back
        "work_record",  # parses what staff's browsers send; they build it where they seal
        "role",  # who may do what is the server's to say
        "passing_on",  # parses what a browser sends that passes a letter on, or answers one
        "people",  # parses what a lead's browser sends; it builds it where it makes the ring
        "security_contact",  # until when a page for programs is good
        "strict_json",  # what JavaScript has in its `wire`: in Python it is a room of its own
        "signing_in",  # parses what browsers send to sign in; they build it where the passkey answers
    },
    "static/js/crypto/": {
        "proof_of_work",  # searches; the server only checks, with the `altcha` package
        "key_name",  # kid and fingerprint without the HPKE library, for pages that only verify
        "resealing",  # only a lead's browser holds both keys; the server takes back what it made
        "small_opening",  # the openings that need no HPKE library
        "tab",  # what only a tab keeps
    },
    "static/js/domain/": {
        "list_record",  # what is inside sealed lists: browsers alone make and read it
        "csv",  # tables as files are read and written by browsers alone
        "record_steps",  # what is recorded with each step: sealed, so browsers alone read and check it
        "request_record",  # what is inside requests and room records: likewise
        "room_record",
        "directory_record",  # what is inside the other records of an organisation: likewise
        "effort_record",
        "campaign_record",
        "recheck_record",
        "batch_record",
        "reading_record",
        "sites",  # compares sites that only browsers read
        "site_table",
    },
}
# These have no vectors of their own, each with its reason.
WITHOUT_VECTORS = {
    "small",  # replayed by every module that seals small things
    "addition",  # puts the others together; what each side sealed, the other opens
    "report",  # puts the others together; what each side sealed, the other opens
    "opening",  # replayed by the vectors of what it opens
    "sealed_length",  # numbers, replayed by padding
    "submission",  # whole requests: tests of both sides send them to a running portal
    "coming_back",  # likewise
    "steps",  # tables, replayed by the vectors of each
}


def modules(folder, ending):
    names = (name.removeprefix(folder) for name in own(ending, under=folder))
    return {name.removesuffix(ending) for name in names if "/" not in name}


def without_twin(python, browser, alone):
    return sorted((python ^ browser) - alone)


def twins(kind):
    return modules(f"app/{kind}/", ".py") & modules(f"static/js/{kind}/", ".js")


def test_a_lonely_module_would_be_seen():
    assert without_twin({"receipt", "__init__"}, {"receipt"}, {"__init__"}) == []
    assert without_twin({"receipt", "shred"}, {"receipt"}, set()) == ["shred"]
    assert without_twin({"receipt"}, {"receipt", "extra"}, set()) == ["extra"]


@pytest.mark.parametrize("kind", ["crypto", "domain"])
def test_every_module_has_its_twin(kind):
    here, there = f"app/{kind}/", f"static/js/{kind}/"
    assert without_twin(modules(here, ".py"), modules(there, ".js"), ALONE[here] | ALONE[there]) == []


def test_no_reason_outlives_its_module():
    for folder, names in ALONE.items():
        assert names <= modules(folder, ".py" if folder.startswith("app") else ".js"), folder
    assert twins("crypto") | twins("domain") >= WITHOUT_VECTORS


@pytest.mark.parametrize("module", sorted((twins("crypto") | twins("domain")) - WITHOUT_VECTORS))
def test_both_sides_replay_the_same_vectors(module):
    vectors = json.loads(text(f"tests/vectors/{module}.json"))
    assert vectors["tests"]
    assert len({test["id"] for test in vectors["tests"]}) == len(vectors["tests"])
    assert {test["result"] for test in vectors["tests"]} <= {"valid", "invalid"}
    readers = re.compile(rf"[\"'/]{module}(?:\.json)?[\"']")
    for kinds in ((".py",), (".js", ".mjs")):
        users = [name for name in own(*kinds, under="tests/") if readers.search(text(name))]
        assert users, f"no {kinds[0]} under tests/ replays {module}.json"


def test_what_is_sealed_is_also_shown_to_fail():
    """Every file about bytes has negatives, not only examples that work."""
    for name in files():
        if name.startswith("tests/vectors/") and name.endswith(".json"):
            results = [test["result"] for test in json.loads(text(name))["tests"]]
            module = name[14:-5]
            if module in twins("crypto") - {"custody"}:
                assert "invalid" in results, name
