"""What a lead's browser sends to keep a letter, or to end that; and a withdrawal as a reporter's sends it."""

import secrets
from datetime import timedelta

from sqlalchemy import select

from app.domain.coming_back import FollowUpMessage, Withdrawal, WithdrawalMessage
from app.domain.deadline import day_of
from app.domain.holding import Hold
from app.models import Referral
from tests.making import MESSAGE, NOW, record_of

REVIEW_ON = day_of(NOW) + timedelta(days=90)


def hold_of(made, version=1, **changes):
    parts = {"version": version, "review_on": REVIEW_ON, "record": record_of(made), "message": None}
    return Hold(**(parts | changes))


def withdrawal_of(session, token, report_id, when):
    """From all that is left of a report."""
    ids = session.scalars(
        select(Referral.referral_id).where(Referral.report_id == report_id, Referral.state != "destroyed")
    ).all()
    session.rollback()
    said = tuple(WithdrawalMessage(one, secrets.token_bytes(16), secrets.token_bytes(MESSAGE)) for one in ids)
    return Withdrawal(token, when, said)


def word_of(token, referral_id):
    return FollowUpMessage(token, referral_id, secrets.token_bytes(16), secrets.token_bytes(MESSAGE))


def state_of(session, referral_id):
    found = session.scalar(select(Referral.state).where(Referral.referral_id == referral_id))
    session.rollback()
    return found
