"""What browsers send to sign in: only named fields, only exact ones; codes are read however people type them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import signing_in
from app.domain.wire import b64u_encode
from app.errors import FormatError

KEY = b64u_encode(bytes(32))
ASSERTION = {
    name: b64u_encode(bytes(40)) for name in ("credential_id", "client_data", "authenticator_data", "signature")
}
CREDENTIAL = {name: b64u_encode(bytes(40)) for name in ("credential_id", "client_data", "attestation")}
NEW = {"pending": KEY, "name": " 파란  열쇠 ", **CREDENTIAL, "wrapped_seed": None}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
GOOD = {
    signing_in.parse_second: {"pending": KEY, "factor": "passkey", "code": None, "assertion": ASSERTION},
    signing_in.parse_signed: {"pending": KEY, "assertion": ASSERTION},
    signing_in.parse_confirmation: {"sign_in": KEY, "parameter_set": 1},
    signing_in.parse_new_passkey: NEW,
    signing_in.parse_typed_code: {"pending": KEY, "code": "123456"},
    signing_in.parse_passphrase: {"sign_in": KEY, "parameter_set": 1, "wrapped_seed": b64u_encode(bytes(60))},
}
each = pytest.mark.parametrize("parse", GOOD, ids=lambda parse: parse.__name__)


def body(value):
    return json.dumps(value).encode()


@each
def test_what_is_exact_is_taken(parse):
    assert parse(body(GOOD[parse])) is not None


@each
@given(data=st.data())
def test_a_member_less_or_more_or_of_another_kind_is_refused(parse, data):
    good = GOOD[parse]
    name = data.draw(st.sampled_from(sorted(good)))
    less = {key: value for key, value in good.items() if key != name}
    changed = {**good, name: data.draw(JSON.filter(lambda value: value != good[name]))}
    for wrong in (less, {**good, data.draw(st.text(max_size=8).filter(lambda key: key not in good)): 1}):
        with pytest.raises(FormatError):
            parse(body(wrong))
    try:
        parse(body(changed))
    except FormatError:
        return
    assert name in {"code", "parameter_set", "name"}  # any text, any number of a set


@each
@given(st.binary(max_size=80))
def test_bytes_that_somebody_made_up_are_refused_in_one_way(parse, made_up):
    with pytest.raises(FormatError):
        parse(made_up)


def test_what_a_browser_would_write_by_itself_is_refused():
    """Its extension results hold the secret that opens the keys: nothing but the four fields may come."""
    for extra in ("clientExtensionResults", "rawId", "type", "userHandle"):
        with pytest.raises(FormatError):
            signing_in.parse_signed(body({"pending": KEY, "assertion": {**ASSERTION, extra: "x"}}))


def test_a_factor_comes_with_what_belongs_to_it():
    good = {"pending": KEY, "factor": "totp", "code": "123 456", "assertion": None}
    assert signing_in.parse_second(body(good)).code == "123456"
    for wrong in ({"factor": "passkey"}, {"code": None}, {"assertion": ASSERTION}, {"factor": "prf"}):
        with pytest.raises(FormatError):
            signing_in.parse_second(body({**good, **wrong}))


def test_a_name_is_tidied_and_one_of_spaces_is_none():
    assert signing_in.parse_new_passkey(body(NEW)).name == "파란 열쇠"
    with pytest.raises(FormatError):
        signing_in.parse_new_passkey(body({**NEW, "name": "  "}))
    with pytest.raises(FormatError):
        signing_in.parse_new_passkey(body({**NEW, "name": "a\0b"}))


@given(st.text("0123456789", min_size=20, max_size=20), st.sampled_from([" ", "-", "–", "", " - ", "\n"]))
def test_a_code_is_the_same_however_it_is_typed(code, between):
    grouped = signing_in.in_groups(code)
    assert len(grouped.split()) == 5
    typed = between.join(grouped.split())
    wide = typed.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert signing_in.digits_of(typed) == signing_in.digits_of(wide) == code
