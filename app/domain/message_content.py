"""What a message says: JSON with every field present, in this order. Twin of `static/js/domain/message_content.js`."""

from typing import Any, Final, TypedDict, cast

from app.domain import vocabulary, wire
from app.domain.letter import CONSENT, ITEMS, ITEMS_MOST, Consent, Item, day
from app.errors import FormatError

TEXT_MOST: Final = 10_000


class StateOf(TypedDict):
    """A state that the organisation itself says: of one item, or of the referral where `item` is null."""

    item: str | None
    state: str


class MessageContent(TypedDict):
    """One message. `after` is the last message that the sender had seen, `sent_on` a day in Korea."""

    v: int
    after: str | None
    sent_on: str
    kind: str
    text: str
    items: list[Item]
    states: list[StateOf]
    consent: Consent | None
    when: str | None


def _state_of(value: object, where: str) -> dict[str, Any]:
    """Check a state; which words there are depends on whether an item or the referral is meant."""
    checked = wire.fields(value, {"item": wire.nullable(wire.b64u_text(16)), "state": wire.text(40)}, where)
    words = vocabulary.REFERRAL_STATES if checked["item"] is None else vocabulary.ITEM_STATES
    if checked["state"] not in words:
        raise FormatError(f"{where}.state")
    return checked


_MESSAGE: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "after": wire.nullable(wire.b64u_text(16)),
    "sent_on": day,
    "kind": wire.one_of(vocabulary.MESSAGE_KINDS),
    "text": wire.text(TEXT_MOST),
    "items": ITEMS,
    "states": wire.list_of(_state_of, most=ITEMS_MOST + 1, unique_by=lambda entry: entry["item"]),
    "consent": wire.nullable(CONSENT),
    "when": wire.nullable(wire.one_of(vocabulary.WITHDRAWAL_TIMES)),
}


def check_message(value: object) -> MessageContent:
    """Check a message that is already an object, and give it with its fields in order. Raises FormatError(path).

    What belongs to one kind is there with that kind and with no other, so that a message cannot say two things; `text`
    may go with each.
    """
    message = wire.fields(value, _MESSAGE, "message")
    belongs = {
        "text": True,
        "state": bool(message["states"]),
        "items": bool(message["items"]),
        "withdrawal": message["when"] is not None,
        "consent": message["consent"] is not None,
    }
    present = {kind for kind, there in belongs.items() if there} - {"text"}
    if present != {message["kind"]} - {"text"} or (message["kind"] == "text" and not message["text"]):
        raise FormatError("message.kind")
    return cast("MessageContent", message)


def message_json(message: MessageContent) -> bytes:
    """Serialise a message in the one way that `parse_message` accepts. Raises FormatError where it is not a message."""
    return wire.canonical_json(check_message(message), "message")


def parse_message(plaintext: bytes) -> MessageContent:
    """Parse a message after padding was removed. Raises FormatError for any byte that `message_json` would not give."""
    message = check_message(wire.parse_canonical(plaintext, "message"))
    if wire.canonical_json(message) != plaintext:
        raise FormatError("message")
    return message
