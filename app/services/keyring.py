"""Keys of an organisation as the server keeps them: its chain of public keys, and sealed copies of its ring."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from app.crypto import epoch_chain
from app.crypto.recipient_key import kid_of
from app.domain.deadline import day_of
from app.domain.new_keys import NewKeys
from app.domain.wire import b64u_encode
from app.errors import FormatError, NotFound, SetUpRefused, VersionConflict
from app.models import Caseworker, Epoch, Keyring, KeyringCopy, LostRing, Organisation
from app.services import portal
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

# The epoch whose signing key the fingerprint is of: the first of a chain that has not broken.
FIRST: Final = (Epoch.place == Epoch.line) & Epoch.lost_on.is_(None)


@dataclass(frozen=True, slots=True)
class RingCopy:
    """One ring, sealed to one key."""

    seq: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """What a caseworker's browser needs to open its organisation's letters: all of it sealed or wrapped.

    `keyring` is None for somebody to whom the newest ring was not sealed: who waits to be let in, an auditor.
    """

    portal_id: bytes
    wrapped_seed: bytes
    parameter_set: int
    keyring: RingCopy | None


def put_epoch(
    session: Session,
    organisation_id: bytes,
    *,
    public_key: bytes,
    signing_key: bytes,
    signature: bytes,
    now: datetime,
    anew: bool = False,
) -> bytes:
    """Put new keys in force, retire those before them, and give the new kid (16 bytes). Commits nothing.

    `anew`: the chain so far is over, its keys are lost, and these begin another.
    Raises SetUpRefused for an unknown organisation, FormatError if the chain with this entry does not hold.
    """
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise SetUpRefused
    every = session.scalars(select(Epoch).where(Epoch.organisation_id == organisation_id).order_by(Epoch.place)).all()
    earlier = [] if anew else [epoch for epoch in every if epoch.lost_on is None]
    kid, chain = kid_of(public_key), [_chain_entry(one.signing_key, one.kid, one.signature) for one in earlier]
    chain.append(_chain_entry(signing_key, kid, signature))
    epoch_chain.verify_chain(portal.current(session).portal_id, organisation.slug, chain)
    for epoch in every:
        epoch.retired_on = epoch.retired_on or day_of(now)
        epoch.lost_on = epoch.lost_on or (day_of(now) if anew else None)
    session.add(
        Epoch(
            kid=kid,
            organisation_id=organisation_id,
            place=len(every),
            public_key=public_key,
            signing_key=signing_key,
            signature=signature,
            retired_on=None,
            line=earlier[0].line if earlier else len(every),
        )
    )
    session.flush()
    return kid


def add_epoch(
    session: Session, organisation_id: bytes, *, public_key: bytes, signing_key: bytes, signature: bytes, now: datetime
) -> bytes:
    """Do as `put_epoch` does, and commit."""
    kid = put_epoch(
        session, organisation_id, public_key=public_key, signing_key=signing_key, signature=signature, now=now
    )
    session.commit()
    return kid


def put_ring(
    session: Session,
    organisation_id: bytes,
    *,
    seq: int,
    copies: Mapping[bytes, bytes],
    recovery: tuple[bytes, bytes],
    now: datetime,
    recovery_key: bytes | None = None,
) -> None:
    """Keep the next ring: `copies` maps member kid to sealed ring, `recovery` is (recovery kid, sealed ring).

    Commits nothing. `recovery_key` is the public key of that kid; where it is left out, that of the ring before stays,
    if the kid did.
    Raises VersionConflict unless `seq` is one more than the newest (the first is 1), FormatError for another's key.
    """
    newest = session.scalar(select(func.max(Keyring.seq)).where(Keyring.organisation_id == organisation_id)) or 0
    if seq != newest + 1:
        raise VersionConflict(newest, "", None)
    recovery_key = recovery_key or recovery_key_of(session, organisation_id)
    if recovery_key is not None and kid_of(recovery_key) != recovery[0]:
        raise FormatError("recovery.public_key")
    session.add(Keyring(organisation_id=organisation_id, seq=seq, stored_at=now, recovery_key=recovery_key))
    session.flush()
    sealed_copies = [(kid, "keyring", sealed) for kid, sealed in copies.items()] + [
        (recovery[0], "recovery", recovery[1])
    ]
    for kid, purpose, sealed in sealed_copies:
        session.add(KeyringCopy(organisation_id=organisation_id, seq=seq, kid=kid, purpose=purpose, sealed=sealed))
    session.flush()


def store_ring(
    session: Session,
    organisation_id: bytes,
    *,
    seq: int,
    copies: Mapping[bytes, bytes],
    recovery: tuple[bytes, bytes],
    now: datetime,
    recovery_key: bytes | None = None,
) -> None:
    """Do as `put_ring` does, and commit."""
    put_ring(session, organisation_id, seq=seq, copies=copies, recovery=recovery, now=now, recovery_key=recovery_key)
    session.commit()


def put_new_keys(session: Session, organisation_id: bytes, keys: NewKeys, now: datetime, *, anew: bool = False) -> None:
    """Do as `put_epoch` and `put_ring` do with what one lead's browser made. Commits nothing."""
    put_epoch(
        session,
        organisation_id,
        public_key=keys.public_key,
        signing_key=keys.signing_key,
        signature=keys.signature,
        now=now,
        anew=anew,
    )
    put_ring(
        session,
        organisation_id,
        seq=keys.seq,
        copies={keys.copy_kid: keys.copy},
        recovery=(keys.recovery_kid, keys.recovery_copy),
        now=now,
        recovery_key=keys.recovery_key,
    )


def set_aside(session: Session, organisation_id: bytes) -> None:
    """Take the rings of a chain that breaks out of use: nobody is handed one any more. Commits nothing.

    To be called while that chain's keys are still in force.
    """
    line = session.scalars(select(Epoch.line).where(in_chain(organisation_id)).limit(1)).one()
    own = KeyringCopy.organisation_id == organisation_id
    for copy in session.scalars(select(KeyringCopy).where(own)).all():
        session.add(
            LostRing(
                organisation_id=organisation_id,
                line=line,
                seq=copy.seq,
                kid=copy.kid,
                purpose=copy.purpose,
                sealed=copy.sealed,
            )
        )
    session.flush()
    session.execute(delete(KeyringCopy).where(own))
    session.execute(delete(Keyring).where(Keyring.organisation_id == organisation_id))


def in_chain(organisation_id: bytes) -> ColumnElement[bool]:
    """Say which epochs belong to the chain that an organisation's fingerprint is of."""
    return and_(Epoch.organisation_id == organisation_id, Epoch.lost_on.is_(None))


def first_key(session: Session, organisation_id: bytes) -> bytes | None:
    """Give the signing key that the organisation's fingerprint is of; None where it has no keys."""
    return session.scalar(select(Epoch.signing_key).where(in_chain(organisation_id), FIRST))


def lost(session: Session, kids: Collection[bytes]) -> dict[bytes, date]:
    """Give which of these keys (kids of 16 bytes) were lost, and the day: nobody opens what is sealed to them."""
    found = session.execute(select(Epoch.kid, Epoch.lost_on).where(Epoch.kid.in_(kids), Epoch.lost_on.is_not(None)))
    return {kid: lost_on for kid, lost_on in found if lost_on is not None}


def recovery_key_of(session: Session, organisation_id: bytes) -> bytes | None:
    """Give the public half (1216 bytes) of the newest ring's recovery key; None where no ring has brought one."""
    of_newest = select(Keyring.recovery_key).where(Keyring.organisation_id == organisation_id)
    return session.scalar(of_newest.order_by(Keyring.seq.desc()).limit(1))


def own_keys(session: Session, signed_in: SignedIn) -> OwnKeys:
    """Give a caseworker the wrapped seed and the own copy of the newest ring, if there is one. Raises NotFound."""
    reads_only(session)
    whose = Caseworker.caseworker_id == signed_in.caseworker_id
    own = session.execute(select(Caseworker.wrapped_seed, Caseworker.parameter_set).where(whose)).one_or_none()
    if own is None:
        raise NotFound
    newest = select(func.max(Keyring.seq)).where(Keyring.organisation_id == signed_in.organisation_id)
    row = session.execute(
        select(KeyringCopy.seq, KeyringCopy.sealed).where(
            KeyringCopy.organisation_id == signed_in.organisation_id,
            KeyringCopy.seq == newest.scalar_subquery(),
            KeyringCopy.kid == signed_in.kid,
            KeyringCopy.purpose == "keyring",
        )
    ).one_or_none()
    copy = None if row is None else RingCopy(row.seq, row.sealed)
    return OwnKeys(portal.current(session).portal_id, own.wrapped_seed, own.parameter_set, copy)


def _chain_entry(signing_key: bytes, kid: bytes, signature: bytes) -> epoch_chain.ChainEntry:
    return {
        "signing_key": b64u_encode(signing_key),
        "kid": b64u_encode(kid),
        "signature": b64u_encode(signature),
    }
