"""Whom a request serves, once its session was found."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.role import may
from app.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A caseworker with a living session. Ids 16 bytes, `session_hash`, `session_half` and `csrf` 32 bytes.

    `recovered_on`: when the keys were taken over with the recovery words, as long as its people are told of that; where
    `is_broken`, the words were lost as well, and the keys made anew. `anew_until`: until when somebody can do that.
    """

    caseworker_id: bytes
    organisation_id: bytes
    login: str
    slug: str
    kid: bytes
    role: str
    session_hash: bytes
    session_half: bytes
    csrf: bytes
    confirmed_at: datetime | None = None
    recovered_on: date | None = None
    is_broken: bool = False
    anew_until: datetime | None = None
    kind: str = ""
    """What kind of organisation it is: a word of ORGANISATION_KINDS."""

    def may(self, needed: str) -> bool:
        """Say whether this role may do what `needed` is the role for."""
        return may(self.role, needed)

    def must(self, needed: str) -> None:
        """Pass if this role may do what `needed` is the role for. Raises NotAllowed."""
        if not self.may(needed):
            raise NotAllowed
