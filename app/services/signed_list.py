"""Lists of the whole organisation that leave as a file: the portal notes that one was made, and sees nothing of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.services import access_log
from app.services.signed_in import SignedIn


def note(session: Session, signed_in: SignedIn, kind: str, now: datetime) -> datetime:
    """Note that a list of this kind (OWN_LISTS) leaves as a file; give when, as noted. Raises NotAllowed."""
    signed_in.must("caseworker")
    access_log.record(session, signed_in, "list_made", now, detail=kind)
    session.commit()
    return now
