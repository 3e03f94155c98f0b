"""What a caseworker's browser sends of its work records: the bodies, parsed strictly. What staff write is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.domain import record_state, vocabulary, wire
from app.domain.letter import day
from app.domain.sealed_length import RECORD_LENGTHS
from app.errors import FormatError

RESEALED_MOST: Final = 64


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """A sealed work record. `record_id` and `epoch_kid` 16 bytes; `state` is one of its type's, `due_on` a day."""

    record_id: bytes
    type: str
    epoch_kid: bytes
    version: int
    sealed: bytes
    state: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """A record that is to go, at the version that was seen."""

    record_id: bytes
    version: int


@dataclass(frozen=True, slots=True)
class ResealedRecord:
    """A record of the whole organisation made anew over `version`, the one that was listed."""

    record_id: bytes
    version: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class ResealedRecords:
    """Records made anew under `to_kid`."""

    to_kid: bytes
    records: tuple[ResealedRecord, ...]


def _due(value: object, where: str) -> date:
    return date.fromisoformat(day(value, where))


_ID: Final = wire.b64u_bytes(16)
_VERSION: Final = wire.integer(1, wire.MAX_INTEGER)
RECORD: Final[dict[str, wire.Checker[Any]]] = {
    "record_id": _ID,
    "type": wire.one_of(vocabulary.RECORD_TYPES),
    "epoch_kid": _ID,
    "version": _VERSION,
    "state": wire.text(40),
    "due_on": wire.nullable(_due),
    "sealed": wire.b64u_bytes(*RECORD_LENGTHS),
}
_REMOVAL: Final[dict[str, wire.Checker[Any]]] = {"record_id": _ID, "version": _VERSION}
_RESEALED: Final[dict[str, wire.Checker[Any]]] = {
    "to_kid": _ID,
    "records": wire.list_of(
        wire.record(record_id=_ID, version=_VERSION, sealed=wire.b64u_bytes(*RECORD_LENGTHS)),
        most=RESEALED_MOST,
        least=1,
        unique_by=lambda record: record["record_id"],
    ),
}


def record_from(checked: Mapping[str, Any]) -> WorkRecord:
    """Make a record of the checked fields of RECORD. Raises FormatError for a state that its type does not have."""
    record_state.check_state(checked["type"], checked["state"])
    return WorkRecord(**checked)


def reason_from(checked: Mapping[str, Any] | None) -> WorkRecord | None:
    """Make the note that goes with a step. Raises FormatError for a record of another type, or an earlier one."""
    if checked is None:
        return None
    if (checked["type"], checked["version"]) != ("note", 1):
        field = "record.type"
        raise FormatError(field)
    return record_from(checked)


def parse_work_record(body: bytes) -> WorkRecord:
    """Parse a work record. Raises FormatError(path)."""
    return record_from(wire.fields(wire.parse_request(body), RECORD, ""))


def parse_removal(body: bytes) -> Removal:
    """Parse `{record_id, version}`. Raises FormatError(path)."""
    return Removal(**wire.fields(wire.parse_request(body), _REMOVAL, ""))


def parse_resealed_records(body: bytes) -> ResealedRecords:
    """Parse records that were made anew. Raises FormatError(path)."""
    checked = wire.fields(wire.parse_request(body), _RESEALED, "")
    return ResealedRecords(checked["to_kid"], tuple(ResealedRecord(**one) for one in checked["records"]))
