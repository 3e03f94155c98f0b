"""The portal itself: set up once, its id never changed."""

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, SetUpRefused
from app.models import Portal
from app.services.transaction import reads_only

_PORTAL: Final = select(Portal)


def create(session: Session, *, demo: bool, now: datetime) -> Portal:
    """Make the portal with a fresh random portal_id (16 bytes). Raises SetUpRefused if there is one already."""
    if session.scalar(select(Portal.only_row)) is not None:
        raise SetUpRefused
    portal = Portal(only_row=1, portal_id=secrets.token_bytes(16), demo=demo, created_at=now)
    session.add(portal)
    session.commit()
    return portal


def current(session: Session) -> Portal:
    """Give the portal. Raises NotFound before it was set up."""
    reads_only(session)
    portal = session.scalars(_PORTAL).one_or_none()
    if portal is None:
        raise NotFound
    return portal
