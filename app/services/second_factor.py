"""Which second factors somebody has, and whether one that was given holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.signing_in import Factor, Second
from app.errors import NotFound
from app.models import Caseworker, OneTimeCode, Passkey, PendingStep
from app.services import access_log, authenticator, one_time_code, passkey
from app.services.arrival import Arrival
from app.services.session import must_be_confirmed
from app.services.signed_in import SignedIn


@dataclass(frozen=True, slots=True)
class Standing:
    """`factors` that help at this host; `elsewhere`: other host names at which a passkey would."""

    factors: tuple[Factor, ...]
    elsewhere: tuple[str, ...]

    @property
    def needed(self) -> bool:
        """Whether the passphrase alone is not enough."""
        return bool(self.factors or self.elsewhere)


def standing(session: Session, caseworker: Caseworker, host: str) -> Standing:
    """Give what a caseworker can take the second step with, reached by this host name.

    Codes that are used up are no factor: the passphrase alone is then enough again, and nobody is locked out.
    """
    hosts = set(session.scalars(select(Passkey.host).where(Passkey.caseworker_id == caseworker.caseworker_id)))
    there: dict[Factor, bool] = {
        "passkey": bool(host) and host in hosts,
        "totp": caseworker.totp_sealed is not None,
        "code": one_time_code.left(session, caseworker.caseworker_id) > 0,
    }
    return Standing(tuple(factor for factor, is_there in there.items() if is_there), tuple(sorted(hosts - {host})))


def fault_of(
    session: Session, caseworker: Caseworker, step: PendingStep, given: Second, arrival: Arrival, now: datetime
) -> str:
    """Use the factor that was given and give an empty word, or say in one word what is wrong. Commits nothing."""
    if given.assertion is not None:
        found = passkey.signer(session, given.assertion, step.host)
        if found is None or found.caseworker_id != caseworker.caseworker_id or step.host != arrival.host:
            return "wrong"
        return passkey.fault_of(found, given.assertion, step.challenge, arrival, now, alone=False)
    if given.factor == "totp":
        return authenticator.fault_of(caseworker, given.code, arrival, now)
    return one_time_code.fault_of(session, caseworker.caseworker_id, given.code, now)


def clear(session: Session, signed_in: SignedIn, kid: bytes, now: datetime) -> None:
    """A lead takes away all second factors of somebody of the own organisation who lost them. Raises NotFound.

    The passphrase stays the only way in: this opens nothing by itself. Raises NotAllowed, NotConfirmed.
    """
    signed_in.must("lead")
    must_be_confirmed(signed_in, now)
    caseworker = session.scalar(
        select(Caseworker).where(
            Caseworker.kid == kid,
            Caseworker.organisation_id == signed_in.organisation_id,
            Caseworker.left_at.is_(None),
        )
    )
    if caseworker is None:
        raise NotFound
    caseworker.totp_sealed = None
    for model in (Passkey, OneTimeCode, PendingStep):
        session.execute(delete(model).where(model.caseworker_id == caseworker.caseworker_id))
    access_log.record(session, signed_in, "factors_cleared", now, subject_id=caseworker.caseworker_id)
    session.commit()
