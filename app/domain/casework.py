"""What a caseworker's browser sends: the bodies of the staff requests, parsed strictly. What staff write is sealed."""

from dataclasses import dataclass
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.letter import ITEMS_MOST
from app.domain.sealed_length import MESSAGE_LENGTHS, SUMMARY_LENGTHS
from app.domain.work_record import RECORD, WorkRecord, reason_from


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in: the key that the passphrase yields (32 bytes), never the passphrase."""

    login: str
    sign_in: bytes
    parameter_set: int


@dataclass(frozen=True, slots=True)
class StaffMessage:
    """A message sealed to the reporter. `message_id` 16 bytes."""

    message_id: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Summary:
    """A sealed summary and the ids of the letter's items, which the server learns once the letter was opened."""

    version: int
    epoch_kid: bytes
    sealed: bytes
    items: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class StateChange:
    """A new state of a referral over `version`. `message` is None where the letter has no key to answer with.

    `record` is the note for colleagues that a step needs which asks for a reason.
    """

    version: int
    state: str
    message: StaffMessage | None
    record: WorkRecord | None = None


@dataclass(frozen=True, slots=True)
class ItemState:
    """A new state of one item."""

    item_id: bytes
    state: str


@dataclass(frozen=True, slots=True)
class ItemStateChange:
    """New states of items over the referral's `version`, and the message that says so to the reporter."""

    version: int
    items: tuple[ItemState, ...]
    message: StaffMessage | None
    record: WorkRecord | None = None


@dataclass(frozen=True, slots=True)
class ItemStateUndo:
    """Items whose last change is taken back over the referral's `version`; the message corrects what was said."""

    version: int
    items: tuple[bytes, ...]
    message: StaffMessage | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One referral as the caseworker sees it in a list: its version, and whether new words of the reporter's show."""

    referral_id: bytes
    version: int
    unread: bool


LISTED_MOST: Final = 100
_ID: Final = wire.b64u_bytes(16)
_VERSION: Final = wire.integer(1, wire.MAX_INTEGER)
_MESSAGE: Final[dict[str, wire.Checker[Any]]] = {"message_id": _ID, "sealed": wire.b64u_bytes(*MESSAGE_LENGTHS)}
_SIGN_IN: Final[dict[str, wire.Checker[Any]]] = {
    "login": wire.login,
    "sign_in": wire.b64u_bytes(32),
    "parameter_set": wire.integer(1, 255),
}
_SUMMARY: Final[dict[str, wire.Checker[Any]]] = {
    "version": _VERSION,
    "epoch_kid": _ID,
    "sealed": wire.b64u_bytes(*SUMMARY_LENGTHS),
    "items": wire.list_of(_ID, most=ITEMS_MOST, unique_by=lambda item_id: item_id),
}
_STATE: Final[dict[str, wire.Checker[Any]]] = {
    "version": _VERSION,
    "state": wire.one_of(vocabulary.REFERRAL_STATES),
    "message": wire.nullable(wire.record(**_MESSAGE)),
    "record": wire.nullable(wire.record(**RECORD)),
}
_ITEM_STATES: Final[dict[str, wire.Checker[Any]]] = {
    "version": _VERSION,
    "items": wire.list_of(
        wire.record(item_id=_ID, state=wire.one_of(vocabulary.ITEM_STATES)),
        most=ITEMS_MOST,
        least=1,
        unique_by=lambda item: item["item_id"],
    ),
    "message": wire.nullable(wire.record(**_MESSAGE)),
    "record": wire.nullable(wire.record(**RECORD)),
}
_UNDO: Final[dict[str, wire.Checker[Any]]] = {
    "version": _VERSION,
    "items": wire.list_of(_ID, most=ITEMS_MOST, least=1, unique_by=lambda item_id: item_id),
    "message": wire.nullable(wire.record(**_MESSAGE)),
}
_LISTED: Final[dict[str, wire.Checker[Any]]] = {
    "referrals": wire.list_of(
        wire.record(referral_id=_ID, version=_VERSION, unread=wire.boolean),
        most=LISTED_MOST,
        least=1,
        unique_by=lambda one: one["referral_id"],
    )
}


def _checked(body: bytes, schema: dict[str, wire.Checker[Any]]) -> dict[str, Any]:
    return wire.fields(wire.parse_request(body), schema, "")


def _message(checked: dict[str, Any]) -> StaffMessage | None:
    return None if checked["message"] is None else StaffMessage(**checked["message"])


def parse_sign_in(body: bytes) -> SignIn:
    """Parse the body of `POST /sign-in`. Raises FormatError(path)."""
    return SignIn(**_checked(body, _SIGN_IN))


def parse_opening(body: bytes) -> None:
    """Parse the empty object that asks for a referral to be opened. Raises FormatError(path)."""
    _checked(body, {})


def parse_version(body: bytes) -> int:
    """Parse `{version}`, the body of a claim and of its release. Raises FormatError(path)."""
    version: int = _checked(body, {"version": _VERSION})["version"]
    return version


def parse_listed(body: bytes) -> tuple[Listed, ...]:
    """Parse `{referrals}`, what is done to several referrals at once. Raises FormatError(path)."""
    return tuple(Listed(**one) for one in _checked(body, _LISTED)["referrals"])


def parse_summary(body: bytes) -> Summary:
    """Parse a summary with its item ids. Raises FormatError(path)."""
    checked = _checked(body, _SUMMARY)
    return Summary(checked["version"], checked["epoch_kid"], checked["sealed"], tuple(checked["items"]))


def parse_state_change(body: bytes) -> StateChange:
    """Parse a change of a referral's state; whether it is allowed is `referral_state`'s. Raises FormatError(path)."""
    checked = _checked(body, _STATE)
    return StateChange(checked["version"], checked["state"], _message(checked), reason_from(checked["record"]))


def parse_item_state_change(body: bytes) -> ItemStateChange:
    """Parse changes of item states, one an item. Raises FormatError(path)."""
    checked = _checked(body, _ITEM_STATES)
    items = tuple(ItemState(**item) for item in checked["items"])
    return ItemStateChange(checked["version"], items, _message(checked), reason_from(checked["record"]))


def parse_item_state_undo(body: bytes) -> ItemStateUndo:
    """Parse items whose last change is taken back. Raises FormatError(path)."""
    checked = _checked(body, _UNDO)
    return ItemStateUndo(checked["version"], tuple(checked["items"]), _message(checked))


def parse_message(body: bytes) -> StaffMessage:
    """Parse a message to the reporter. Raises FormatError(path)."""
    return StaffMessage(**_checked(body, _MESSAGE))
