"""Taking an organisation's keys over with its recovery words, when every lead has lost theirs.

The words stay in the browser. What they open is handed out to whoever answers a challenge that is sealed to their key,
and what comes back is the next link of the same chain: the fingerprint on paper stays true, and no letter is lost.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.crypto.caseworker_key import PARAMETER_SETS, sign_in_hash
from app.crypto.envelope import PROOF_LENGTH, seal_recovery_proof
from app.crypto.recipient_key import kid_of
from app.domain.new_keys import Account
from app.domain.recovery import Ending, Proof
from app.errors import FormatError, LoginTaken, NotFound, SetUpRefused, StepOver
from app.models import Caseworker, Epoch, Keyring, KeyringCopy, Organisation
from app.services import access_log, caseworker, invitation, keyring, membership, pending_step, portal
from app.services.signed_in import SignedIn


@dataclass(frozen=True, slots=True)
class Challenge:
    """What only the recovery key opens. `recovery_kid` tells at once whether these are that organisation's words."""

    pending: bytes
    portal_id: bytes
    slug: str
    seq: int
    recovery_kid: bytes
    challenge: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """The newest ring, sealed to the recovery key."""

    seq: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Recovered:
    """Who is the lead now, and under which key."""

    login: str
    slug: str
    kid: bytes


def begin(session: Session, slug: str, now: datetime) -> Challenge:
    """Give a challenge, good for five minutes. Raises NotFound where no organisation has such a key."""
    organisation = session.scalar(select(Organisation).where(Organisation.slug == slug))
    key = None if organisation is None else keyring.recovery_key_of(session, organisation.organisation_id)
    if organisation is None or key is None:
        raise NotFound
    portal_id, seq = portal.current(session).portal_id, _newest_seq(session, organisation.organisation_id)
    secret = secrets.token_bytes(PROOF_LENGTH)
    pending = pending_step.begin(
        session, "recovery", now, caseworker_id=None, challenge=hashlib.sha256(secret).digest(), host=slug
    )
    session.commit()
    challenge = seal_recovery_proof(key, portal_id, slug, seq, secret)
    return Challenge(pending, portal_id, slug, seq, kid_of(key), challenge)


def open_copy(session: Session, asked: Proof, now: datetime) -> Copy:
    """Hand the recovery copy to whoever holds the recovery key. Raises StepOver, also for a wrong proof; NotFound."""
    organisation = _proved(session, asked, now)
    newest = _newest_seq(session, organisation.organisation_id)
    sealed = session.scalar(
        select(KeyringCopy.sealed).where(
            KeyringCopy.organisation_id == organisation.organisation_id,
            KeyringCopy.seq == newest,
            KeyringCopy.purpose == "recovery",
        )
    )
    session.commit()
    if sealed is None:
        raise NotFound
    return Copy(newest, sealed)


def end(session: Session, asked: Ending, now: datetime) -> Recovered:
    """Put a new lead, new keys and a new ring in the place of what was lost: all of it, or nothing.

    Everybody else of the organisation waits to be let in again, and signs in anew: what was lost may have been found by
    somebody. The same request again is answered as the first time. Raises StepOver (proof), LoginTaken, VersionConflict
    (the ring changed meanwhile), FormatError (the chain does not hold, or the recovery words stay the same).
    """
    if asked.lead.parameter_set not in PARAMETER_SETS:
        raise FormatError("parameter_set")
    done = _done(session, asked)
    if done is not None:
        return done
    organisation = _proved(session, asked.proof, now)
    where = organisation.organisation_id
    old_key = keyring.recovery_key_of(session, where)
    if old_key == asked.keys.recovery_key or asked.keys.copy_kid != kid_of(asked.lead.public_key):
        raise FormatError("ring.recovery" if old_key == asked.keys.recovery_key else "ring.copies")
    membership.everybody_waits(session, where)
    invitation.withdraw_all(session, where, now)
    lead = _enrol(session, where, asked.lead, now)
    keyring.put_new_keys(session, where, asked.keys, now)
    organisation.recovered_at, organisation.recovery_seen_at = now, None
    access_log.record_by(session, where, lead.caseworker_id, "recovered", now)
    session.commit()
    return Recovered(lead.login, organisation.slug, kid_of(asked.keys.public_key))


def acknowledge(session: Session, signed_in: SignedIn, now: datetime) -> None:
    """Note that a lead knows of the recovery; a week after it nobody is told any more. Raises NotAllowed."""
    signed_in.must("lead")
    session.execute(
        update(Organisation)
        .where(Organisation.organisation_id == signed_in.organisation_id, Organisation.recovery_seen_at.is_(None))
        .values(recovery_seen_at=now)
    )
    access_log.record(session, signed_in, "recovery_seen", now)
    session.commit()


def _proved(session: Session, asked: Proof, now: datetime) -> Organisation:
    """Give the organisation whose recovery key somebody proved to hold, locked. Good once. Raises StepOver."""
    step = pending_step.find(session, asked.pending, "recovery", now)
    right = hmac.compare_digest(hashlib.sha256(asked.proof).digest(), step.challenge)
    slug = step.host
    if not right:
        step.tries += 1
        session.commit()
        raise StepOver
    session.delete(step)
    organisation = session.scalar(select(Organisation).where(Organisation.slug == slug).with_for_update())
    if organisation is None:
        raise StepOver
    return organisation


def _newest_seq(session: Session, organisation_id: bytes) -> int:
    newest = select(Keyring.seq).where(Keyring.organisation_id == organisation_id).order_by(Keyring.seq.desc())
    return session.scalar(newest.limit(1)) or 0


def _done(session: Session, asked: Ending) -> Recovered | None:
    """Give the first answer again where this very lead and these very keys are there already."""
    found = session.execute(
        select(Caseworker.login, Organisation.slug)
        .join(Organisation, Organisation.organisation_id == Caseworker.organisation_id)
        .join(Epoch, Epoch.organisation_id == Caseworker.organisation_id)
        .where(
            Caseworker.kid == kid_of(asked.lead.public_key),
            Caseworker.sign_in_hash == sign_in_hash(asked.lead.sign_in),
            Epoch.kid == kid_of(asked.keys.public_key),
        )
    ).one_or_none()
    return None if found is None else Recovered(found.login, found.slug, kid_of(asked.keys.public_key))


def _enrol(session: Session, organisation_id: bytes, lead: Account, now: datetime) -> Caseworker:
    try:
        return caseworker.enrol_account(session, organisation_id, lead, "lead", now)
    except SetUpRefused:
        session.rollback()
        raise LoginTaken from None
