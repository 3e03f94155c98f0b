"""Makes what a portal needs before a test can begin. Keys of organisations are real, letters are random bytes."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select

from app.crypto import recipient_key, signing
from app.crypto.caseworker_key import sign_in_hash
from app.crypto.epoch_chain import entry_message
from app.domain import casework
from app.domain.coming_back import FollowUpMessage
from app.domain.role import WAITING
from app.domain.submission import parse_submission
from app.domain.wire import b64u_encode as b64u
from app.domain.work_record import WorkRecord
from app.errors import NotFound
from app.models import AccessLog, Referral
from app.services import caseworker, keyring, organisation, portal, report, summary
from app.services import session as staff_session
from app.services.rota import Rota, Words

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LETTER = 4096 + 1136
MESSAGE = 1024 + 28
SUMMARY = 512 + 28
RECORD = 512 + 28


@dataclass
class Person:
    login: str
    role: str
    sign_in: bytes
    caseworker_id: bytes
    kid: bytes


@dataclass
class Made:
    """An organisation with its newest kid, its signing seeds, and its people by role."""

    organisation_id: bytes
    slug: str
    kid: bytes
    signing_seeds: list[bytes]
    people: dict[str, Person] = field(default_factory=dict)


class Maker:
    def __init__(self, session, now=NOW):
        self.session, self.now = session, now

    def portal(self, *, demo=False):
        try:
            return portal.current(self.session)
        except NotFound:
            self.session.rollback()
            return portal.create(self.session, demo=demo, now=self.now)

    def organisation(self, slug="centre", kind="support_centre", roles=("lead", "caseworker")):
        self.portal()
        row = organisation.create(
            self.session,
            slug=slug,
            kind=kind,
            name_ko=f"기관 {slug}",
            name_en=f"The {slug}",
            region="seoul",
            now=self.now,
        )
        made = Made(row.organisation_id, slug, b"", [])
        self.epoch(made)
        for role in roles:
            made.people[role] = self.person(made, f"{slug}-{role}", role)
        copies = {one.kid: secrets.token_bytes(4096 + 1136) for one in made.people.values() if one.role != WAITING}
        keyring.store_ring(
            self.session,
            made.organisation_id,
            seq=1,
            copies=copies,
            recovery=(secrets.token_bytes(16), secrets.token_bytes(4096 + 1136)),
            now=self.now,
        )
        return made

    def epoch(self, made):
        keys, seed = recipient_key.generate(), secrets.token_bytes(32)
        signing_key, place = signing.signing_key_of(seed), len(made.signing_seeds)
        made.signing_seeds.append(seed)
        signer = made.signing_seeds[max(0, place - 1)]
        message = entry_message(self.portal().portal_id, made.slug, place, signing_key, keys.kid)
        made.kid = keyring.add_epoch(
            self.session,
            made.organisation_id,
            public_key=keys.public_key,
            signing_key=signing_key,
            signature=signing.sign(signer, message),
            now=self.now,
        )
        return made.kid

    def person(self, made, login, role):
        key = secrets.token_bytes(32)
        row = caseworker.create(
            self.session,
            made.organisation_id,
            login=login,
            role="caseworker" if role == WAITING else role,
            waits=role == WAITING,
            public_key=recipient_key.generate().public_key,
            parameter_set=1,
            sign_in_hash=sign_in_hash(key),
            wrapped_seed=secrets.token_bytes(60),
            now=self.now,
        )
        return Person(login, role, key, row.caseworker_id, row.kid)

    def signed_in(self, made, role="caseworker", now=None):
        _cookie, signed_in = staff_session.start(self.session, made.people[role].caseworker_id, now or self.now)
        self.session.commit()
        return signed_in

    def report(self, *recipients, now=None, **changes):
        """Submit a report; give its token and its id."""
        token = secrets.token_bytes(32)
        body = body_of(*recipients, lookup=b64u(hashlib.sha256(token).digest()), **changes)
        submission = parse_submission(body)
        report.submit(self.session, submission, hashlib.sha256(body).digest(), now or self.now)
        return token, submission.report_id


def submission_of(*recipients, **changes):
    """A submission to organisations, as the browser's JSON before it is written down."""
    return {
        "v": 1,
        "report_id": b64u(secrets.token_bytes(16)),
        "lookup": b64u(secrets.token_bytes(32)),
        "urgent": False,
        "sealed_by": "browser",
        "own": None,
        "envelopes": [envelope_of(made) for made in recipients],
    } | changes


def envelope_of(made, length=LETTER):
    return {
        "organisation": made.slug,
        "kid": b64u(made.kid),
        "sealed": b64u(secrets.token_bytes(length)),
        "leaf": b64u(secrets.token_bytes(32)),
    }


def body_of(*recipients, **changes):
    return json.dumps(submission_of(*recipients, **changes), separators=(",", ":")).encode()


def referral_of(session, made):
    """The one letter that an organisation has."""
    return session.scalars(select(Referral).where(Referral.organisation_id == made.organisation_id)).one()


def said(token, referral_id, **changes):
    """A message of the reporter's."""
    parts = {"message_id": secrets.token_bytes(16), "sealed": secrets.token_bytes(MESSAGE)} | changes
    return FollowUpMessage(token=token, referral_id=referral_id, **parts)


def staff_message():
    return casework.StaffMessage(secrets.token_bytes(16), secrets.token_bytes(MESSAGE))


def record_of(made, **changes):
    parts = {
        "record_id": secrets.token_bytes(16),
        "type": "note",
        "epoch_kid": made.kid,
        "version": 1,
        "sealed": secrets.token_bytes(RECORD),
    }
    return WorkRecord(**(parts | changes))


def rota_of(*duties, **changes):
    """What a lead chose: a rota, and whatever else is said."""
    parts = {
        "digest": False,
        "opening": "",
        "hours": Words("", ""),
        "away": Words("", ""),
        "away_from": None,
        "away_until": None,
    }
    return Rota(duties=duties, **(parts | changes))


def with_items(session, signed_in, made, referral_id, number=3):
    """Save a first summary, which registers items; give their ids."""
    items = tuple(secrets.token_bytes(16) for _ in range(number))
    summary.save(session, signed_in, referral_id, casework.Summary(1, made.kid, bytes(SUMMARY), items), NOW)
    return items


def logged(session):
    """What is in the access log, as (action, detail)."""
    rows = session.execute(select(AccessLog.action, AccessLog.detail).order_by(AccessLog.number))
    return [(action, detail) for action, detail in rows]
