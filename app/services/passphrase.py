"""A new passphrase: the same seed under another wrap. The server never meets either passphrase, nor the seed."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.crypto.caseworker_key import PARAMETER_SETS, sign_in_hash
from app.domain.signing_in import Passphrase
from app.errors import FormatError
from app.models import Caseworker, StaffSession
from app.services import access_log
from app.services.session import must_be_confirmed
from app.services.signed_in import SignedIn


def change(session: Session, signed_in: SignedIn, new: Passphrase, now: datetime) -> None:
    """Keep what the new passphrase yields, and end the person's other sessions.

    The parameter set may be raised, never lowered. Raises NotConfirmed, FormatError for a set that is unknown or lower.
    """
    must_be_confirmed(signed_in, now)
    caseworker = session.get_one(Caseworker, signed_in.caseworker_id, with_for_update=True)
    if new.parameter_set not in PARAMETER_SETS or new.parameter_set < caseworker.parameter_set:
        raise FormatError("parameter_set")
    raised = new.parameter_set != caseworker.parameter_set
    caseworker.parameter_set = new.parameter_set
    caseworker.sign_in_hash = sign_in_hash(new.sign_in)
    caseworker.wrapped_seed = new.wrapped_seed
    others = (StaffSession.caseworker_id == signed_in.caseworker_id) & (
        StaffSession.session_hash != signed_in.session_hash
    )
    session.execute(delete(StaffSession).where(others))
    access_log.record(session, signed_in, "passphrase_changed", now, detail="raised" if raised else "")
    session.commit()
