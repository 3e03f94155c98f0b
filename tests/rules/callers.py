"""Everybody who can ask the portal: two organisations with a person of each role, the operator, and a stranger."""

import secrets
from datetime import UTC, datetime, timedelta

from app.access import COOKIE, TOKEN_HEADER
from app.domain import casework
from app.domain.deadline import day_of
from app.domain.role import ACCOUNT_ROLES, OPERATOR
from app.domain.wire import b64u_encode as b64u
from app.models import Caseworker, Invitation, Passkey, Referral
from app.services import invitation, message, organisation_record, pending_step, summary, work_record
from app.services import session as staff_session
from tests.making import MESSAGE, RECORD, SUMMARY, Maker, record_of, staff_message
from tests.operating import operator_made

STRANGER = "stranger"
STAFF = tuple(role for role in ACCOUNT_ROLES if role != OPERATOR)
SAME = {"Sec-Fetch-Site": "same-origin"}


def text_of(length):
    return b64u(secrets.token_bytes(length))


def endpoints(app):
    """Every (endpoint, method, address pattern) of the portal, but what Flask answers by itself."""
    return [
        (rule.endpoint, method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def tomorrow():
    return (day_of(datetime.now(UTC)) + timedelta(days=1)).isoformat()


def bodies(kid):
    """What each address under a referral takes, so that only who asks can be the reason for a refusal."""
    said = {"message_id": text_of(16), "sealed": text_of(MESSAGE)}
    sealed = {"epoch_kid": b64u(kid), "version": 1, "sealed": text_of(SUMMARY)}
    note = sealed | {"record_id": text_of(16), "type": "note", "state": "", "due_on": None}
    return {
        "referral.opening": {},
        "referral.look": {},
        "referral.claim": {"version": 1},
        "referral.release": {"version": 1},
        "referral.change_state": {"version": 1, "state": "in_support", "message": said, "record": None},
        "referral.change_items": {
            "version": 1,
            "items": [{"item_id": text_of(16), "state": "checked"}],
            "message": said,
            "record": None,
        },
        "referral.undo_items": {"version": 1, "items": [text_of(16)], "message": said},
        "referral.send_message": said,
        "referral.hand_out_evidence": {"reason": "court"},
        "referral.put_hold": {"version": 1, "review_on": tomorrow(), "record": note, "message": None},
        "referral.lift_hold": {"version": 1, "record": note, "message": None},
        "referral.pass_on": {
            "referral_id": text_of(16),
            "organisation": "other",
            "kid": text_of(16),
            "sealed": text_of(4096 + 1136),
            "leaf": text_of(32),
            "urgent": False,
            "message": said,
        },
        "referral.answer_onward": {"version": 1, "answer": "accepted", "sealed": text_of(MESSAGE), "message": said},
        "referral.save_summary": sealed | {"items": []},
        "referral.save_record": note,
        "record.save": note,
        "record.remove": {"record_id": text_of(16), "version": 1},
        "resealing.take_records_back": {
            "to_kid": b64u(kid),
            "records": [{"record_id": text_of(16), "version": 1, "sealed": text_of(RECORD)}],
        },
        "resealing.take_back": {
            "from_kid": text_of(16),
            "from_hash": text_of(32),
            "to_kid": b64u(kid),
            "sealed": text_of(4096 + 1136),
            "summary_version": 0,
            "summary": None,
            "records": [],
        },
    }


class Callers:
    """Who asks is `(slug, role)`, or STRANGER. The letter, and all that can be named by an id, is the centre's."""

    def __init__(self, app, session):
        self.app, self.session, self.now = app, session, datetime.now(UTC)
        maker = Maker(session, now=self.now)
        self.own = maker.organisation("centre", roles=STAFF)
        self.other = maker.organisation("other", roles=STAFF)
        operating = operator_made(session, maker)
        _token, report_id = maker.report(self.own)
        self.referral_id = session.query(Referral).filter_by(report_id=report_id).one().referral_id
        session.commit()
        self.cookies = {}
        for made in (self.own, self.other, operating):
            for role, person in made.people.items():
                self.cookies[made.slug, role] = self.begin(person.caseworker_id)
        self.everybody = [*self.cookies, STRANGER]

    def begin(self, caseworker_id):
        """A session of somebody: the cookie, and the token."""
        cookie, signed_in = staff_session.start(self.session, caseworker_id, self.now)
        self.session.commit()
        return cookie, b64u(signed_in.csrf)

    def client(self, caller):
        """A browser and the headers that it sends."""
        client, headers = self.app.test_client(), dict(SAME)
        if caller != STRANGER:
            cookie, token = self.cookies[caller]
            client.set_cookie(COOKIE, cookie)
            headers[TOKEN_HEADER] = token
        return client, headers

    def call(self, caller, endpoint, method, pattern, referral_id=None):
        """Ask with a body that is in order."""
        address = (
            pattern.replace("<referral_id>", b64u(referral_id or self.referral_id))
            .replace("<kid>", text_of(16))
            .replace("<invitation_id>", text_of(32))
            .replace("<record_id>", text_of(16))
            .replace("<slug>", "nobody")
        )
        made = self.other if caller != STRANGER and caller[0] == "other" else self.own
        body = bodies(made.kid).get(endpoint, {})
        client, headers = self.client(caller)
        return client.open(address, method=method, headers=headers, json=body if method == "POST" else None)

    def ask(self, caller, method, address, body=None):
        """Ask for an address as it stands."""
        client, headers = self.client(caller)
        return client.open(address, method=method, headers=headers, json=body)


class Belongings:
    """Ids of what is the centre's own: given to one who asks, each as it goes into an address or a body."""

    def __init__(self, callers):
        session, now, own = callers.session, callers.now, callers.own
        person = own.people["caseworker"].caseworker_id
        worker = Maker(session, now=now).signed_in(own)
        referral_id, item, record = callers.referral_id, secrets.token_bytes(16), record_of(own)
        summary.save(session, worker, referral_id, casework.Summary(1, own.kid, bytes(SUMMARY), (item,)), now)
        work_record.save(session, worker, referral_id, record, now)
        view = record_of(own, type="view")
        organisation_record.save(session, worker, view, now)
        said = staff_message()
        message.send(session, worker, referral_id, said, now)
        passkey_id = secrets.token_bytes(16)
        public = {"credential_id": secrets.token_bytes(32), "public_key": bytes(77), "sign_count": 0}
        about = {"host": "localhost", "name": "key", "created_at": now}
        session.add(Passkey(passkey_id=passkey_id, caseworker_id=person, **public, **about))
        session.flush()
        step = pending_step.begin(
            session, "authenticator", now, caseworker_id=person, challenge=bytes(32), host="localhost"
        )
        invitation.invite(session, own.organisation_id, "viewer", own.people["lead"].caseworker_id, now)
        session.flush()
        invited = session.query(Invitation).one().invitation_hash
        kid = session.get(Caseworker, person).kid
        session.commit()
        visits = callers.ask(("centre", "caseworker"), "GET", "/account/standing").json["sessions"]
        self.ids = {
            "referral": b64u(referral_id),
            "item": b64u(item),
            "record": b64u(record.record_id),
            "view": b64u(view.record_id),
            "message": b64u(said.message_id),
            "passkey": b64u(passkey_id),
            "step": b64u(step),
            "invitation": b64u(invited),
            "kid": b64u(kid),
            "session": next(visit["session_id"] for visit in visits if not visit["here"]),
        }

    def invented(self):
        """Ids of the same lengths that are nobody's."""
        return {name: text_of(32 if name in {"step", "invitation"} else 16) for name in self.ids}
