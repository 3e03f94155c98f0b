"""The key ceremony: an organisation's keys, its first ring, and the people who hold copies of it.

Everything secret stays in what is returned: the database gets public keys, hashes, and sealed or wrapped bytes.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.crypto import caseworker_key, epoch_chain, keyring, recipient_key
from app.crypto.envelope import seal_keyring, seal_recovery
from app.crypto.recipient_key import KeyPair
from app.domain.keyring_content import Epoch, Keyring, Member, copy_for, keyring_json
from app.domain.wire import b64u_decode, b64u_encode
from app.services import caseworker, organisation
from app.services import keyring as rings

PARAMETER_SET: Final = 1


@dataclass(frozen=True, slots=True)
class Description:
    """What the directory says of an organisation."""

    slug: str
    kind: str
    name_ko: str
    name_en: str
    region: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who will sign in; the passphrase is known to this person alone."""

    login: str
    role: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Founded:
    """An organisation with its secrets: what the ceremony's people take away."""

    organisation_id: bytes
    slug: str
    kind: str
    epoch: Epoch
    recovery: KeyPair
    fingerprint: str


def found(
    session: Session,
    portal_id: bytes,
    description: Description,
    people: Sequence[Person],
    now: datetime,
    recovery: KeyPair | None = None,
) -> Founded:
    """Make an organisation with fresh keys, its people, and its first ring sealed to each of them and for recovery.

    `recovery` is a pair whose words are on paper already. Raises SetUpRefused for a slug or login that is taken.
    """
    row = organisation.create(session, **asdict(description), now=now)
    epoch = keyring.new_epoch()
    _put_in_force(session, portal_id, row.organisation_id, description.slug, epoch, now)
    pairs = {person.login: recipient_key.generate() for person in people}
    for person in people:
        _enrol(session, portal_id, row.organisation_id, description.slug, person, pairs[person.login], now)
    recovery = recovery or recipient_key.generate()
    members: list[Member] = [{"kid": b64u_encode(pairs[one.login].kid), "role": one.role} for one in people]
    ring = keyring.first_ring(portal_id, description.slug, recovery.kid, members, epoch)
    copies = _copies(portal_id, ring, [(pairs[person.login], person.role) for person in people])
    sealed = seal_recovery(recovery.public_key, portal_id, description.slug, ring["seq"], keyring_json(ring))
    rings.store_ring(
        session,
        row.organisation_id,
        seq=ring["seq"],
        copies=copies,
        recovery=(recovery.kid, sealed),
        now=now,
        recovery_key=recovery.public_key,
    )
    printed = recipient_key.fingerprint(b64u_decode(epoch["signing_key"], "signing_key", 32))
    return Founded(row.organisation_id, description.slug, description.kind, epoch, recovery, printed)


def _put_in_force(
    session: Session, portal_id: bytes, organisation_id: bytes, slug: str, epoch: Epoch, now: datetime
) -> None:
    pair = recipient_key.from_seed(seed_of(epoch))
    signing_key = b64u_decode(epoch["signing_key"], "signing_key", 32)
    signing_seed = b64u_decode(epoch["signing_seed"] or "", "signing_seed", 32)
    entry = epoch_chain.sign_entry(portal_id, slug, 0, signing_key, pair.kid, signing_seed)
    rings.add_epoch(
        session,
        organisation_id,
        public_key=pair.public_key,
        signing_key=signing_key,
        signature=b64u_decode(entry["signature"], "signature", 64),
        now=now,
    )


def _enrol(
    session: Session, portal_id: bytes, organisation_id: bytes, slug: str, person: Person, pair: KeyPair, now: datetime
) -> None:
    root = caseworker_key.root(person.passphrase, portal_id, person.login, PARAMETER_SET)
    sign_in = caseworker_key.sign_in_key(root)
    caseworker.create(
        session,
        organisation_id,
        login=person.login,
        role=person.role,
        public_key=pair.public_key,
        parameter_set=PARAMETER_SET,
        sign_in_hash=caseworker_key.sign_in_hash(sign_in),
        wrapped_seed=caseworker_key.wrap_seed(caseworker_key.wrap_key(root), portal_id, slug, pair.kid, pair.seed),
        now=now,
    )


def _copies(portal_id: bytes, ring: Keyring, people: Sequence[tuple[KeyPair, str]]) -> dict[bytes, bytes]:
    given = [(pair, copy_for(ring, role)) for pair, role in people]
    return {
        pair.kid: seal_keyring(
            pair.public_key, portal_id, ring["organisation"], pair.kid, ring["seq"], keyring_json(content)
        )
        for pair, content in given
        if content is not None
    }


def seed_of(epoch: Epoch) -> bytes:
    """Give the seed of an epoch whose copy has it. Raises FormatError where it has not."""
    return b64u_decode(epoch["seed"] or "", "seed", 32)
