"""What browsers send to sign in with a second factor and to keep their account: parsed strictly, named fields alone.

A credential as a browser would write it by itself holds the secret that opens the keys; so no field is taken here that
is not named, and none of these is a secret.
"""

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.domain import wire
from app.errors import FormatError

Factor = Literal["passkey", "totp", "code"]
FACTORS: Final[tuple[Factor, ...]] = ("passkey", "totp", "code")
NAME_MOST: Final = 60
TOTP_LENGTH: Final = 6
CODE_LENGTH: Final = 20  # digits: 66 bits
CODE_GROUP: Final = 4
_TYPED_MOST: Final = 64
_WIDE: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_BETWEEN: Final = re.compile(r"[\s\-–—·.]+")

CREDENTIAL_ID_MOST: Final = 1023  # bytes, WebAuthn section 7.1
CLIENT_DATA_MOST: Final = 4096
AUTHENTICATOR_DATA_MOST: Final = 2048
SIGNATURE_MOST: Final = 1024
ATTESTATION_MOST: Final = 8192
WRAPPED_SEED: Final = 60


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a passkey signed: four fields of the credential, as bytes."""

    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Second:
    """The second step of a sign-in. `code` has only digits and is for `totp` and `code`, `assertion` for `passkey`."""

    pending: bytes
    factor: Factor
    code: str
    assertion: Assertion | None


@dataclass(frozen=True, slots=True)
class Signed:
    """What a passkey signed for a step that was begun."""

    pending: bytes
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class ByPassphrase:
    """The key that the passphrase yields (32 bytes), once more."""

    sign_in: bytes
    parameter_set: int


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey to add. `wrapped_seed` is the seed under what PRF yields, or None where the device has no PRF."""

    pending: bytes
    name: str
    credential_id: bytes
    client_data: bytes
    attestation: bytes
    wrapped_seed: bytes | None


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code typed for a step that was begun: digits only."""

    pending: bytes
    code: str


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A new passphrase: what it yields for signing in, and the same seed wrapped under it."""

    sign_in: bytes
    parameter_set: int
    wrapped_seed: bytes


def digits_of(typed: str) -> str:
    """Give the digits of a typed code, without what stands between groups; anything else stays, and fits no code."""
    return _BETWEEN.sub("", typed.translate(_WIDE))


def in_groups(code: str) -> str:
    """Give a one-time code as people copy it: groups of four digits."""
    return " ".join(code[at : at + CODE_GROUP] for at in range(0, len(code), CODE_GROUP))


def _bytes(most: int, least: int = 1) -> wire.Checker[bytes]:
    def check(value: object, where: str) -> bytes:
        piece = wire.b64u_decode(value, where)
        if not least <= len(piece) <= most:
            raise FormatError(where)
        return piece

    return check


_KEY: Final = wire.b64u_bytes(32)
_SET: Final = wire.integer(1, 255)
_CODE: Final = wire.text(_TYPED_MOST, least=1)
_ASSERTION: Final[dict[str, wire.Checker[Any]]] = {
    "credential_id": _bytes(CREDENTIAL_ID_MOST),
    "client_data": _bytes(CLIENT_DATA_MOST),
    "authenticator_data": _bytes(AUTHENTICATOR_DATA_MOST, least=37),
    "signature": _bytes(SIGNATURE_MOST),
}
_SECOND: Final[dict[str, wire.Checker[Any]]] = {
    "pending": _KEY,
    "factor": wire.one_of(FACTORS),
    "code": wire.nullable(_CODE),
    "assertion": wire.nullable(wire.record(**_ASSERTION)),
}
_SIGNED: Final[dict[str, wire.Checker[Any]]] = {"pending": _KEY, "assertion": wire.record(**_ASSERTION)}
_BY_PASSPHRASE: Final[dict[str, wire.Checker[Any]]] = {"sign_in": _KEY, "parameter_set": _SET}
_NEW_PASSKEY: Final[dict[str, wire.Checker[Any]]] = {
    "pending": _KEY,
    "name": wire.text(NAME_MOST, least=1),
    "credential_id": _bytes(CREDENTIAL_ID_MOST),
    "client_data": _bytes(CLIENT_DATA_MOST),
    "attestation": _bytes(ATTESTATION_MOST),
    "wrapped_seed": wire.nullable(wire.b64u_bytes(WRAPPED_SEED)),
}
_TYPED: Final[dict[str, wire.Checker[Any]]] = {"pending": _KEY, "code": _CODE}
_PASSPHRASE: Final[dict[str, wire.Checker[Any]]] = {
    "sign_in": _KEY,
    "parameter_set": _SET,
    "wrapped_seed": wire.b64u_bytes(WRAPPED_SEED),
}


def _checked(body: bytes, schema: dict[str, wire.Checker[Any]]) -> dict[str, Any]:
    return wire.fields(wire.parse_request(body), schema, "")


def parse_nothing(body: bytes) -> None:
    """Parse the empty object that asks for a step to begin. Raises FormatError(path)."""
    _checked(body, {})


def parse_second(body: bytes) -> Second:
    """Parse the second step: an assertion of a passkey or a code, never both. Raises FormatError(path)."""
    checked = _checked(body, _SECOND)
    by_passkey = checked["factor"] == "passkey"
    if (checked["assertion"] is not None) != by_passkey:
        raise FormatError("assertion")
    if (checked["code"] is None) != by_passkey:
        raise FormatError("code")
    assertion = Assertion(**checked["assertion"]) if by_passkey else None
    return Second(checked["pending"], checked["factor"], digits_of(checked["code"] or ""), assertion)


def parse_signed(body: bytes) -> Signed:
    """Parse what a passkey signed. Raises FormatError(path)."""
    checked = _checked(body, _SIGNED)
    return Signed(checked["pending"], Assertion(**checked["assertion"]))


def parse_confirmation(body: bytes) -> ByPassphrase | Signed:
    """Parse the body of `POST /confirm`: by passphrase or by passkey. Raises FormatError(path)."""
    if "pending" in wire.parse_request(body):
        return parse_signed(body)
    return ByPassphrase(**_checked(body, _BY_PASSPHRASE))


def parse_new_passkey(body: bytes) -> NewPasskey:
    """Parse a passkey to add; a name of spaces alone, or one that cannot be kept, is none. Raises FormatError(path)."""
    checked = _checked(body, _NEW_PASSKEY)
    name = " ".join(checked.pop("name").split())
    if not name or "\0" in name:
        raise FormatError("name")
    return NewPasskey(name=name, **checked)


def parse_typed_code(body: bytes) -> TypedCode:
    """Parse a code of an authenticator that is being set up. Raises FormatError(path)."""
    checked = _checked(body, _TYPED)
    return TypedCode(checked["pending"], digits_of(checked["code"]))


def parse_passphrase(body: bytes) -> Passphrase:
    """Parse a change of passphrase. Raises FormatError(path)."""
    return Passphrase(**_checked(body, _PASSPHRASE))


def parse_named(body: bytes, name: str) -> bytes:
    """Parse `{name: id of 16 bytes}`. Raises FormatError(path)."""
    named: bytes = _checked(body, {name: wire.b64u_bytes(16)})[name]
    return named
