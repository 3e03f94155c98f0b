"""What a browser sends where it made an account or an organisation's keys: public, sealed or wrapped, parsed strictly.

No passphrase, no seed and no words are in it; `sign_in` is one value derived from a passphrase.
"""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import wire
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
class NewKeys:
    """An epoch, and the ring that it comes with: one lead's sealed copy, and the one for the recovery words."""

    public_key: bytes
    signing_key: bytes
    signature: bytes
    seq: int
    copy_kid: bytes
    copy: bytes
    recovery_kid: bytes
    recovery_key: bytes
    recovery_copy: bytes


KID: Final = wire.b64u_bytes(16)
COPY: Final = wire.record(kid=KID, sealed=wire.b64u_bytes(*KEYRING_LENGTHS))
RECOVERY: Final = wire.record(kid=KID, public_key=wire.b64u_bytes(PUBLIC_KEY), sealed=wire.b64u_bytes(*KEYRING_LENGTHS))
EPOCH: Final = wire.record(
    public_key=wire.b64u_bytes(PUBLIC_KEY), signing_key=wire.b64u_bytes(32), signature=wire.b64u_bytes(64)
)
ACCOUNT: Final[dict[str, wire.Checker[Any]]] = {
    "login": wire.login,
    "public_key": wire.b64u_bytes(PUBLIC_KEY),
    "parameter_set": wire.integer(1, 255),
    "sign_in": wire.b64u_bytes(32),
    "wrapped_seed": wire.b64u_bytes(WRAPPED_SEED),
}


def members(seq: wire.Checker[int]) -> dict[str, wire.Checker[Any]]:
    """Give what stands in a request that brings an account and the keys of one lead; `seq` checks the ring's number."""
    copies = wire.list_of(COPY, most=1, least=1)
    return {**ACCOUNT, "epoch": EPOCH, "ring": wire.record(seq=seq, copies=copies, recovery=RECOVERY)}


def account(checked: dict[str, Any]) -> Account:
    """Give the account of a request that was checked."""
    return Account(**{name: checked[name] for name in ACCOUNT})


def new_keys(checked: dict[str, Any]) -> NewKeys:
    """Give the keys of a request that was checked against `members`."""
    ring = checked["ring"]
    copy, recovery = ring["copies"][0], ring["recovery"]
    return NewKeys(
        **checked["epoch"],
        seq=ring["seq"],
        copy_kid=copy["kid"],
        copy=copy["sealed"],
        recovery_kid=recovery["kid"],
        recovery_key=recovery["public_key"],
        recovery_copy=recovery["sealed"],
    )
