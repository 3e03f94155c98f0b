"""What a caseworker's browser asks of the queue as a whole: the bodies, parsed strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.casework import LISTED_MOST, Listed, StaffMessage
from app.domain.sealed_length import MESSAGE_LENGTHS
from app.errors import FormatError

SUMMARIES_MOST: Final = 500
OPENINGS_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Assignment:
    """Referrals as they stand in a list, and whose they shall be: a login, or None for nobody's."""

    listed: tuple[Listed, ...]
    to: str | None


@dataclass(frozen=True, slots=True)
class NewState:
    """Referrals as they stand in a list, the state that they shall have, and what each reporter is told of it."""

    listed: tuple[Listed, ...]
    state: str
    messages: Mapping[bytes, StaffMessage]


@dataclass(frozen=True, slots=True)
class Undo:
    """Referrals as they stand in a list, and what reporters are told who were told of what is taken back."""

    listed: tuple[Listed, ...]
    messages: Mapping[bytes, StaffMessage]


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """Referrals as they stand in a list, and the day by which they shall be worked on."""

    listed: tuple[Listed, ...]
    due_on: date


_ID: Final = wire.b64u_bytes(16)
_LISTED: Final = wire.list_of(
    wire.record(referral_id=_ID, version=wire.integer(1, wire.MAX_INTEGER), unread=wire.boolean),
    most=LISTED_MOST,
    least=1,
    unique_by=lambda one: one["referral_id"],
)


_MESSAGES: Final = wire.list_of(
    wire.record(referral_id=_ID, message_id=_ID, sealed=wire.b64u_bytes(*MESSAGE_LENGTHS)),
    most=LISTED_MOST,
    unique_by=lambda one: one["referral_id"],
)


def _ids(most: int) -> dict[str, wire.Checker[Any]]:
    return {"referrals": wire.list_of(_ID, most=most, least=1, unique_by=lambda referral_id: referral_id)}


_SUMMARIES: Final = _ids(SUMMARIES_MOST)
_OPENINGS: Final = _ids(OPENINGS_MOST)
_ASSIGNMENT: Final[dict[str, wire.Checker[Any]]] = {"referrals": _LISTED, "to": wire.nullable(wire.login)}
_STATE: Final[dict[str, wire.Checker[Any]]] = {
    "referrals": _LISTED,
    "state": wire.one_of(vocabulary.REFERRAL_STATES),
    "messages": _MESSAGES,
}
_TAKEN_BACK: Final[dict[str, wire.Checker[Any]]] = {"referrals": _LISTED, "messages": _MESSAGES}
_DEADLINE: Final[dict[str, wire.Checker[Any]]] = {"referrals": _LISTED, "due_on": wire.text(10, least=10)}


def _checked(body: bytes, schema: Mapping[str, wire.Checker[Any]]) -> dict[str, Any]:
    return wire.fields(wire.parse_request(body), schema, "")


def _listed(checked: dict[str, Any]) -> tuple[Listed, ...]:
    return tuple(Listed(**one) for one in checked["referrals"])


def _messages(checked: dict[str, Any]) -> dict[bytes, StaffMessage]:
    """Give messages by referral. Raises FormatError for one about a referral that is not listed."""
    listed = {one["referral_id"] for one in checked["referrals"]}
    found = {one["referral_id"]: StaffMessage(one["message_id"], one["sealed"]) for one in checked["messages"]}
    if not listed.issuperset(found):
        raise FormatError("messages")
    return found


def parse_summaries(body: bytes) -> tuple[bytes, ...]:
    """Parse `{referrals}`: whose summaries are to be handed out, at most 500. Raises FormatError(path)."""
    return tuple(_checked(body, _SUMMARIES)["referrals"])


def parse_openings(body: bytes) -> tuple[bytes, ...]:
    """Parse `{referrals}`: the letters of which summaries are to be made, at most 8. Raises FormatError(path)."""
    return tuple(_checked(body, _OPENINGS)["referrals"])


def parse_assignment(body: bytes) -> Assignment:
    """Parse `{referrals, to}`; whether there is such a colleague is the service's. Raises FormatError(path)."""
    checked = _checked(body, _ASSIGNMENT)
    return Assignment(_listed(checked), checked["to"])


def parse_new_state(body: bytes) -> NewState:
    """Parse `{referrals, state, messages}`; which of them may have it is the service's. Raises FormatError(path)."""
    checked = _checked(body, _STATE)
    return NewState(_listed(checked), checked["state"], _messages(checked))


def parse_undo(body: bytes) -> Undo:
    """Parse `{referrals, messages}`. Raises FormatError(path)."""
    checked = _checked(body, _TAKEN_BACK)
    return Undo(_listed(checked), _messages(checked))


def parse_new_deadline(body: bytes) -> NewDeadline:
    """Parse `{referrals, due_on}`, a day as YYYY-MM-DD. Raises FormatError(path)."""
    checked = _checked(body, _DEADLINE)
    return NewDeadline(_listed(checked), _day(checked["due_on"]))


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise FormatError("due_on") from None
    if day.isoformat() != written:
        raise FormatError("due_on")
    return day
