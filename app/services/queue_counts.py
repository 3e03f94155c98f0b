"""How many referrals wait: counted up to a number beyond which nobody reads them one by one."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import ScalarSelect, bindparam, func, literal, select
from sqlalchemy.orm import Session

from app.domain.referral_state import OPEN
from app.domain.vocabulary import REFERRAL_STATES
from app.models import Junk, Referral
from app.services import retention
from app.services.queue_order import in_state
from app.services.signed_in import SignedIn

COUNTED_TO: Final = 1000


@dataclass(frozen=True, slots=True)
class Counts:
    """How many referrals there are in each state, and how many open ones are mine or nobody's; and how much is junk.

    And how much goes within a month, is kept by a legal hold, or by one that should have been looked at again by now.

    Each is exact up to COUNTED_TO; a greater number says that there are more, and not how many.
    """

    states: dict[str, int]
    open: int
    mine: int
    unassigned: int
    junk: int
    going: int
    held: int
    reviews: int


def counts(session: Session, signed_in: SignedIn, today: date) -> Counts:
    """Count the referrals of the caseworker's own organisation."""
    held = retention.held(session, signed_in.organisation_id, COUNTED_TO + 1)
    of_whom = {"organisation_id": signed_in.organisation_id, "caseworker_id": signed_in.caseworker_id}
    found = session.execute(numbers(), of_whom).one()._mapping  # noqa: SLF001 - its public name
    states = {state: found[f"all_{state}"] for state in REFERRAL_STATES}
    return Counts(
        states=states,
        open=sum(states[state] for state in OPEN),
        mine=sum(found[f"mine_{state}"] for state in OPEN),
        unassigned=sum(found[f"unassigned_{state}"] for state in OPEN),
        junk=found["junk"],
        going=len(retention.going(session, signed_in.organisation_id, today, COUNTED_TO + 1)),
        held=len(held),
        reviews=sum(one.kept_until <= today for one in held),
    )


@cache
def numbers() -> Any:  # noqa: ANN401 - a select of nineteen numbers has no name
    """Give the one statement that counts; built once."""
    counted = [_number(state, "").label(f"all_{state}") for state in REFERRAL_STATES]
    for holder in ("mine", "unassigned"):
        counted += [_number(state, holder).label(f"{holder}_{state}") for state in sorted(OPEN)]
    return select(*counted, _junk().label("junk"))


def _junk() -> ScalarSelect[int]:
    walked = (
        select(Junk.referral_id)
        .where(Junk.organisation_id == bindparam("organisation_id"))
        .order_by(Junk.destroy_on, Junk.referral_id)
        .limit(literal(COUNTED_TO + 1, literal_execute=True))
    )
    return select(func.count()).select_from(walked.subquery()).scalar_subquery()


def _number(state: str, holder: str) -> ScalarSelect[int]:
    """One state's number, at most COUNTED_TO + 1, walked in an index's order and nowhere else."""
    walked = (
        select(Referral.referral_id)
        .where(*in_state(state, holder))
        .order_by(Referral.urgent, Referral.due_on, Referral.referral_id)
        .limit(literal(COUNTED_TO + 1, literal_execute=True))
    )
    return select(func.count()).select_from(walked.subquery()).scalar_subquery()
