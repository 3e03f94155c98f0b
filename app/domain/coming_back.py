"""What a reporter's browser sends when it comes back with a token: `POST /follow-up` and what hangs under it."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.sealed_length import MESSAGE_LENGTHS

REFERRALS_MOST: Final = 64


@dataclass(frozen=True, slots=True)
class FollowUpMessage:
    """One sealed message from the reporter to one organisation. Ids 16 bytes, token 32 bytes."""

    token: bytes
    referral_id: bytes
    message_id: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class WithdrawalMessage:
    """The sealed `withdrawal` message that one organisation gets."""

    referral_id: bytes
    message_id: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal from the listed referrals and those onward from them; `when` is `72h` or `now`."""

    token: bytes
    when: str
    messages: tuple[WithdrawalMessage, ...]


_TOKEN: Final = wire.b64u_bytes(32)
_MESSAGE: Final[dict[str, wire.Checker[Any]]] = {
    "referral_id": wire.b64u_bytes(16),
    "message_id": wire.b64u_bytes(16),
    "sealed": wire.b64u_bytes(*MESSAGE_LENGTHS),
}
_WITHDRAWAL: Final[dict[str, wire.Checker[Any]]] = {
    "token": _TOKEN,
    "when": wire.one_of(vocabulary.WITHDRAWAL_TIMES),
    "messages": wire.list_of(
        wire.record(**_MESSAGE),
        most=REFERRALS_MOST,
        least=1,
        unique_by=lambda message: message["referral_id"],
    ),
}


def parse_follow_up(body: bytes) -> bytes:
    """Parse `{token}` and give the 32 bytes. Raises FormatError(path)."""
    token: bytes = wire.fields(wire.parse_request(body), {"token": _TOKEN}, "")["token"]
    return token


def parse_follow_up_message(body: bytes) -> FollowUpMessage:
    """Parse the body of `POST /follow-up/message`. Raises FormatError(path)."""
    return FollowUpMessage(**wire.fields(wire.parse_request(body), {"token": _TOKEN, **_MESSAGE}, ""))


def parse_withdrawal(body: bytes) -> Withdrawal:
    """Parse the body of `POST /follow-up/withdrawal`. Raises FormatError(path); one message a referral."""
    checked = wire.fields(wire.parse_request(body), _WITHDRAWAL, "")
    messages = tuple(WithdrawalMessage(**message) for message in checked["messages"])
    return Withdrawal(token=checked["token"], when=checked["when"], messages=messages)
