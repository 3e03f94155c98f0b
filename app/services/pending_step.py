"""What waits for a second step: found by the hash of what the browser got, for five minutes and five tries."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.errors import StepOver
from app.models import PendingStep

Purpose = Literal["sign_in", "passkey", "confirm", "passkey_adding", "authenticator", "recovery"]
KEPT: Final = timedelta(minutes=5)
AHEAD: Final = timedelta(minutes=2)  # as with sessions: seen from further ahead, the clock was set back
TRIES: Final = 5


def begin(
    session: Session, purpose: Purpose, now: datetime, *, caseworker_id: bytes | None, challenge: bytes, host: str
) -> bytes:
    """Add a step to the running transaction; give the 32 bytes that the browser brings back. Commits nothing."""
    secret = secrets.token_bytes(32)
    session.add(
        PendingStep(
            pending_hash=_hash(secret),
            caseworker_id=caseworker_id,
            purpose=purpose,
            challenge=challenge,
            host=host,
            started_at=now,
            tries=0,
        )
    )
    return secret


def find(session: Session, secret: bytes, purpose: Purpose, now: datetime) -> PendingStep:
    """Give the step, locked. The caller deletes it once it was used, and counts a failed try in it.

    Raises StepOver for one that is unknown, used, begun for something else, too old or tried too often.
    """
    step = session.scalars(
        select(PendingStep).where(PendingStep.pending_hash == _hash(secret)).with_for_update()
    ).one_or_none()
    if step is None or step.purpose != purpose or step.tries >= TRIES:
        raise StepOver
    if not -AHEAD <= now - step.started_at < KEPT:
        raise StepOver
    return step


def forget_old(session: Session, now: datetime) -> int:
    """Delete steps that nobody can take any more; give how many. Commits nothing."""
    old = (PendingStep.started_at <= now - KEPT) | (PendingStep.started_at > now + AHEAD)
    return len(session.execute(delete(PendingStep).where(old).returning(PendingStep.pending_hash)).all())


def _hash(secret: bytes) -> bytes:
    return hashlib.sha256(b"onestop/v1 pending" + secret).digest()
