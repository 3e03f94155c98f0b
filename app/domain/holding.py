"""What a lead's browser sends to keep a letter from being destroyed, and to end that. The reason is sealed."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.domain import wire
from app.domain.casework import StaffMessage
from app.domain.letter import day
from app.domain.sealed_length import MESSAGE_LENGTHS
from app.domain.work_record import RECORD, WorkRecord, reason_from


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold over the referral's `version`: until when somebody looks at it again, why (sealed), and what she is told.

    `review_on` is None where the hold is ended. `message` is None where the letter has no key to answer with.
    """

    version: int
    review_on: date | None
    record: WorkRecord
    message: StaffMessage | None


_END: Final[dict[str, wire.Checker[Any]]] = {
    "version": wire.integer(1, wire.MAX_INTEGER),
    "record": wire.record(**RECORD),
    "message": wire.nullable(
        wire.record(message_id=wire.b64u_bytes(16), sealed=wire.b64u_bytes(*MESSAGE_LENGTHS)),
    ),
}
_HOLD: Final[dict[str, wire.Checker[Any]]] = {**_END, "review_on": day}


def parse_hold(body: bytes) -> Hold:
    """Parse the body of `POST /referral/<id>/hold`. Raises FormatError(path)."""
    checked = wire.fields(wire.parse_request(body), _HOLD, "")
    return _hold(checked, date.fromisoformat(checked["review_on"]))


def parse_hold_end(body: bytes) -> Hold:
    """Parse the body of `POST /referral/<id>/hold/end`. Raises FormatError(path)."""
    return _hold(wire.fields(wire.parse_request(body), _END, ""), None)


def _hold(checked: dict[str, Any], review_on: date | None) -> Hold:
    record = reason_from(checked["record"])
    assert record is not None  # noqa: S101 - the schema has it
    message = None if checked["message"] is None else StaffMessage(**checked["message"])
    return Hold(checked["version"], review_on, record, message)
