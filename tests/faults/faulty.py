"""A portal to which things are done, with one organisation and a caseworker who is signed in."""

import http.client
import json
import os
import signal
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from app.access import COOKIE, TOKEN_HEADER
from app.db import session_for
from app.domain.wire import b64u_encode as b64u
from app.models import Message, Referral, Report
from app.services import session as staff_session
from tests.browser.live_portal import LivePortal
from tests.making import Maker, body_of, staff_message

# The portal's budgets are not what is tested here.
NO_LIMITS = {
    f"limit_{budget}_{whose}": "1000000 per minute"
    for budget in ("page", "report", "follow_up", "staff")
    for whose in ("all", "each")
}
PATIENCE = 60  # seconds: that nothing waits for ever is tested, and not how busy the machine is
TAKEN, NOT_NOW = 201, 503


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def asks_for_a_moment(self):
        """As every answer must that only a fault stands behind: the same may be sent again, and when."""
        return (
            self.status == NOT_NOW
            and self.json["code"] == "busy"
            and int(self.headers["Retry-After"]) == self.json["retry_after"] > 0
        )


class FaultyPortal(LivePortal):
    """`ask` as anybody, `ask_as_staff` as the caseworker; `kept()` is what the database holds."""

    def __init__(self, directory, workers=2, **settings):
        super().__init__(directory, workers, demo=False, **(NO_LIMITS | settings))
        self.engine = self.new_engine()
        with session_for(self.engine) as session:
            make = Maker(session, datetime.now(UTC))
            self.centre = make.organisation()
            self.person = self.centre.people["caseworker"]
            self.token, _report_id = make.report(self.centre)
            self.referral_id = b64u(session.scalars(select(Referral.referral_id)).one())
            cookie, signed_in = staff_session.start(session, self.person.caseworker_id, datetime.now(UTC))
            session.commit()
        self.engine.dispose()
        self.staff = {"Cookie": f"{COOKIE}={cookie}", TOKEN_HEADER: b64u(signed_in.csrf)}

    def ask(self, method, path, body=None, headers=None):
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {"Sec-Fetch-Site": "same-origin"} | ({} if body is None else {"Content-Type": "application/json"})
        try:
            connection.request(method, path, body, sent | (headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def ask_as_staff(self, method, path, content=None):
        body = None if content is None else json.dumps(content).encode()
        return self.ask(method, path, body, self.staff)

    def report(self, body):
        return self.ask("POST", "/report", body)

    def until_taken(self, send, tries=5):
        """Send the same again while a moment is asked for, as browsers do; give how it ended."""
        for _try in range(tries):
            if (answer := send()).status != NOT_NOW:
                break
        return answer.status

    def new_report(self):
        return body_of(self.centre)

    def message(self):
        """What a caseworker's browser sends: sealed, and made once however often it is sent."""
        made = staff_message()
        return {"message_id": b64u(made.message_id), "sealed": b64u(made.sealed)}

    def send_message(self, message):
        return self.ask_as_staff("POST", f"/referral/{self.referral_id}/message", message)

    def follow_up(self):
        return self.ask("POST", "/follow-up", json.dumps({"token": b64u(self.token)}).encode())

    def kept(self):
        """The ids of reports, each with how many letters it has; and how many messages there are."""
        with session_for(self.engine) as session:
            rows = session.execute(
                select(Report.report_id, func.count(Referral.referral_id))
                .outerjoin(Referral, Referral.report_id == Report.report_id)
                .group_by(Report.report_id)
            ).all()
            messages = session.scalar(select(func.count()).select_from(Message))
        self.engine.dispose()
        return {b64u(report_id): letters for report_id, letters in rows}, messages

    def kill(self):
        """End it as a crash does."""
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def change_workers(self):
        """Kill those who serve, and wait until as many others do."""
        _master, *before = self.pids()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while len(set(self.pids()[1:]) - set(before)) < self.workers or not self.answers():
            assert time.monotonic() < until, "nobody serves"
            time.sleep(0.1)

    def said(self):
        """What stands in the log."""
        return self.log.read_text(encoding="utf-8")

    @contextmanager
    def half_open(self, number, start=b""):
        """So many connections that have sent this and nothing more."""
        held = []
        try:
            for _one in range(number):
                held.append(socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE))
                held[-1].sendall(start)
            yield held
        finally:
            for one in held:
                one.close()


def report_id_of(body):
    return json.loads(body)["report_id"]


def says_nothing_of(portal, *bodies):
    """The log names the fault, and nothing of what was sent, by whom or about what."""
    said = portal.said()
    for body in bodies:
        sent = json.loads(body)
        for secret in (sent["report_id"], sent["lookup"], sent["envelopes"][0]["sealed"][:32]):
            assert secret not in said
    assert "127.0.0.1:" not in said.replace(f"127.0.0.1:{portal.port}", "")
    assert portal.referral_id not in said
    return True


def all_stand(portal, *paths):
    """Pages that are read are there whatever happens to what is written."""
    for path in ("/", "/help", "/report", "/follow-up", "/api/v1/directory", *paths):
        answer = portal.ask("GET", path)
        assert answer.status == 200, path
    return True


def staff_can_read(portal):
    """The queue, a referral's page and the session stand, though nothing can be written down."""
    for path in ("/queue", f"/referral/{portal.referral_id}", "/session"):
        answer = portal.ask_as_staff("GET", path)
        assert answer.status == 200, path
    return True
