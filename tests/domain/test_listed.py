"""A list of referrals to do one thing to: whole, short enough, none twice."""

import pytest

from app.domain.casework import LISTED_MOST, parse_listed
from app.domain.wire import b64u_encode as b64u
from app.errors import FormatError


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"referrals":[]}',
        b'{"referrals":[{"referral_id":"AAAAAAAAAAAAAAAAAAAAAA","version":1}]}',
        b'{"referrals":[{"referral_id":"AAAAAAAAAAAAAAAAAAAAAA","version":0,"unread":false}]}',
        b'{"referrals":[%s]}' % b",".join([b'{"referral_id":"AAAAAAAAAAAAAAAAAAAAAA","version":1,"unread":false}'] * 2),
    ],
)
def test_bodies_are_parsed_strictly(body):
    with pytest.raises(FormatError):
        parse_listed(body)


def test_a_hundred_at_once_and_not_more():
    one = b'{"referral_id":"%s","version":1,"unread":false}'
    many = [one % b64u(number.to_bytes(16, "big")).encode() for number in range(LISTED_MOST + 1)]
    assert len(parse_listed(b'{"referrals":[%s]}' % b",".join(many[:-1]))) == LISTED_MOST
    with pytest.raises(FormatError):
        parse_listed(b'{"referrals":[%s]}' % b",".join(many))
