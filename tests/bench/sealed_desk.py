"""An organisation with so many letters, each opened once and with its summary, as they lie on the server."""

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy import insert

from app.cli.ceremony import Description, Person, found
from app.cli.demo_letters import whole_letter
from app.cli.demo_work import summary_of
from app.crypto import recipient_key
from app.crypto.envelope import seal_letter
from app.crypto.summary import seal_summary
from app.db import engine_for, session_for
from app.domain.deadline import day_of, due_on
from app.domain.letter import letter_json
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.models import Caseworker, Referral, Report, Summary
from app.services import portal as portals
from tests.browser.reporter import MADE_UP

SLUG, LEAD, WORKER = "bench-centre", "bench.lead", "bench.worker"
PASSPHRASE = "a passphrase that only this bench has"


def fill(portal, letters, *, summaries=True):
    """Make an organisation with a lead and a caseworker, and so many letters with their summaries, or new ones."""
    engine, now = engine_for(portal.environment["ONESTOP_DATABASE_URL"]), datetime.now(UTC)
    people = [Person(LEAD, "lead", PASSPHRASE), Person(WORKER, "caseworker", PASSPHRASE)]
    with session_for(engine) as session:
        portal_id = portals.current(session).portal_id
        session.rollback()
        described = Description(SLUG, "support_centre", "벤치센터", "Bench centre", "seoul")
        founded = found(session, portal_id, described, people, now)
        (lead,) = session.query(Caseworker).filter_by(login=LEAD)
        rows = [_letter(portal_id, founded, lead.caseworker_id, now) for _number in range(letters)]
        for model, made in zip((Report, Referral, Summary), zip(*rows, strict=True), strict=True):
            if model is not Summary or summaries:
                session.execute(insert(model), list(made))
        session.commit()
    engine.dispose()


def _letter(portal_id, founded, lead_id, now):
    epoch, report_id, referral_id = founded.epoch, secrets.token_bytes(16), secrets.token_bytes(16)
    keys = recipient_key.from_seed(b64u_decode(epoch["seed"], "seed", 32))
    letter = whole_letter(MADE_UP, report_id, day_of(now))
    letter |= {name: b64u_encode(secrets.token_bytes(32)) for name in ("reply_key", "log_key")}
    sealed = seal_letter(keys.public_key, portal_id, report_id, keys.kid, "browser", letter_json(letter))
    sealed_hash, today = hashlib.sha256(sealed).digest(), day_of(now)
    summary_key = b64u_decode(epoch["summary_key"], "summary_key", 32)
    content = canonical_json(summary_of(letter))
    summary = seal_summary(summary_key, portal_id, SLUG, report_id, keys.kid, sealed_hash, 1, content)
    kept = {"epoch_kid": keys.kid, "version": 1, "saved_by": lead_id, "saved_at": now, "sealed": summary}
    return (
        {
            "report_id": report_id, "lookup": secrets.token_bytes(32), "body_hash": bytes(32), "received_on": today,
            "state": "received", "destroy_on": None, "own": None,
        },
        {
            "referral_id": referral_id, "report_id": report_id, "organisation_id": founded.organisation_id,
            "kid": keys.kid, "origin_kid": keys.kid, "sealed_by": "browser", "sealed_hash": sealed_hash,
            "leaf": bytes(32), "size": 1, "urgent": False, "received_on": today,
            "due_on": due_on(today, urgent=False), "state": "received", "state_on": today, "version": 1,
            "opened_at": now, "unread_from_reporter": False, "sealed": sealed,
        },
        {"referral_id": referral_id, **kept},
    )  # fmt: skip
