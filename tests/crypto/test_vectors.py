"""Every vector of the crypto modules, and that the files are what their recipes give."""

import pytest

from tests.vectors.make import made
from tests.vectors.replay import FOLDER, cases, check

MODULES = (
    "backup", "caseworker_key", "custody", "elsewhere", "encoding", "envelope", "epoch_chain", "evidence", "keyring",
    "message", "onward", "own", "padding", "receipt", "recipient_key", "shred", "signed_list", "signing", "summary",
    "work_record",
)  # fmt: skip


@pytest.mark.parametrize(("module", "test", "pieces"), [case for module in MODULES for case in cases(module)])
def test_replay(module, test, pieces):
    check(module, test, pieces)


def test_the_files_are_what_the_recipes_give():
    stale = [name for name, text in made().items() if (FOLDER / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run python -m tests.vectors.make"
