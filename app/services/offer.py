"""What an organisation offers besides its hours: languages, and support for disabilities. A lead chooses it."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, update
from sqlalchemy.orm import Session

from app.domain.vocabulary import DISABILITY_SUPPORT, HELP_LANGUAGES
from app.models import Organisation


@dataclass(frozen=True, slots=True)
class Offer:
    """Words of the vocabulary, in its order; empty where nothing was said. Korean goes without saying."""

    languages: tuple[str, ...] = ()
    disability: tuple[str, ...] = ()


SAYS_NOTHING: Final = Offer()


def of(organisation: Organisation | Row[Any]) -> Offer:
    """Give what an organisation offers; a word that this release does not know is left out."""
    return Offer(
        _known(organisation.languages, HELP_LANGUAGES), _known(organisation.disability_support, DISABILITY_SUPPORT)
    )


def keep(session: Session, organisation_id: bytes, offer: Offer) -> None:
    """Write an offer into the running transaction. Commits nothing."""
    session.execute(
        update(Organisation)
        .where(Organisation.organisation_id == organisation_id)
        .values(languages=" ".join(offer.languages), disability_support=" ".join(offer.disability))
    )


def _known(words: str, vocabulary: tuple[str, ...]) -> tuple[str, ...]:
    said = words.split()
    return tuple(word for word in vocabulary if word in said)
