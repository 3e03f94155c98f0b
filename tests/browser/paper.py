"""An organisation whose recovery words are at hand."""

from datetime import UTC, datetime

from app.cli.ceremony import Description, Person, found
from app.crypto import recipient_key
from app.db import engine_for, session_for
from app.domain.recovery_words import words
from app.services import portal as portals

PASSPHRASE = "seven words that nobody else here has ever said"


def founded_on_paper(portal, slug, name):
    """Found one, with a lead and a caseworker; give its words, and the fingerprint on paper."""
    engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
    recovery = recipient_key.generate()
    people = [Person(f"{name}.{role}", role, PASSPHRASE) for role in ("lead", "caseworker")]
    with session_for(engine) as session:
        portal_id = portals.current(session).portal_id
        session.rollback()
        described = Description(slug, "support_centre", "종이센터", "Paper centre", "seoul")
        founded = found(session, portal_id, described, people, datetime.now(UTC), recovery)
    engine.dispose()
    return words(recovery.seed), founded.fingerprint
