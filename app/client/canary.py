"""`canary`: a report to the test organisation, through the public front and back, opened and compared. For a timer."""

import json
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TextIO, cast

import click

from app.client.portal_front import Front, FrontError
from app.crypto import caseworker_key, opening, receipt
from app.crypto.epoch_chain import ended_on, verify_directory
from app.crypto.message import seal_message
from app.crypto.report import Choice, SealedReport, seal_report
from app.domain import receipt_code
from app.domain.deadline import day_of
from app.domain.empty_letter import empty_letter
from app.domain.keyring_content import parse_keyring
from app.domain.letter import Letter, parse_letter
from app.domain.message_content import MessageContent, message_json
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.errors import FormatError

WHERE: Final = "https://canary.example/"  # a name that is reserved for examples; nobody ever opens it
ERRORS: Final = (FrontError, FormatError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Account:
    """The test organisation's caseworker, as `flask canary` wrote it down."""

    slug: str
    login: str
    passphrase: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A report on its way: where it belongs, and what must come out again."""

    portal_id: bytes
    report_id: bytes
    kid: bytes
    code: str
    sealed: SealedReport
    letter: Letter


@click.command(
    "canary", help="Send a sealed test report through the public front, open it as its recipient, destroy it."
)
@click.argument("url")
@click.option("--account", required=True, type=click.File(encoding="utf-8"), help="The file that `flask canary` wrote.")
@click.option("--authority", type=click.Path(exists=True), help="A CA's certificate, where the system knows it not.")
def command(url: str, account: TextIO, authority: str | None) -> None:
    """Say `ok` and how long it took, or where it went wrong, in one line."""
    began, step = time.monotonic(), "the account"
    try:
        known = Account(**json.load(account))
        front = Front(url, authority)
        step = "the directory"
        sent = _seal(front.get("/api/v1/directory"), known)
        step = "sending"
        front.post("/report", sent.sealed.body, 201)
        step = "coming back with the code"
        token = b64u_encode(sent.sealed.token)
        back = front.post("/follow-up", canonical_json({"token": token}))
        (referral,) = back["referrals"]
        withdrawal = _withdrawal(sent, referral["referral_id"])
        step = "opening"
        try:
            _open(front, known, sent, referral["referral_id"])
        except ERRORS:
            with suppress(FrontError):  # what cannot be opened is not left behind either, and why it cannot is said
                front.post("/follow-up/withdrawal", withdrawal)
            raise
        step = "destroying"
        front.post("/follow-up/withdrawal", withdrawal)
        step = "signing out"
        front.post("/sign-out", b"{}")
    except ERRORS as error:
        message = f"{step} failed: {getattr(error, 'field', '') or error}"
        raise click.ClickException(message) from error
    click.echo(f"ok {time.monotonic() - began:.1f} s")


def _seal(served: object, account: Account) -> Sent:
    directory = verify_directory(served)
    portal_id = b64u_decode(directory["portal_id"], "portal_id", 16)
    known = {each["slug"]: each for each in directory["organisations"]}
    organisation = known[account.slug]
    if organisation["fingerprint"] != account.fingerprint:
        lost_on = ended_on(organisation, account.fingerprint)
        said = f": its keys were lost on {lost_on}, and made anew" if lost_on else ""
        message = f"the fingerprint of {account.slug} is not the one that was written down{said}"
        raise FrontError(message)
    report_id, code = secrets.token_bytes(16), receipt_code.generate()
    item: dict[str, Any] = {
        "id": b64u_encode(secrets.token_bytes(16)),
        "url": WHERE + secrets.token_hex(8),
        "kind": "page",
        **dict.fromkeys(("place", "poster", "title_keywords"), ""),
        **dict.fromkeys(("commercial", "first_seen", "last_seen", "posted", "spread"), "undisclosed"),
    }
    letter = cast("Letter", {**empty_letter(report_id), "items": [item]})
    choice = Choice(organisation, {"purposes": [], "pass_on": []})
    sealed = seal_report(portal_id, code, letter, [choice], keep_own=False)
    kid = b64u_decode(organisation["kid"], "kid", 16)
    return Sent(portal_id, report_id, kid, code, sealed, sealed.letters[account.slug])


def _open(front: Front, account: Account, sent: Sent, referral_id: str) -> None:
    root = caseworker_key.root(account.passphrase, sent.portal_id, account.login)
    sign_in = b64u_encode(caseworker_key.sign_in_key(root))
    asked = {"login": account.login, "sign_in": sign_in, "parameter_set": 1}
    keys = front.post("/sign-in", canonical_json(asked))
    front.session["X-CSRF-Token"] = keys["csrf"]
    kid = b64u_decode(keys["caseworker"]["kid"], "kid", 16)
    wrapped = b64u_decode(keys["wrapped_seed"], "wrapped_seed")
    seed = opening.unwrap_seed(caseworker_key.wrap_key(root), sent.portal_id, account.slug, kid, wrapped)
    ring_sealed = b64u_decode(keys["keyring"]["sealed"], "keyring")
    ring = parse_keyring(opening.open_keyring(seed, sent.portal_id, account.slug, keys["keyring"]["seq"], ring_sealed))
    (epoch_seed,) = [each["seed"] for each in ring["epochs"] if each["kid"] == b64u_encode(sent.kid)]
    found = front.post(f"/referral/{referral_id}/opening", b"{}")
    sealed = b64u_decode(found["sealed"], "sealed")
    plain = opening.open_letter(
        b64u_decode(epoch_seed or "", "seed", 32), sent.portal_id, sent.report_id, found["sealed_by"], sealed
    )
    if parse_letter(plain) != sent.letter:
        message = "the letter that came out is another than the one that went in"
        raise FrontError(message)


def _withdrawal(sent: Sent, referral_id: str) -> bytes:
    message_id = secrets.token_bytes(16)
    said: MessageContent = {
        "v": 1,
        "after": None,
        "sent_on": day_of(datetime.now(UTC)).isoformat(),
        "kind": "withdrawal",
        "text": "",
        "items": [],
        "states": [],
        "consent": None,
        "when": "now",
    }
    reply_key = receipt.reply_key(receipt.stretch(sent.code, sent.portal_id), sent.kid)
    sealed = seal_message(
        reply_key, "to_organisation", sent.portal_id, sent.report_id, sent.kid, message_id, message_json(said)
    )
    message = {"referral_id": referral_id, "message_id": b64u_encode(message_id), "sealed": b64u_encode(sealed)}
    return canonical_json({"token": b64u_encode(sent.sealed.token), "when": "now", "messages": [message]})
