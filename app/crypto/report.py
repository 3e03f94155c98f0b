"""A whole report, sealed: one letter to each chosen organisation, all of one size, and the own record.

Twin of `static/js/crypto/report.js`: it puts the other modules together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from app.crypto import custody, receipt
from app.crypto.envelope import seal_letter
from app.crypto.own import seal_own
from app.crypto.padding import LETTER_BUCKETS, bucket_for
from app.domain.compartment import letter_for
from app.domain.letter import Consent, Letter, letter_json
from app.domain.own_record import own_json, own_record_for
from app.domain.submission import evened
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.errors import FormatError


@dataclass(frozen=True, slots=True)
class Choice:
    """An organisation as `epoch_chain.verify_directory` gives it, and what the reporter allows to it."""

    organisation: dict[str, Any]
    consent: Consent
    compartments: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SealedReport:
    """The body of `POST /report`, to be sent as it is however often; the token; the letters by slug."""

    body: bytes
    token: bytes
    letters: dict[str, Letter]


def seal_report(
    portal_id: bytes,
    code: str,
    letter: Letter,
    choices: Sequence[Choice],
    *,
    urgent: bool = False,
    keep_own: bool = True,
    sealed_by: str = "client",
) -> SealedReport:
    """Seal a report to every chosen organisation; `letter` holds everything, its consent and keys are set for each.

    Raises FormatError where the code, the letter or a key is none, or where nobody is chosen.
    """
    if not choices:
        raise FormatError("envelopes")
    stretched = receipt.stretch(code, portal_id)
    report_id = b64u_decode(letter["report_id"], "letter.report_id", 16)
    letters = [letter_to(choice, letter, stretched) for choice in choices]
    bucket = max(bucket_for(len(letter_json(each)), LETTER_BUCKETS) for each in letters)
    envelopes = [
        envelope_to(portal_id, choice, each, stretched, bucket, sealed_by)
        for choice, each in zip(choices, letters, strict=True)
    ]
    own = _own(portal_id, report_id, stretched, letter, choices) if keep_own else None
    token = receipt.token(stretched)
    body = {
        "v": 1,
        "report_id": letter["report_id"],
        "lookup": b64u_encode(receipt.lookup_of(token)),
        "urgent": urgent,
        "sealed_by": sealed_by,
        "own": own,
        "envelopes": envelopes,
    }
    by_slug = {choice.organisation["slug"]: each for choice, each in zip(choices, letters, strict=True)}
    return SealedReport(evened(canonical_json(body), by_slug, urgent=urgent), token, by_slug)


def _kid(choice: Choice) -> bytes:
    return b64u_decode(choice.organisation["kid"], "kid", 16)


def envelope_to(
    portal_id: bytes, choice: Choice, letter: Letter, stretched: bytes, bucket: int, sealed_by: str
) -> dict[str, str]:
    """Seal one organisation's letter, and give the envelope as it travels. Raises FormatError."""
    kid, report_id = _kid(choice), b64u_decode(letter["report_id"], "letter.report_id", 16)
    public_key = b64u_decode(choice.organisation["public_key"], "public_key")
    sealed = seal_letter(public_key, portal_id, report_id, kid, sealed_by, letter_json(letter), bucket)
    return {
        "organisation": choice.organisation["slug"],
        "kid": b64u_encode(kid),
        "sealed": b64u_encode(sealed),
        "leaf": b64u_encode(custody.leaf(receipt.log_key(stretched, kid), portal_id, report_id, kid, sealed)),
    }


def letter_to(choice: Choice, letter: Letter, stretched: bytes) -> Letter:
    """Cut one organisation's letter from the whole one, with its keys. Raises FormatError."""
    kid = _kid(choice)
    cut = letter_for(choice.organisation["kind"], letter, choice.consent, choice.compartments)
    keys = {
        "reply_key": b64u_encode(receipt.reply_key(stretched, kid)),
        "log_key": b64u_encode(receipt.log_key(stretched, kid)),
    }
    return cast("Letter", {**cut, **keys})


def _own(portal_id: bytes, report_id: bytes, stretched: bytes, letter: Letter, choices: Sequence[Choice]) -> str:
    own = own_record_for(letter["items"], [(choice.organisation["slug"], choice.consent) for choice in choices])
    return b64u_encode(seal_own(stretched, portal_id, report_id, own_json(own)))
