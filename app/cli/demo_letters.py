"""The reports of the demo: made up, written as letters, sealed and posted through the door that everybody uses."""

import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast

from flask.testing import FlaskClient

from app.crypto import epoch_chain
from app.crypto.report import Choice, seal_report
from app.data import read
from app.domain import receipt_code
from app.domain.empty_letter import empty_letter
from app.domain.letter import Consent, Item, Letter
from app.domain.vocabulary import UNDISCLOSED
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import SetUpRefused
from app.proof import HEADER, answer_to

PURPOSES: Final = {
    "support_centre": ["counselling", "deletion"],
    "commission": ["review"],
    "regulator": ["review"],
    "police": ["police"],
}
CREATED: Final = 201
TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True)
class Posted:
    """A report that was taken in: its letters by slug, as their organisations will read them."""

    report_id: bytes
    letters: Mapping[str, Letter]


def post_all(client: FlaskClient, today: date) -> Iterator[Posted]:
    """Seal and post every made-up report to the organisations of the verified directory.

    Raises SetUpRefused where one is not taken.
    """
    portal_id, known = everybody(client)
    for made_up in read("demo/reports")["reports"]:
        choices = [_choice(known[slug], made_up) for slug in made_up["to"]]
        yield post(client, portal_id, choices, made_up, today)


def everybody(client: FlaskClient) -> tuple[bytes, dict[str, Any]]:
    """Give the portal's id, and who can be written to by slug, from the verified directory."""
    directory = epoch_chain.verify_directory(client.get("/api/v1/directory").get_json())
    known = {organisation["slug"]: organisation for organisation in directory["organisations"]}
    return b64u_decode(directory["portal_id"], "portal_id"), known


def post(
    client: FlaskClient, portal_id: bytes, choices: list[Choice], made_up: Mapping[str, Any], today: date
) -> Posted:
    """Seal one report to the organisations that it chooses, and post it."""
    report_id = secrets.token_bytes(16)
    letter = whole_letter(made_up, report_id, today)
    urgent = bool(made_up.get("urgent"))
    sealed = seal_report(portal_id, receipt_code.generate(), letter, choices, urgent=urgent)
    _deliver(client, sealed.body)
    return Posted(report_id, sealed.letters)


def _choice(organisation: dict[str, Any], made_up: Mapping[str, Any]) -> Choice:
    consent: Consent = {"purposes": made_up.get("purposes", PURPOSES[organisation["kind"]]), "pass_on": []}
    if organisation["kind"] == "support_centre":
        consent["pass_on"] = made_up.get("pass_on", [])
    return Choice(organisation, consent, made_up.get("share", ()))


def _deliver(client: FlaskClient, body: bytes) -> None:
    """Send the same bytes until they are taken, as a browser does when the portal asks it to wait."""
    headers = {"Content-Type": "application/json"}
    while (answer := client.post("/report", data=body, headers=headers)).status_code == TOO_MANY:
        if proof := answer_to(answer.json):
            headers[HEADER] = proof
        else:
            time.sleep(int(answer.headers["Retry-After"]))
    if answer.status_code != CREATED:
        message = f"a made-up report was answered {answer.status}"
        raise SetUpRefused(message)


def whole_letter(made_up: Mapping[str, Any], report_id: bytes, today: date) -> Letter:
    """Spell out a made-up report; what it does not say is empty or undisclosed. Its keys are set for each recipient."""
    said = made_up.get
    told = {
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
        "account": {"text": made_up["account"]} if made_up["account"] else None,
        "offender": said("offender"),
        "contact": said("contact"),
    }
    return cast("Letter", {**empty_letter(report_id), **told})


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
