"""What browsers send to pass a letter on and to answer it; bytes that nobody can open."""

import secrets

from app.domain.passing_on import Answering, PassingOn
from app.models import Referral
from tests.making import LETTER, MESSAGE, staff_message


def asked_for(made, **changes):
    parts = {
        "referral_id": secrets.token_bytes(16),
        "organisation": made.slug,
        "kid": made.kid,
        "sealed": secrets.token_bytes(LETTER),
        "leaf": secrets.token_bytes(32),
        "urgent": False,
        "message": staff_message(),
    }
    return PassingOn(**(parts | changes))


def answering(answer="accepted", version=1, **changes):
    return Answering(**({"version": version, "answer": answer, "sealed": secrets.token_bytes(MESSAGE),
                         "message": staff_message()} | changes))  # fmt: skip


def held(session, referral_id):
    session.expire_all()
    return session.get(Referral, referral_id)
