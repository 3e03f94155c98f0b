"""What staff's browsers send to pass a letter on, and to answer one: bodies, parsed strictly. All words are sealed."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import wire
from app.domain.casework import StaffMessage
from app.domain.onward_answer import ANSWERS
from app.domain.sealed_length import ENVELOPE_LENGTHS, MESSAGE_LENGTHS
from app.domain.vocabulary import EVIDENCE_REASONS


@dataclass(frozen=True, slots=True)
class PassingOn:
    """A letter sealed to another organisation. Ids and `kid` 16 bytes, `leaf` 32.

    `referral_id` is new, made by the browser: the letter is bound to it. `message` tells the reporter, in the thread of
    the referral that the letter comes out of.
    """

    referral_id: bytes
    organisation: str
    kid: bytes
    sealed: bytes
    leaf: bytes
    urgent: bool
    message: StaffMessage | None


@dataclass(frozen=True, slots=True)
class Answering:
    """What the receiver says over its referral's `version`.

    `sealed` is for the referrer, `message` for the reporter; both are None where the letter holds no key for them.
    """

    version: int
    answer: str
    sealed: bytes | None
    message: StaffMessage | None


_ID: Final = wire.b64u_bytes(16)
_MESSAGE: Final = wire.nullable(wire.record(message_id=_ID, sealed=wire.b64u_bytes(*MESSAGE_LENGTHS)))
_PASSING_ON: Final[dict[str, wire.Checker[Any]]] = {
    "referral_id": _ID,
    "organisation": wire.slug,
    "kid": _ID,
    "sealed": wire.b64u_bytes(*ENVELOPE_LENGTHS),
    "leaf": wire.b64u_bytes(32),
    "urgent": wire.boolean,
    "message": _MESSAGE,
}
_ANSWERING: Final[dict[str, wire.Checker[Any]]] = {
    "version": wire.integer(1, wire.MAX_INTEGER),
    "answer": wire.one_of(ANSWERS),
    "sealed": wire.nullable(wire.b64u_bytes(*MESSAGE_LENGTHS)),
    "message": _MESSAGE,
}


def _message(sent: dict[str, Any] | None) -> StaffMessage | None:
    return None if sent is None else StaffMessage(**sent)


def parse_passing_on(body: bytes) -> PassingOn:
    """Parse the body of `POST /referral/<id>/onward`. Raises FormatError(path)."""
    checked = wire.fields(wire.parse_request(body), _PASSING_ON, "")
    return PassingOn(**{**checked, "message": _message(checked["message"])})


def parse_answering(body: bytes) -> Answering:
    """Parse the body of `POST /referral/<id>/onward/answer`. Raises FormatError(path)."""
    checked = wire.fields(wire.parse_request(body), _ANSWERING, "")
    return Answering(**{**checked, "message": _message(checked["message"])})


def parse_evidence(body: bytes) -> str:
    """Parse `{reason}`, what an evidence package is made for. Raises FormatError(path)."""
    reason: str = wire.fields(wire.parse_request(body), {"reason": wire.one_of(EVIDENCE_REASONS)}, "")["reason"]
    return reason
