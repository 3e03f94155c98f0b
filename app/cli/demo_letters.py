"""The reports of the demo: made up, written as letters, sealed and posted through the door that everybody uses."""

import json
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast

from flask.testing import FlaskClient

from app.crypto import custody, epoch_chain, own, receipt
from app.crypto.envelope import seal_letter
from app.crypto.padding import LETTER_BUCKETS, bucket_for
from app.data import read
from app.domain import compartment, receipt_code
from app.domain.letter import Consent, Item, Letter, letter_json
from app.domain.own_record import own_json
from app.domain.vocabulary import UNDISCLOSED
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import SetUpRefused

PURPOSES: Final = {
    "support_centre": ["counselling", "deletion"],
    "commission": ["review"],
    "regulator": ["review"],
    "police": ["police"],
    "monitor": ["review"],
}
CREATED: Final = 201
TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organisation of the verified directory, as much of it as sealing needs."""

    slug: str
    kind: str
    kid: bytes
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Posted:
    """A report that was taken in: its letters by slug, as their organisations will read them."""

    report_id: bytes
    letters: Mapping[str, Letter]


def recipients(client: FlaskClient) -> tuple[bytes, dict[str, Recipient]]:
    """Fetch the directory, verify it, and give the portal's id and the organisations by slug."""
    directory = epoch_chain.verify_directory(client.get("/api/v1/directory").get_json())
    found = {
        one["slug"]: Recipient(
            one["slug"], one["kind"], b64u_decode(one["kid"], "kid"), b64u_decode(one["public_key"], "public_key")
        )
        for one in directory["organisations"]
    }
    return b64u_decode(directory["portal_id"], "portal_id"), found


def post_all(client: FlaskClient, today: date) -> Iterator[Posted]:
    """Seal and post every made-up report. Raises SetUpRefused where one is not taken."""
    portal_id, known = recipients(client)
    for made_up in read("demo/reports")["reports"]:
        yield post(client, portal_id, [known[slug] for slug in made_up["to"]], made_up, today)


def post(
    client: FlaskClient, portal_id: bytes, chosen: list[Recipient], made_up: Mapping[str, Any], today: date
) -> Posted:
    """Seal one report to the organisations that it chooses, and post it."""
    report_id = secrets.token_bytes(16)
    stretched = receipt.stretch(receipt_code.generate(), portal_id)
    whole = whole_letter(made_up, report_id, today)
    letters = {one.slug: _letter_to(one, whole, made_up, stretched) for one in chosen}
    bucket = max(bucket_for(len(letter_json(letter)), LETTER_BUCKETS) for letter in letters.values())
    envelopes = []
    for one in chosen:
        content = letter_json(letters[one.slug])
        sealed = seal_letter(one.public_key, portal_id, report_id, one.kid, "client", content, bucket)
        leaf = custody.leaf(receipt.log_key(stretched, one.kid), portal_id, report_id, one.kid, sealed)
        envelopes.append({"organisation": one.slug, "kid": one.kid, "sealed": sealed, "leaf": leaf})
    own_record = own_json(
        {
            "v": 1,
            "items": [{"id": item["id"], "url": item["url"]} for item in whole["items"]],
            "organisations": [{"slug": slug, "consent": letter["consent"]} for slug, letter in letters.items()],
        }
    )
    body = {
        "v": 1,
        "report_id": report_id,
        "lookup": receipt.lookup_of(receipt.token(stretched)),
        "urgent": bool(made_up.get("urgent")),
        "sealed_by": "client",
        "own": own.seal_own(stretched, portal_id, report_id, own_record),
        "envelopes": envelopes,
    }
    _deliver(client, json.dumps(body, default=b64u_encode))
    return Posted(report_id, letters)


def _deliver(client: FlaskClient, body: str) -> None:
    """Send the same bytes until they are taken, as a browser does when the portal asks it to wait."""
    while (answer := client.post("/report", data=body, content_type="application/json")).status_code == TOO_MANY:
        time.sleep(int(answer.headers["Retry-After"]))
    if answer.status_code != CREATED:
        message = f"a made-up report was answered {answer.status}"
        raise SetUpRefused(message)


def _letter_to(one: Recipient, whole: Letter, made_up: Mapping[str, Any], stretched: bytes) -> Letter:
    consent: Consent = {"purposes": PURPOSES[one.kind], "pass_on": []}
    letter = compartment.letter_for(one.kind, whole, consent, made_up.get("share", ()))
    letter["reply_key"] = b64u_encode(receipt.reply_key(stretched, one.kid))
    letter["log_key"] = b64u_encode(receipt.log_key(stretched, one.kid))
    return letter


def whole_letter(made_up: Mapping[str, Any], report_id: bytes, today: date) -> Letter:
    """Spell out a made-up report; what it does not say is empty or undisclosed. Its keys are set for each recipient."""
    said = made_up.get
    unset = b64u_encode(bytes(32))
    return {
        "v": 1,
        "report_id": b64u_encode(report_id),
        "lang": said("lang", "ko"),
        "reporter": {
            "role": said("role", "victim"),
            "age_group": said("age", UNDISCLOSED),
            "proxy": said("proxy", UNDISCLOSED),
            "relation": said("relation", UNDISCLOSED),
        },
        "items": [_item(link, today) for link in made_up["links"]],
        "harm": made_up["harm"],
        "material": made_up["material"],
        "threat": {
            "kinds": said("threat", []),
            "ongoing": said("ongoing", UNDISCLOSED),
            "deadline": said("deadline", ""),
        },
        "identity_leak": said("leak", []),
        "incident_place": said("place", ""),
        "prior": [{"kind": kind, "reference": reference} for kind, reference in said("prior", [])],
        "help": {
            "language": said("help_language", "ko"),
            "disability": said("disability", []),
            "danger": said("danger", UNDISCLOSED),
            "region": said("region", UNDISCLOSED),
        },
        "wishes": made_up["wishes"],
        "consent": {"purposes": [], "pass_on": []},
        "account": {"text": made_up["account"]} if made_up["account"] else None,
        "offender": said("offender"),
        "contact": said("contact"),
        "reply_key": unset,
        "log_key": unset,
    }


def _item(link: Mapping[str, Any], today: date) -> Item:
    seen = (today - timedelta(days=link["first"])).isoformat() if "first" in link else UNDISCLOSED
    return cast(
        "Item",
        {
            "id": b64u_encode(secrets.token_bytes(16)),
            "url": link["url"],
            "kind": link["kind"],
            "place": link.get("place", ""),
            "poster": link.get("poster", ""),
            "title_keywords": link.get("title", ""),
            "commercial": link.get("commercial", UNDISCLOSED),
            "first_seen": seen,
            "last_seen": UNDISCLOSED,
            "posted": UNDISCLOSED,
            "spread": link.get("spread", UNDISCLOSED),
        },
    )
