"""Every vector of the domain modules."""

import pytest

from tests.vectors.make import BROWSER_PLATFORMS, platforms_module
from tests.vectors.replay import cases, check

MODULES = (
    "backup_record",
    "canonical_url", "compartment", "image_text", "item_state", "keyring_content", "letter", "message_content",
    "own_record", "platform", "receipt_code", "referral_state",
    "vocabulary", "wire",
)  # fmt: skip


@pytest.mark.parametrize(("module", "test", "pieces"), [case for module in MODULES for case in cases(module)])
def test_replay(module, test, pieces):
    check(module, test, pieces)


def test_the_browser_has_the_same_platforms():
    assert BROWSER_PLATFORMS.read_text(encoding="utf-8") == platforms_module(), "run python -m tests.vectors.make"
