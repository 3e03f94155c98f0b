"""What a reporter's browser sends when it comes back with a token, to a report or to what is kept to go on with."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.sealed_length import MESSAGE_LENGTHS, OWN_LENGTHS
from app.domain.submission import ENVELOPE, Envelope

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


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft to be kept, or to take the place of the one before. `draft_id` 16 bytes, token 32 bytes."""

    draft_id: bytes
    token: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Addition:
    """One more letter, to an organisation that has none of this report, and the own record as it is now."""

    token: bytes
    sealed_by: str
    envelope: Envelope
    own: bytes | None


_TOKEN: Final = wire.b64u_bytes(32)
_MESSAGE: Final[dict[str, wire.Checker[Any]]] = {
    "referral_id": wire.b64u_bytes(16),
    "message_id": wire.b64u_bytes(16),
    "sealed": wire.b64u_bytes(*MESSAGE_LENGTHS),
}
_DRAFT: Final[dict[str, wire.Checker[Any]]] = {
    "draft_id": wire.b64u_bytes(16),
    "token": _TOKEN,
    "sealed": wire.b64u_bytes(*OWN_LENGTHS),
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
_ADDITION: Final[dict[str, wire.Checker[Any]]] = {
    "token": _TOKEN,
    "sealed_by": wire.one_of(vocabulary.STRANGER_SEALED_BY),
    "envelope": ENVELOPE,
    "own": wire.nullable(wire.b64u_bytes(*OWN_LENGTHS)),
}


def parse_follow_up(body: bytes) -> bytes:
    """Parse `{token}`, of a report or of a draft, and give the 32 bytes. Raises FormatError(path)."""
    token: bytes = wire.fields(wire.parse_request(body), {"token": _TOKEN}, "")["token"]
    return token


def parse_draft(body: bytes) -> KeptDraft:
    """Parse the body of `POST /draft`: one of the letters' lengths. Raises FormatError(path)."""
    return KeptDraft(**wire.fields(wire.parse_request(body), _DRAFT, ""))


def parse_follow_up_message(body: bytes) -> FollowUpMessage:
    """Parse the body of `POST /follow-up/message`. Raises FormatError(path)."""
    return FollowUpMessage(**wire.fields(wire.parse_request(body), {"token": _TOKEN, **_MESSAGE}, ""))


def parse_withdrawal(body: bytes) -> Withdrawal:
    """Parse the body of `POST /follow-up/withdrawal`. Raises FormatError(path); one message a referral."""
    checked = wire.fields(wire.parse_request(body), _WITHDRAWAL, "")
    messages = tuple(WithdrawalMessage(**message) for message in checked["messages"])
    return Withdrawal(token=checked["token"], when=checked["when"], messages=messages)


def parse_addition(body: bytes) -> Addition:
    """Parse the body of `POST /follow-up/organisation`. Raises FormatError(path)."""
    checked = wire.fields(wire.parse_request(body), _ADDITION, "")
    return Addition(**{**checked, "envelope": Envelope(**checked["envelope"])})
