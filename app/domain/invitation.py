"""What the browser of somebody who was invited sends, parsed strictly.

Keys are made there: what comes here is public, sealed, wrapped, or one value derived from a passphrase.
"""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.sealed_length import KEYRING_LENGTHS, WRAPPED_SEED

PUBLIC_KEY: Final = 1216


@dataclass(frozen=True, slots=True)
class Account:
    """The account that somebody chose: `sign_in` (32 bytes) and `wrapped_seed` (60) come of the passphrase."""

    login: str
    public_key: bytes
    parameter_set: int
    sign_in: bytes
    wrapped_seed: bytes


@dataclass(frozen=True, slots=True)
class FirstKeys:
    """An organisation's first epoch and ring: the lead's sealed copy, and the one for the recovery words."""

    public_key: bytes
    signing_key: bytes
    signature: bytes
    copy_kid: bytes
    copy: bytes
    recovery_kid: bytes
    recovery_key: bytes
    recovery_copy: bytes


@dataclass(frozen=True, slots=True)
class Founding:
    """The first lead's account, and the organisation's first keys."""

    secret: bytes
    account: Account
    keys: FirstKeys


@dataclass(frozen=True, slots=True)
class Joining:
    """The account of somebody whom a lead still has to let in."""

    secret: bytes
    account: Account


_SECRET: Final[dict[str, wire.Checker[Any]]] = {"secret": wire.b64u_bytes(32)}
_ACCOUNT: Final[dict[str, wire.Checker[Any]]] = {
    "login": wire.login,
    "public_key": wire.b64u_bytes(PUBLIC_KEY),
    "parameter_set": wire.integer(1, 255),
    "sign_in": wire.b64u_bytes(32),
    "wrapped_seed": wire.b64u_bytes(WRAPPED_SEED),
}
_KID: Final = wire.b64u_bytes(16)
_COPY: Final = wire.b64u_bytes(*KEYRING_LENGTHS)
_FOUNDING: Final[dict[str, wire.Checker[Any]]] = {
    **_SECRET,
    **_ACCOUNT,
    "epoch": wire.record(
        public_key=wire.b64u_bytes(PUBLIC_KEY), signing_key=wire.b64u_bytes(32), signature=wire.b64u_bytes(64)
    ),
    "ring": wire.record(
        seq=wire.integer(1, 1),
        copies=wire.list_of(wire.record(kid=_KID, sealed=_COPY), most=1, least=1),
        recovery=wire.record(kid=_KID, public_key=wire.b64u_bytes(PUBLIC_KEY), sealed=_COPY),
    ),
}
_ROLE: Final[dict[str, wire.Checker[Any]]] = {"role": wire.one_of(vocabulary.ROLES)}


def _checked(body: bytes, schema: dict[str, wire.Checker[Any]]) -> dict[str, Any]:
    return wire.fields(wire.parse_request(body), schema, "")


def _account(checked: dict[str, Any]) -> Account:
    return Account(**{name: checked[name] for name in _ACCOUNT})


def parse_secret(body: bytes) -> bytes:
    """Parse `{secret}`, the body of `POST /invitation`. Raises FormatError(path)."""
    secret: bytes = _checked(body, _SECRET)["secret"]
    return secret


def parse_founding(body: bytes) -> Founding:
    """Parse the body of `POST /invitation/founding`. Raises FormatError(path)."""
    checked = _checked(body, _FOUNDING)
    epoch, ring = checked["epoch"], checked["ring"]
    copy, recovery = ring["copies"][0], ring["recovery"]
    keys = FirstKeys(
        public_key=epoch["public_key"],
        signing_key=epoch["signing_key"],
        signature=epoch["signature"],
        copy_kid=copy["kid"],
        copy=copy["sealed"],
        recovery_kid=recovery["kid"],
        recovery_key=recovery["public_key"],
        recovery_copy=recovery["sealed"],
    )
    return Founding(checked["secret"], _account(checked), keys)


def parse_joining(body: bytes) -> Joining:
    """Parse the body of `POST /invitation/joining`. Raises FormatError(path)."""
    checked = _checked(body, {**_SECRET, **_ACCOUNT})
    return Joining(checked["secret"], _account(checked))


def parse_role(body: bytes) -> str:
    """Parse `{role}`, for which a lead invites somebody. Raises FormatError(path)."""
    role: str = _checked(body, _ROLE)["role"]
    return role
