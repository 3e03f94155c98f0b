"""The people of an organisation, as the server knows them: a login, a role, a public key."""

import secrets
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.crypto.caseworker_key import sign_in_hash
from app.crypto.recipient_key import kid_of
from app.domain.new_keys import Account
from app.domain.role import OPERATOR, WAITING
from app.domain.vocabulary import ROLES
from app.domain.wire import LOGIN
from app.errors import NotFound, SetUpRefused
from app.models import Caseworker
from app.services.session import end_access


class Described(TypedDict):
    """An account: key 1216 bytes, hash 32, wrapped seed 60. Who `waits` has joined, and gets `role` with a ring."""

    login: str
    role: str
    public_key: bytes
    parameter_set: int
    sign_in_hash: bytes
    wrapped_seed: bytes
    now: datetime
    waits: NotRequired[bool]


def enrol(session: Session, organisation_id: bytes, **said: Unpack[Described]) -> Caseworker:
    """Add a caseworker. Commits nothing. Raises SetUpRefused for a taken login, or a role that there is not."""
    login, role, waits = said["login"], said["role"], said.get("waits", False)
    if role not in (*ROLES, OPERATOR) or not LOGIN.match(login):
        raise SetUpRefused
    if session.scalar(select(Caseworker.login).where(Caseworker.login == login)) is not None:
        raise SetUpRefused
    caseworker = Caseworker(
        caseworker_id=secrets.token_bytes(16),
        organisation_id=organisation_id,
        login=login,
        role=WAITING if waits else role,
        role_asked=role if waits else None,
        kid=kid_of(said["public_key"]),
        public_key=said["public_key"],
        parameter_set=said["parameter_set"],
        sign_in_hash=said["sign_in_hash"],
        wrapped_seed=said["wrapped_seed"],
        created_at=said["now"],
        left_at=None,
    )
    session.add(caseworker)
    session.flush()
    return caseworker


def enrol_account(
    session: Session, organisation_id: bytes, account: Account, role: str, now: datetime, *, waits: bool = False
) -> Caseworker:
    """Do as `enrol` does with an account that a browser made."""
    return enrol(
        session,
        organisation_id,
        login=account.login,
        role=role,
        public_key=account.public_key,
        parameter_set=account.parameter_set,
        sign_in_hash=sign_in_hash(account.sign_in),
        wrapped_seed=account.wrapped_seed,
        now=now,
        waits=waits,
    )


def create(session: Session, organisation_id: bytes, **said: Unpack[Described]) -> Caseworker:
    """Do as `enrol` does, and commit."""
    caseworker = enrol(session, organisation_id, **said)
    session.commit()
    return caseworker


def leave(session: Session, login: str, now: datetime) -> None:
    """End a caseworker's access and every session at once; new keys are the organisation's to make. Raises NotFound."""
    caseworker = session.scalar(select(Caseworker).where(Caseworker.login == login, Caseworker.left_at.is_(None)))
    if caseworker is None:
        raise NotFound
    caseworker.left_at = now
    end_access(session, caseworker.caseworker_id)
    session.commit()
