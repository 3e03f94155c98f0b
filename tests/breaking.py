"""An organisation whose keys were all lost, and made anew by a first lead with an invitation of the operator's."""

from datetime import timedelta

from app.domain.invitation import parse_founding
from app.services import chain_break, joining, portal
from tests import inviting
from tests.making import NOW
from tests.operating import operator_made

LATER = NOW + timedelta(minutes=5)


def begin_anew(session, operator, login="found.anew", now=LATER, slug="centre"):
    """Do what the command and the browser of the first lead do; give what the browser sent."""
    secret = chain_break.invite_anew(session, slug, operator.login, now)
    portal_id = portal.current(session).portal_id
    content = inviting.founding(secret, portal_id, slug, login)
    session.rollback()
    joining.found(session, parse_founding(inviting.body(content)), now)
    return content


def operator_for(session, make):
    """Somebody who runs the portal."""
    return operator_made(session, make).people["operator"]
