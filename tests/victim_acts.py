"""What a victim can do at the portal, done: each act sends the same distinctive address, browser and referrer."""

import hashlib
import json
import secrets
from types import SimpleNamespace

from werkzeug.datastructures import MultiDict

from app.domain.wire import b64u_encode as b64u
from tests.making import MESSAGE, body_of, envelope_of
from tests.plain_pages import Visitor

ADDRESS = "203.0.113.77"
AGENT = "Canary-Browser/77.7 (one of a kind)"
REFERRER = "https://came-from-here.example/once"
TOLD = {"User-Agent": AGENT, "Referer": REFERRER, "Accept-Language": "ko-KR,eo;q=0.77", "Cookie": "kept=canary-cookie"}
# In every way in which they could be kept.
MARKS = (ADDRESS, "203.0.113", AGENT, "Canary-Browser", "came-from-here", "canary-cookie", "eo;q")


class Sender:
    """A client that tells all of that with each request, and keeps the answers."""

    def __init__(self, client):
        self.client, self.answers = client, []

    def get(self, path):
        return self._kept(self.client.get(path, headers=TOLD, environ_overrides={"REMOTE_ADDR": ADDRESS}))

    def post(self, path, data=None, headers=(), **more):
        told = TOLD | dict(headers)
        sent = data if isinstance(data, bytes | MultiDict) or data is None else json.dumps(data).encode()
        kind = {} if isinstance(sent, MultiDict) else {"content_type": "application/json"}
        return self._kept(
            self.client.post(path, data=sent, headers=told, environ_overrides={"REMOTE_ADDR": ADDRESS}, **kind, **more)
        )

    def _kept(self, answer):
        self.answers.append(answer)
        return answer


class Victim:
    """Somebody who reports to two organisations, comes back, and takes it back."""

    def __init__(self, client, centre, police, late):
        self.sender, self.centre, self.police, self.late = Sender(client), centre, police, late
        self.token, self.draft = secrets.token_bytes(32), secrets.token_bytes(32)

    def acts(self):
        """Every act by name, in the order in which they are possible."""
        return [
            self.looks_at_pages, self.keeps_a_draft, self.opens_the_draft, self.destroys_the_draft, self.sends,
            self.sends_again, self.comes_back, self.writes, self.adds_an_organisation, self.withdraws,
            self.withdraws_at_once, self.sends_what_was_destroyed, self.sends_nonsense, self.reports_without_scripts,
        ]  # fmt: skip

    def looks_at_pages(self):
        for path in ("/", "/report", "/follow-up", "/help", "/privacy", "/api/v1/directory", "/nothing-there"):
            self.sender.get(path)

    def keeps_a_draft(self):
        draft = {"draft_id": b64u(secrets.token_bytes(16)), "sealed": b64u(secrets.token_bytes(4096 + 28))}
        assert self.sender.post("/draft", draft | {"token": b64u(self.draft)}).status_code == 201

    def opens_the_draft(self):
        assert self.sender.post("/draft/open", {"token": b64u(self.draft)}).status_code == 200

    def destroys_the_draft(self):
        assert self.sender.post("/draft/destroy", {"token": b64u(self.draft)}).status_code == 200

    def sends(self):
        lookup = b64u(hashlib.sha256(self.token).digest())
        own = b64u(secrets.token_bytes(4096 + 28))
        self.body = body_of(self.centre, self.police, lookup=lookup, own=own, urgent=True)
        assert self.sender.post("/report", self.body).status_code == 201

    def sends_again(self):
        assert self.sender.post("/report", self.body).status_code == 201

    def comes_back(self):
        found = self.sender.post("/follow-up", {"token": b64u(self.token)})
        assert found.status_code == 200
        self.referrals = [one["referral_id"] for one in found.json["referrals"]]

    def writes(self):
        assert self.sender.post("/follow-up/message", self._message()).status_code == 201

    def adds_an_organisation(self):
        own = b64u(secrets.token_bytes(4096 + 28))
        added = {"token": b64u(self.token), "sealed_by": "browser", "envelope": envelope_of(self.late), "own": own}
        assert self.sender.post("/follow-up/organisation", added).status_code == 201

    def withdraws(self):
        self._withdraw("72h")

    def withdraws_at_once(self):
        self._withdraw("now")

    def sends_what_was_destroyed(self):
        assert self.sender.post("/report", self.body).status_code == 410

    def sends_nonsense(self):
        for path in ("/report", "/follow-up", "/draft", "/follow-up/message"):
            assert self.sender.post(path, {"nonsense": 1}).status_code == 400

    def reports_without_scripts(self):
        visitor = Visitor(SimpleNamespace(get=self.sender.get, post=self.sender.post))
        chosen = {"organisation-centre-chosen": "y", "organisation-centre-sensitive": "y"}
        code = visitor.sent(**{"link-0-address": "https://board.example/1", "threat_ongoing": "yes"}, **chosen)
        visitor.come_back(code)
        assert visitor.press("/follow-up/plain/message", message="고맙습니다").status == 201
        visitor.press("/follow-up/plain/withdrawal", when="now", sure="y")

    def _withdraw(self, when):
        found = self.sender.post("/follow-up", {"token": b64u(self.token)}).json["referrals"]
        asked = {"token": b64u(self.token), "when": when}
        messages = [self._message(one["referral_id"]) for one in found]
        for one in messages:
            del one["token"]
        assert self.sender.post("/follow-up/withdrawal", asked | {"messages": messages}).status_code == 200

    def _message(self, referral_id=None):
        sealed = {"message_id": b64u(secrets.token_bytes(16)), "sealed": b64u(secrets.token_bytes(MESSAGE))}
        return {"token": b64u(self.token), "referral_id": referral_id or self.referrals[0], **sealed}
