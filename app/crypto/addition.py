"""One more letter of a report that was sent before, sealed to an organisation that has none, with the own record.

The other half of `static/js/crypto/addition.js`; like `report` it puts the other modules together.
"""

from dataclasses import dataclass

from app.crypto import receipt
from app.crypto.own import seal_own
from app.crypto.padding import LETTER_BUCKETS, bucket_for
from app.crypto.report import Choice, envelope_to, letter_to
from app.domain.letter import Letter, letter_json
from app.domain.own_record import OwnRecord, own_json
from app.domain.submission import evened
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.errors import FormatError


@dataclass(frozen=True, slots=True)
class SealedAddition:
    """The body of `POST /follow-up/organisation`, to be sent as it is however often, and the letter in it."""

    body: bytes
    letter: Letter


def seal_addition(
    portal_id: bytes,
    stretched: bytes,
    letter: Letter,
    choice: Choice,
    size: int,
    own: OwnRecord | None,
    *,
    sealed_by: str = "client",
) -> SealedAddition:
    """Seal one more letter; `letter` holds everything, its consent and keys are set.

    `stretched` is the stretched receipt code (32 bytes), `size`, 1 to 4, that of the report's other letters: this one
    is no smaller. `own` is the own record with the new organisation in it, None where none is kept. Raises FormatError.
    """
    if not 1 <= size <= len(LETTER_BUCKETS):
        raise FormatError("size")
    cut = letter_to(choice, letter, stretched)
    bucket = max(bucket_for(len(letter_json(cut)), LETTER_BUCKETS), LETTER_BUCKETS[size - 1])
    report_id = b64u_decode(letter["report_id"], "letter.report_id", 16)
    sealed_own = None if own is None else b64u_encode(seal_own(stretched, portal_id, report_id, own_json(own)))
    body = {
        "token": b64u_encode(receipt.token(stretched)),
        "sealed_by": sealed_by,
        "envelope": envelope_to(portal_id, choice, cut, stretched, bucket, sealed_by),
        "own": sealed_own,
    }
    return SealedAddition(evened(canonical_json(body), [choice.organisation["slug"]]), cut)
