"""Messages to the reporter: kept once, and logged."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import casework
from app.errors import MessageExists
from app.models import Referral
from app.services import message
from tests.making import NOW, logged, staff_message

LATER = NOW + timedelta(hours=1)


def test_a_message_does_not_move_the_version_and_is_kept_once(session, worker, referral_id):
    said = staff_message()
    first = message.send(session, worker, referral_id, said, NOW)
    assert message.send(session, worker, referral_id, said, LATER) == first
    with pytest.raises(MessageExists):
        message.send(session, worker, referral_id, casework.StaffMessage(said.message_id, bytes(1052)), NOW)
    session.rollback()
    assert session.scalar(select(Referral.version)) == 1
    assert logged(session) == [("message_sent", "")]
    shown = message.of_referral(session, referral_id)
    assert [(one.by, one.direction) for one in shown] == [(worker.login, "to_reporter")]
