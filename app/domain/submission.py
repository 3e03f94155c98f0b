"""What a browser or a command-line client submits: `POST /report`, parsed strictly before anything is looked up.

The server reads lengths, ids and names of recipients here, and nothing else: the envelopes stay sealed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domain import vocabulary, wire
from app.domain.sealed_length import ENVELOPE_LENGTHS, OWN_LENGTHS
from app.errors import FormatError

ENVELOPES_MOST: Final = 8
LONGEST_NAME: Final = 40  # characters; as `wire.SLUG` has it


@dataclass(frozen=True, slots=True)
class Envelope:
    """One sealed letter to one organisation. `kid` 16 bytes, `leaf` 32 bytes, `sealed` one of four lengths."""

    organisation: str
    kid: bytes
    sealed: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Submission:
    """A report as it arrives. `report_id` 16 bytes, `lookup` 32 bytes, `own` sealed or None when it was declined."""

    report_id: bytes
    lookup: bytes
    urgent: bool
    sealed_by: str
    own: bytes | None
    envelopes: tuple[Envelope, ...]


ENVELOPE: Final = wire.record(
    organisation=wire.slug, kid=wire.b64u_bytes(16), sealed=wire.b64u_bytes(*ENVELOPE_LENGTHS), leaf=wire.b64u_bytes(32)
)
_SUBMISSION: Final[dict[str, wire.Checker[Any]]] = {
    "v": wire.version_one,
    "report_id": wire.b64u_bytes(16),
    "lookup": wire.b64u_bytes(32),
    "urgent": wire.boolean,
    "sealed_by": wire.one_of(vocabulary.STRANGER_SEALED_BY),
    "own": wire.nullable(wire.b64u_bytes(*OWN_LENGTHS)),
    "envelopes": wire.list_of(
        ENVELOPE,
        most=ENVELOPES_MOST,
        least=1,
        unique_by=lambda envelope: envelope["organisation"],
    ),
}


def evened(body: bytes, names: Collection[str], *, urgent: bool = False) -> bytes:
    """Give a body with spaces behind it, so many that neither names of organisations nor the urgency change its length.

    Whoever sees lengths on the line then learns how many letters there are, and their common size.
    """
    missing = sum(LONGEST_NAME - len(name) for name in names) + (len("false") - len("true") if urgent else 0)
    return body + b" " * missing


def parse_submission(body: bytes, sealed_by: Sequence[str] = vocabulary.STRANGER_SEALED_BY) -> Submission:
    """Parse the body of `POST /report`. Raises FormatError(path) for whatever is not exactly as the format says.

    `sealed_by` names the kinds of sealer that are let through here: strangers', unless the caller knows better. All
    envelopes of one report have the same length, so that the size of one says nothing about the consent of another.
    """
    checkers = _SUBMISSION | {"sealed_by": wire.one_of(sealed_by)}
    checked = wire.fields(wire.parse_request(body), checkers, "")
    envelopes = tuple(Envelope(**envelope) for envelope in checked["envelopes"])
    if len({len(envelope.sealed) for envelope in envelopes}) != 1:
        raise FormatError("envelopes")
    return Submission(
        report_id=checked["report_id"],
        lookup=checked["lookup"],
        urgent=checked["urgent"],
        sealed_by=checked["sealed_by"],
        own=checked["own"],
        envelopes=envelopes,
    )
