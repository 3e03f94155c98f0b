"""Less than a year ahead, as RFC 9116 asks, and the first of a month, so that it does not change daily."""

from datetime import date

import pytest

from app.domain.security_contact import expires_on


@pytest.mark.parametrize(
    ("said", "today", "until"),
    [
        ("", date(2026, 1, 31), date(2026, 7, 1)),
        ("", date(2026, 6, 30), date(2026, 12, 1)),
        ("", date(2026, 7, 1), date(2027, 1, 1)),
        ("", date(2026, 12, 31), date(2027, 6, 1)),
        ("2027-03-04", date(2026, 7, 1), date(2027, 3, 4)),
    ],
)
def test_until_when_it_is_to_be_believed(said, today, until):
    assert expires_on(said, today) == until
