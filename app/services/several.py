"""Several referrals changed by one request: each that can be is, and of the others it is said why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.domain.casework import Listed
from app.errors import NotFound, PortalError
from app.models import Referral
from app.services import referral
from app.services.signed_in import SignedIn

Beside = TypeVar("Beside")


@dataclass(frozen=True, slots=True)
class Done:
    """One referral that was changed, and its version now."""

    referral_id: bytes
    version: int


@dataclass(frozen=True, slots=True)
class Refused:
    """One referral that stays as it was; `code` says why, as the code of a problem does."""

    referral_id: bytes
    code: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each referral that was listed: one that cannot be changed holds none of the others up."""

    done: tuple[Done, ...]
    refused: tuple[Refused, ...]


def each(
    session: Session,
    signed_in: SignedIn,
    listed: Sequence[Listed],
    beside: Callable[[list[bytes]], dict[bytes, Beside]],
    change: Callable[[Referral, Beside | None, Listed], None],
    reached: Callable[[Referral, Beside | None], bool],
    finish: Callable[[], None] = lambda: None,
) -> Outcome:
    """Change each that can be changed; what was reached by the same request before counts as done. Commits.

    `beside` gives what else is kept of them, read once all are locked. `change` gets each at the version that was
    listed, and raises a PortalError where it may not be.
    """
    found = {held.referral_id: held for held in session.scalars(_locked(signed_in, listed))}
    kept = beside([asked.referral_id for asked in listed])
    done: list[bytes] = []
    refused: list[Refused] = []
    for asked in listed:
        try:
            held = found.get(asked.referral_id)
            if held is None:
                raise NotFound
            known = kept.get(asked.referral_id)
            if not (reached(held, known) and _by_same_request(held, asked, signed_in)):
                referral.must_be_at(session, held, asked.version)
                change(held, known, asked)
            done.append(asked.referral_id)
        except PortalError as problem:
            refused.append(Refused(asked.referral_id, problem.code))
    session.flush()
    finish()
    versions = dict(
        session.execute(select(Referral.referral_id, Referral.version).where(Referral.referral_id.in_(done))).all()
    )
    session.commit()
    return Outcome(tuple(Done(referral_id, versions[referral_id]) for referral_id in done), tuple(refused))


def own(signed_in: SignedIn) -> ColumnElement[bool]:
    """Say that a referral is the own organisation's, where few are named by their ids.

    Wrapped, so that no index which begins with the organisation is taken for the better one: its referrals are many.
    """
    return func.coalesce(Referral.organisation_id, b"") == signed_in.organisation_id


def _locked(signed_in: SignedIn, listed: Sequence[Listed]) -> Select[Referral]:
    return (
        select(Referral)
        .where(
            Referral.referral_id.in_([asked.referral_id for asked in listed]),
            own(signed_in),
        )
        .order_by(Referral.referral_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _by_same_request(held: Referral, asked: Listed, signed_in: SignedIn) -> bool:
    """Tell whether this very request was carried out before, and its answer got lost."""
    if held.state == "destroyed":
        return True
    return held.version == asked.version + 1 and held.changed_by == signed_in.caseworker_id
