"""A report with everything that lies under shred keys, and what is to be seen of it in the database and its store."""

import secrets

from sqlalchemy import select

from app.domain import casework
from app.domain.coming_back import KeptDraft, Withdrawal, WithdrawalMessage
from app.domain.wire import b64u_encode as b64u
from app.models import Draft, Message, PassedOn, Referral, Report, Summary, WorkRecord
from app.services import draft, message, onward, summary, withdrawal, work_record
from app.services.shred_store import store_of
from tests.making import MESSAGE, NOW, SUMMARY, record_of, staff_message
from tests.services.passing import answering, asked_for

OWN = 4096 + 28
UNDER = ((Report, "own"), (Referral, "sealed"), (Message, "sealed"), (Summary, "sealed"), (WorkRecord, "sealed"),
         (PassedOn, "answer"), (Draft, "sealed"))  # fmt: skip


class Shredded:
    """`sent`: what came from outside, by kind. The letter to the centre was passed on to the police and accepted."""

    def __init__(self, session, make):
        self.session = session
        self.centre, self.police = make.organisation(), make.organisation("police", "police")
        own, self.summary = secrets.token_bytes(OWN), secrets.token_bytes(SUMMARY)
        self.token, self.report_id = make.report(self.centre, own=b64u(own))
        self.worker, self.officer = make.signed_in(self.centre), make.signed_in(self.police)
        self.referral_id = session.scalar(select(Referral.referral_id))
        session.rollback()
        said, record = staff_message(), record_of(self.centre)
        message.send(session, self.worker, self.referral_id, said, NOW)
        made = casework.Summary(1, self.centre.kid, self.summary, (secrets.token_bytes(16),))
        summary.save(session, self.worker, self.referral_id, made, NOW)
        work_record.save(session, self.worker, self.referral_id, record, NOW)
        onwards, answer = asked_for(self.police), answering()
        onward.pass_on(session, self.worker, self.referral_id, onwards, NOW)
        onward.answer(session, self.officer, onwards.referral_id, answer, NOW)
        self.onward_id = onwards.referral_id
        self.draft = KeptDraft(secrets.token_bytes(16), secrets.token_bytes(32), secrets.token_bytes(OWN))
        draft.keep(session, self.draft, NOW)
        self.sent = {"own": own, "message": said.sealed, "summary": self.summary, "record": record.sealed,
                     "onward": onwards.sealed, "answer": answer.sealed, "draft": self.draft.sealed}  # fmt: skip

    def withdraw(self, when="now"):
        """Of the centre's letter, and with it of what came out of it."""
        said = WithdrawalMessage(self.referral_id, secrets.token_bytes(16), secrets.token_bytes(MESSAGE))
        withdrawal.withdraw(self.session, Withdrawal(self.token, when, (said,)), NOW)

    def stored(self):
        """Every row's bytes as they lie in the database."""
        found = [
            one
            for model, name in UNDER
            for one in self.session.scalars(select(getattr(model, name)).where(getattr(model, name).is_not(None)))
        ]
        self.session.rollback()
        return found

    def keys(self):
        """The keys that rows lie under, by id."""
        ids = {
            one
            for model, _name in UNDER
            for one in self.session.scalars(select(model.shred_id).where(model.shred_id.is_not(None)))
        }
        self.session.rollback()
        return store_of(self.session).find(ids)


def number_of_keys(session):
    store = store_of(session)
    with store.reading() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {store.keys}").scalar_one()
