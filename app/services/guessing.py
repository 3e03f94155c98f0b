"""What keeps guesses slow: a delay by account that grows and ends, and a shorter leash while many accounts are tried.

Nothing here locks an account for good, whoever tries: a stranger can make others wait five minutes at most, and nobody
in a browser in which they have signed in before: guesses made from there are counted apart.
"""

import math
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, insert, literal, select
from sqlalchemy.orm import Session, aliased

from app.crypto.encoding import context, sha256, text
from app.errors import SignInDelayed
from app.models import AccessLog, Caseworker, SignInFailure, UnknownSignIn
from app.models.base import Moment
from app.services.insertion import insert_if_absent

FREE_FAILURES: Final = 3  # a mistyped passphrase costs nothing
LONGEST_DELAY: Final = 300  # seconds; longer would let a stranger lock a caseworker out
FORGOTTEN_AFTER: Final = timedelta(days=1)
MANY: Final = 20  # so many accounts that failed within WATCHED are no longer people who mistype
WATCHED: Final = timedelta(minutes=10)
_SOMEBODY: Final = aliased(Caseworker)  # once: with an alias of its own each statement would be compiled anew


def delay(failures: int, *, many: bool = False) -> timedelta:
    """Give the wait after so many failures in a row: none up to three, then doubling up to five minutes.

    While `many` accounts are tried at once, each waits from its first failure on.
    """
    counted = failures + FREE_FAILURES - 1 if many and failures else failures
    if counted < FREE_FAILURES:
        return timedelta(0)
    return timedelta(seconds=min(2 ** min(counted - FREE_FAILURES, 12), LONGEST_DELAY))


def must_not_wait(session: Session, login: str, now: datetime, known: bytes = b"") -> SignInFailure:
    """Give the login's row, locked: guesses at the same moment count one after the other.

    `known`: the name of a browser in which this login was let in before (`known_browser.name_for`); it has its own row.
    Raises SignInDelayed for who asks too soon after failures; the transaction is over by then.
    """
    failure = _locked(session, login, known, now)
    many = not known and _many_are_tried(session, now)
    wait = failure.failed_at + delay(failure.failures, many=many) - now
    if failure.failures and wait > timedelta(0):
        session.commit()
        raise SignInDelayed(math.ceil(wait.total_seconds()))
    return failure


def count(session: Session, failure: SignInFailure, login: str, why: str, now: datetime) -> None:
    """Count a failure, and note it in the access log where the login is somebody's. Commits.

    Known login or unknown, the same statements run, and one row comes of them: else the time of the answer would tell.
    """
    failure.failures += 1
    failure.failed_at = now
    note(session, login, why, now)
    session.commit()


def note(session: Session, login: str, why: str, now: datetime) -> None:
    """Note a failed sign-in in the access log where the login is somebody's. Commits nothing.

    For one that is nobody's, a row as large goes where nobody reads it.
    """
    theirs = Caseworker.login == login, Caseworker.left_at.is_(None)
    known = exists().where(_SOMEBODY.login == login, _SOMEBODY.left_at.is_(None))
    anybody = select(Caseworker.caseworker_id).order_by(Caseworker.caseworker_id).limit(1).scalar_subquery()
    written = select(
        literal(now, Moment),
        Caseworker.organisation_id,
        Caseworker.caseworker_id,
        literal("sign_in_failed"),
        literal(why),
    )
    columns = ["at", "organisation_id", "caseworker_id", "action", "detail"]
    session.execute(insert(AccessLog).from_select(columns, written.where(*theirs)))
    nobodys = written.where(Caseworker.caseworker_id == anybody, ~known)
    session.execute(insert(UnknownSignIn).from_select(columns, nobodys))


def forget_unknown(session: Session) -> None:
    """Delete what was noted of logins that are nobody's. Commits nothing."""
    session.execute(delete(UnknownSignIn))


def forget_failures(session: Session, now: datetime) -> int:
    """Delete failures that no longer delay anybody; give how many. Commits nothing."""
    old = SignInFailure.failed_at <= now - FORGOTTEN_AFTER
    return len(session.execute(delete(SignInFailure).where(old).returning(SignInFailure.login_hash)).all())


def _many_are_tried(session: Session, now: datetime) -> bool:
    """Say whether many accounts failed lately; looks at the newest rows only, the one just added among them."""
    lately = select(SignInFailure.failures).where(SignInFailure.failed_at > now - WATCHED)
    newest = session.scalars(lately.order_by(SignInFailure.failed_at.desc()).limit(MANY + 1))
    return sum(failures > 0 for failures in newest) >= MANY


def _locked(session: Session, login: str, known: bytes, now: datetime) -> SignInFailure:
    login_hash = sha256(context(b"login", text(login), known))
    insert_if_absent(session, SignInFailure, {"login_hash": login_hash, "failures": 0, "failed_at": now})
    failure = session.scalars(
        select(SignInFailure).where(SignInFailure.login_hash == login_hash).with_for_update()
    ).one()
    if failure.failed_at <= now - FORGOTTEN_AFTER:
        failure.failures = 0
    # Where the clock was set back, nobody is kept out until it has caught up.
    failure.failed_at = min(failure.failed_at, now)
    return failure
