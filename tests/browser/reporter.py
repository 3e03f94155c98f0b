"""Somebody who reports without a browser: seals with the portal's own code and posts over HTTP, then comes back."""

import json
import secrets
import urllib.error
import urllib.request
from datetime import date

from app.cli.demo_letters import whole_letter
from app.crypto import custody, epoch_chain, opening, receipt
from app.crypto.envelope import seal_letter
from app.crypto.message import seal_message
from app.crypto.own import seal_own
from app.crypto.padding import LETTER_BUCKETS, bucket_for
from app.domain import receipt_code
from app.domain.letter import letter_json
from app.domain.message_content import message_json, parse_message
from app.domain.own_record import own_json, own_record_for
from app.domain.wire import b64u_decode, b64u_encode

MADE_UP = {
    "age": "14_to_18",
    "relation": "social",
    "links": [
        {"url": "https://photo.example/a/1?x=1", "kind": "page", "spread": "spreading", "place": "둘째 글"},
        {"url": "http://Board.Example/공지#top", "kind": "forum"},
        {"url": None, "kind": "room", "place": "초대로만 들어가는 방"},
    ],
    "harm": ["distribution", "threat"],
    "material": ["deepfake"],
    "threat": ["share", "money"],
    "ongoing": "yes",
    "deadline": "이번 주 금요일까지",
    "wishes": ["delete", "counsel"],
    "account": "조용히 적은 이야기입니다.\n둘째 줄입니다.",
    "offender": {"name": "가나다", "handles": ["@handle-1"], "text": "같은 학교입니다."},
    "contact": {"channel": "text_message", "address": "010-0000-0000", "safe_hours": "평일 낮", "avoid": "학교, 영상"},
    "urgent": True,
}


class Reporter:
    """One report to one organisation, and its code."""

    stretch = staticmethod(receipt.stretch)

    def __init__(self, url, slug, made_up=MADE_UP, *, raw=None, leaf=None, keep_own=False):
        """`raw` is sealed instead of a letter; `leaf` instead of the letter's own; `keep_own`: its links."""
        self.url, self.slug = url, slug
        directory = epoch_chain.verify_directory(self._get("/api/v1/directory"))
        self.portal_id = b64u_decode(directory["portal_id"], "portal_id")
        organisation = next(one for one in directory["organisations"] if one["slug"] == slug)
        self.kid = b64u_decode(organisation["kid"], "kid")
        self.report_id = secrets.token_bytes(16)
        self.keep_own = keep_own
        self.code = receipt_code.generate()
        self.stretched = self.stretch(self.code, self.portal_id)
        self.token = b64u_encode(receipt.token(self.stretched))
        self.letter = self._letter(made_up)
        self._report(b64u_decode(organisation["public_key"], "key"), made_up, raw or letter_json(self.letter), leaf)

    def _letter(self, made_up):
        agreed = {"purposes": ["counselling", "deletion"], "pass_on": ["commission"]}
        said = {name: value for name, value in made_up.items() if name != "consent"}
        letter = whole_letter(said, self.report_id, date(2026, 11, 20))
        letter["consent"] = made_up.get("consent", agreed)
        letter["reply_key"] = b64u_encode(receipt.reply_key(self.stretched, self.kid))
        letter["log_key"] = b64u_encode(receipt.log_key(self.stretched, self.kid))
        return letter

    def _report(self, public_key, made_up, content, leaf):
        bucket = bucket_for(len(content), LETTER_BUCKETS)
        sealed = seal_letter(public_key, self.portal_id, self.report_id, self.kid, "client", content, bucket)
        log_key = receipt.log_key(self.stretched, self.kid)
        own_leaf = custody.leaf(log_key, self.portal_id, self.report_id, self.kid, sealed)
        envelope = {"organisation": self.slug, "kid": self.kid, "sealed": sealed, "leaf": leaf or own_leaf}
        body = {
            "v": 1,
            "report_id": self.report_id,
            "lookup": receipt.lookup_of(receipt.token(self.stretched)),
            "urgent": made_up["urgent"],
            "sealed_by": "client",
            "own": self._own() if self.keep_own else None,
            "envelopes": [envelope],
        }
        self._post("/report", body)

    def _own(self):
        own = own_record_for(self.letter["items"], [(self.slug, self.letter["consent"])])
        return seal_own(self.stretched, self.portal_id, self.report_id, own_json(own))

    @property
    def referral(self):
        """The referral to whom the letter went, as the code's holder sees it; it may have been passed on since."""
        (referral,) = (one for one in self.threads() if one["organisation"] == self.slug)
        return referral

    def threads(self):
        """All referrals as the code's holder sees them."""
        return self._post("/follow-up", {"token": self.token})["referrals"]

    def states(self):
        """Where each organisation's letter stands, by slug."""
        return {one["organisation"]: one["state"] for one in self.threads()}

    def read(self, direction="to_reporter"):
        """What the organisation said, oldest first; `to_organisation`: what was said to it."""
        reply_key = receipt.reply_key(self.stretched, self.kid)
        return [
            parse_message(
                opening.open_message(
                    reply_key,
                    direction,
                    self.portal_id,
                    self.report_id,
                    self.kid,
                    b64u_decode(one["message_id"], "id"),
                    b64u_decode(one["sealed"], "sealed"),
                )
            )
            for one in self.referral["messages"]
            if one["direction"] == direction
        ]

    def say(self, text, **more):
        message = self._message(text=text, **more)
        return self._post("/follow-up/message", {"token": self.token, **message})

    def withdraw(self, when="72h"):
        message = self._message(kind="withdrawal", when=when)
        return self._post("/follow-up/withdrawal", {"token": self.token, "when": when, "messages": [message]})

    def _message(self, **said):
        content = {"v": 1, "after": None, "sent_on": "2026-11-22", "kind": "text", "text": "", "items": []}
        content |= {"states": [], "consent": None, "when": None} | said
        message_id = secrets.token_bytes(16)
        reply_key = receipt.reply_key(self.stretched, self.kid)
        sealed = seal_message(
            reply_key,
            "to_organisation",
            self.portal_id,
            self.report_id,
            self.kid,
            message_id,
            message_json(content),
        )
        return {"referral_id": self.referral["referral_id"], "message_id": b64u_encode(message_id), "sealed": sealed}

    def _get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return json.load(answer)

    def _post(self, path, body):
        asked = urllib.request.Request(
            self.url + path,
            json.dumps(body, default=b64u_encode).encode(),
            {"Content-Type": "application/json", "Accept": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error


class QuickReporter(Reporter):
    """One of many. To stretch a code takes a third of a second, and this one's is typed nowhere: bytes stand for it."""

    stretch = staticmethod(lambda _code, _portal_id: secrets.token_bytes(32))
