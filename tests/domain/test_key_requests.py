"""The bodies by which keys come and change hands: each member arrives in its place, and anything else is refused."""

import json
from dataclasses import asdict

import pytest

from app.domain import invitation, people, recovery, resealing
from app.domain.wire import b64u_encode
from app.errors import FormatError


def sized(mark, length):
    """Bytes that are told from all others by their mark."""
    return bytes([mark]) * length


def b64u(mark, length):
    return b64u_encode(sized(mark, length))


SECRET = {"secret": b64u(1, 32)}
PROOF = {"pending": b64u(2, 32), "proof": b64u(3, 32)}
ACCOUNT = {
    "login": "min-ji", "public_key": b64u(4, 1216), "parameter_set": 1, "sign_in": b64u(5, 32),
    "wrapped_seed": b64u(6, 60),
}  # fmt: skip
EPOCH = {"public_key": b64u(7, 1216), "signing_key": b64u(8, 32), "signature": b64u(9, 64)}
COPY = {"kid": b64u(10, 16), "sealed": b64u(11, 1024 + 1136)}
PAPER = {"kid": b64u(12, 16), "public_key": b64u(13, 1216), "sealed": b64u(14, 4096 + 1136)}
RING = {"seq": 1, "copies": [COPY], "recovery": PAPER}
KEYS = {
    "public_key": sized(7, 1216), "signing_key": sized(8, 32), "signature": sized(9, 64), "seq": 1,
    "copy_kid": sized(10, 16), "copy": sized(11, 2160),
    "recovery_kid": sized(12, 16), "recovery_key": sized(13, 1216), "recovery_copy": sized(14, 5232),
}  # fmt: skip
PERSON = {
    "login": "min-ji", "public_key": sized(4, 1216), "parameter_set": 1, "sign_in": sized(5, 32),
    "wrapped_seed": sized(6, 60),
}  # fmt: skip
RECORD = {"record_id": b64u(15, 16), "version": 4, "sealed": b64u(16, 512 + 28)}
RESEALING = {
    "from_kid": b64u(17, 16), "from_hash": b64u(18, 32), "to_kid": b64u(19, 16), "sealed": b64u(20, 4096 + 1136),
    "summary_version": 3, "summary": b64u(21, 512 + 28), "records": [RECORD],
}  # fmt: skip
CHANGE = {
    "seq": 2, "copies": [COPY], "recovery": PAPER, "epoch": EPOCH, "roles": [{"kid": COPY["kid"], "role": "lead"}],
}  # fmt: skip

GOOD = [
    (invitation.parse_secret, SECRET, sized(1, 32)),
    (invitation.parse_role, {"role": "viewer"}, "viewer"),
    (invitation.parse_joining, SECRET | ACCOUNT, {"secret": sized(1, 32), "account": PERSON}),
    (
        invitation.parse_founding,
        {**SECRET, **ACCOUNT, "epoch": EPOCH, "ring": RING},
        {"secret": sized(1, 32), "account": PERSON, "keys": KEYS},
    ),
    (recovery.parse_beginning, {"slug": "centre"}, "centre"),
    (recovery.parse_proof, PROOF, {"pending": sized(2, 32), "proof": sized(3, 32)}),
    (
        recovery.parse_ending,
        {**PROOF, **ACCOUNT, "epoch": EPOCH, "ring": RING | {"seq": 5}},
        {
            "proof": {"pending": sized(2, 32), "proof": sized(3, 32)},
            "lead": PERSON,
            "keys": KEYS | {"seq": 5},
        },
    ),
    (
        people.parse_ring_change,
        CHANGE,
        {
            "seq": 2,
            "copies": {sized(10, 16): sized(11, 2160)},
            "recovery": {"kid": sized(12, 16), "public_key": sized(13, 1216), "sealed": sized(14, 5232)},
            "epoch": {"public_key": sized(7, 1216), "signing_key": sized(8, 32), "signature": sized(9, 64)},
            "roles": {sized(10, 16): "lead"},
        },
    ),
    (people.parse_leaving, {}, None),
    (resealing.parse_handing, {"referrals": [b64u(22, 16), b64u(23, 16)]}, (sized(22, 16), sized(23, 16))),
    (
        resealing.parse_resealing,
        RESEALING,
        {
            "from_kid": sized(17, 16),
            "from_hash": sized(18, 32),
            "to_kid": sized(19, 16),
            "sealed": sized(20, 5232),
            "summary_version": 3,
            "summary": sized(21, 540),
            "records": ({"record_id": sized(15, 16), "version": 4, "sealed": sized(16, 540)},),
        },
    ),
]
each = pytest.mark.parametrize(("parse", "body", "parsed"), GOOD, ids=[parse.__name__ for parse, _, _ in GOOD])
bodies = {parse: body for parse, body, _ in GOOD}


def said(body):
    return json.dumps(body).encode()


def members(value, where=()):
    """The way to each member, also of members."""
    found = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in found:
        yield (*where, name)
        yield from members(inner, (*where, name))


def changed(value, way, to):
    if not way:
        return to
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[way[0]] = changed(value[way[0]], way[1:], to)
    return copy


@each
def test_each_member_arrives_in_its_place(parse, body, parsed):
    found = parse(said(body))
    assert (asdict(found) if hasattr(found, "__dataclass_fields__") else found) == parsed


@each
def test_anything_else_is_refused_by_its_place(parse, body, parsed):
    for way in members(body):
        for wrong in (True, -1, "x y", {"x": 1}, b64u(1, 33)):
            with pytest.raises(FormatError) as raised:
                parse(said(changed(body, way, wrong)))
            assert raised.value.field.startswith(str(way[0]))


@each
def test_no_member_is_missing_or_too_many(parse, body, parsed):
    with pytest.raises(FormatError):
        parse(said({**body, "extra": 1}))
    for name in body:
        with pytest.raises(FormatError) as raised:
            parse(said({field: value for field, value in body.items() if field != name}))
        assert raised.value.field == name


@pytest.mark.parametrize(
    ("parse", "changes"),
    [
        (invitation.parse_founding, {"ring": RING | {"seq": 2}}),
        (invitation.parse_founding, {"ring": RING | {"copies": [COPY, COPY | {"kid": b64u(9, 16)}]}}),
        (invitation.parse_founding, {"ring": RING | {"copies": []}}),
        (invitation.parse_joining, {"parameter_set": 256}),
        (invitation.parse_joining, {"parameter_set": 0}),
        (recovery.parse_ending, {"ring": RING}),
        (recovery.parse_ending, {"ring": RING | {"seq": 5, "copies": []}}),
        (people.parse_ring_change, {"seq": 1}),
        (people.parse_ring_change, {"copies": [COPY, COPY]}),
        (people.parse_ring_change, {"copies": []}),
        (people.parse_ring_change, {"roles": []}),
        (people.parse_ring_change, {"roles": [CHANGE["roles"][0]] * 2}),
        (people.parse_ring_change, {"roles": [{"kid": COPY["kid"], "role": "operator"}]}),
        (resealing.parse_handing, {"referrals": []}),
        (resealing.parse_handing, {"referrals": [b64u(number, 16) for number in range(17)]}),
        (resealing.parse_handing, {"referrals": [b64u(22, 16)] * 2}),
        (resealing.parse_resealing, {"records": [RECORD, RECORD]}),
        (resealing.parse_resealing, {"records": [RECORD | {"version": 0}]}),
        (resealing.parse_resealing, {"sealed": None}),
        (resealing.parse_resealing, {"to_kid": RESEALING["from_kid"]}),
    ],
)
def test_what_cannot_be_is_refused(parse, changes):
    with pytest.raises(FormatError):
        parse(said({**bodies[parse], **changes}))


def test_keys_need_not_change_with_a_ring_nor_a_letter_with_what_lies_beside_it():
    assert people.parse_ring_change(said(CHANGE | {"epoch": None})).epoch is None
    beside = RESEALING | {"to_kid": RESEALING["from_kid"], "sealed": None, "summary_version": 0, "summary": None}
    assert resealing.parse_resealing(said(beside)).sealed is None
    most = {"referrals": [b64u(number, 16) for number in range(16)]}
    assert len(resealing.parse_handing(said(most))) == resealing.HANDED_MOST
