"""What the browser of somebody who was invited sends, parsed strictly."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import new_keys, vocabulary, wire
from app.domain.new_keys import Account, NewKeys


@dataclass(frozen=True, slots=True)
class Founding:
    """The first lead's account, and the organisation's first keys."""

    secret: bytes
    account: Account
    keys: NewKeys


@dataclass(frozen=True, slots=True)
class Joining:
    """The account of somebody whom a lead still has to let in."""

    secret: bytes
    account: Account


_SECRET: Final[dict[str, wire.Checker[Any]]] = {"secret": wire.b64u_bytes(32)}
_FOUNDING: Final = {**_SECRET, **new_keys.members(wire.integer(1, 1))}
_JOINING: Final = {**_SECRET, **new_keys.ACCOUNT}
_ROLE: Final[dict[str, wire.Checker[Any]]] = {"role": wire.one_of(vocabulary.ROLES)}


def _checked(body: bytes, schema: dict[str, wire.Checker[Any]]) -> dict[str, Any]:
    return wire.fields(wire.parse_request(body), schema, "")


def parse_secret(body: bytes) -> bytes:
    """Parse `{secret}`, the body of `POST /invitation`. Raises FormatError(path)."""
    secret: bytes = _checked(body, _SECRET)["secret"]
    return secret


def parse_founding(body: bytes) -> Founding:
    """Parse the body of `POST /invitation/founding`. Raises FormatError(path)."""
    checked = _checked(body, _FOUNDING)
    return Founding(checked["secret"], new_keys.account(checked), new_keys.new_keys(checked))


def parse_joining(body: bytes) -> Joining:
    """Parse the body of `POST /invitation/joining`. Raises FormatError(path)."""
    checked = _checked(body, _JOINING)
    return Joining(checked["secret"], new_keys.account(checked))


def parse_role(body: bytes) -> str:
    """Parse `{role}`, for which a lead invites somebody. Raises FormatError(path)."""
    role: str = _checked(body, _ROLE)["role"]
    return role
