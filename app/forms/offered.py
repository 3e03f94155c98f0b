"""Whom a reporter can choose, as every page that asks for it shows them."""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.domain.retention import CLOSED, QUIET
from app.domain.vocabulary import UNDISCLOSED
from app.forms.labels import LABELS
from app.forms.organisation_card import OrganisationCard
from app.forms.reach import Reach
from app.services import offer, rota, standing
from app.services import organisation as organisations
from app.services.rota import Reachable
from app.services.standing import Resting

MONITOR: Final = "monitor"


def offered(session: Session, language: str, today: date, *, hidden: str) -> tuple[OrganisationCard, ...]:
    """Give the organisations that take reports, in the words of a page in `language`; `hidden` is the test's own.

    Monitoring groups are not among them: they send links, and read no letter of a victim.
    """
    return _cards(organisations.receiving(session), language, today, hidden)


# Nothing but what it is given, which is read anew each time: the words of a language do not change while it runs.
@lru_cache(maxsize=16)
def _cards(receiving: tuple[Row[Any], ...], language: str, today: date, hidden: str) -> tuple[OrganisationCard, ...]:
    chosen = (one for one in receiving if one.slug != hidden and one.kind != MONITOR)
    return tuple(_card(one, rota.said(one, today), language) for one in chosen)


def not_offered(session: Session, *, hidden: str) -> tuple[Resting, ...]:
    """Give those that take no new reports: the pages say so, and who does instead. `hidden` is the test's own."""
    return tuple(one for one in standing.resting(session) if one.slug != hidden)


def _card(organisation: Row[Any], reachable: Reachable, language: str) -> OrganisationCard:
    name = organisation.name_ko if language == "ko" else organisation.name_en
    known = organisation.region != UNDISCLOSED
    region = str(LABELS["regions"][organisation.region]) if known else ""
    reach = Reach.of(reachable, language)
    offers = offer.of(organisation)
    broken_on = None if organisation.broken_at is None else day_of(organisation.broken_at)
    return OrganisationCard(
        organisation.slug,
        organisation.kind,
        name,
        region,
        reach,
        organisation.region,
        offers,
        broken_on,
        organisation.closed_days or CLOSED.usual,
        organisation.quiet_days or QUIET.usual,
    )
