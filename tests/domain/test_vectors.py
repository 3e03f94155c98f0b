"""Every vector of the domain modules."""

import pytest

from tests.vectors.replay import cases, check

MODULES = (
    "item_state", "keyring_content", "letter", "message_content", "own_record", "receipt_code", "referral_state",
    "vocabulary", "wire",
)  # fmt: skip


@pytest.mark.parametrize(("module", "test", "pieces"), [case for module in MODULES for case in cases(module)])
def test_replay(module, test, pieces):
    check(module, test, pieces)
