"""What the browser's side sealed opens here, and only with everything that it is bound to."""

import pytest

from tests.vectors.replay import cases, check


@pytest.mark.parametrize(("_file", "test", "pieces"), cases("envelope_browser"))
def test_replay(_file, test, pieces):
    check("envelope", test, pieces)
