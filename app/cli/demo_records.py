"""Requests, a chat room and sites of the demo: one not sent yet, one past its day, one refused, a room in its stages.

Their shape is that of `request_record.js`, `room_record.js` and `directory_record.js` in `static/js/domain`; browsers
read them strictly.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from app.cli.ceremony import Founded, seed_of
from app.crypto.work_record import seal_record
from app.domain.deadline import day_of
from app.domain.letter import Letter
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.domain.work_record import WorkRecord
from app.services import organisation_record
from app.services.signed_in import SignedIn

TEXT: Final = "시범 요청입니다. 아무에게도 보내지 않았습니다.\n\n{links}"
Worked = tuple[bytes, Letter]


def keep_some(
    session: Session, portal_id: bytes, founded: Founded, signed_in: SignedIn, worked: Sequence[Worked], now: datetime
) -> None:
    """Keep three requests about links of these referrals (their ids, and letters), and the record of a room."""
    shelf = _Shelf(session, portal_id, founded, signed_in, now)
    today = day_of(now)
    earlier = today - timedelta(days=16)
    sent = {"state": "sent", "on": earlier, "day": earlier, "channel": "web_form", "reference": "시범-0001"}
    refused = {"state": "refused", "on": today, "day": today, "reason": "본인 확인이 안 된다고 답함 (시범)"}
    paths: tuple[tuple[str, list[dict[str, Any]], date], ...] = (
        ("시범 커뮤니티 운영사", [], today),
        ("시범 영상 사이트", [sent], earlier + timedelta(days=14)),
        ("시범 검색 서비스", [sent, refused], today + timedelta(days=3)),
    )
    for (to, steps, due_on), (referral_id, letter) in zip(paths, worked, strict=False):
        links = [
            {"referral": b64u_encode(referral_id), "item": item["id"], "url": item["url"] or ""}
            for item in letter["items"]
        ]
        content = {
            "v": 1,
            "template": "abuse_mail",
            "lang": "ko",
            "to": to,
            "address": "abuse@operator.example",
            "links": links,
            "text": TEXT.format(links="\n".join(str(link["url"]) for link in links)),
            "identity": False,
        }
        shelf.keep("request", content, [{"state": "drafted", "on": earlier}, *steps], due_on)
    room = {
        "v": 1,
        "title": "시범 대화방",
        "platform": "시범 메신저",
        "invite": "https://room.example/invite",
        "about": "신고 세 건에 같은 초대 링크가 있음. (시범)",
        "links": [],
    }
    warned = {"state": "warning_recommended", "on": today, "reason": "공유가 계속된다는 신고가 이어짐 (시범)"}
    shelf.keep("room", room, [{"state": "observed", "on": earlier}, warned], today + timedelta(days=3))


def keep_sites(session: Session, portal_id: bytes, founded: Founded, signed_in: SignedIn, now: datetime) -> None:
    """Keep three entries of the site directory; a lead brings reviewed ones into use."""
    shelf = _Shelf(session, portal_id, founded, signed_in, now)
    day = day_of(now) - timedelta(days=16)
    checked = {"state": "reviewed", "on": day, "day": day}
    for domain, service, registration, steps in (
        ("video-board.example", "adult_site", "unregistered", [checked]),
        ("clips.example", "adult_site", "unknown", [checked]),
        ("messenger.example", "messenger", "registered", []),
    ):
        site = {
            "domain": domain,
            "service": service,
            "operator": "시범 운영사",
            "abuse": f"abuse@{domain}",
            "jurisdiction": "",
            "hosting": "",
            "registration": registration,
            "breaches": "",
            "last_answer": "",
            "last_answer_on": None,
        }
        content: dict[str, Any] = {"v": 1, "site": site, "note": "", "source": None, "edits": []}
        shelf.keep("directory", content, [{"state": "draft", "on": day}, *steps], None)


class _Shelf:
    """Where one caseworker's records are kept, a version for each step."""

    def __init__(
        self, session: Session, portal_id: bytes, founded: Founded, signed_in: SignedIn, now: datetime
    ) -> None:
        self.session, self.portal_id, self.founded = session, portal_id, founded
        self.signed_in, self.now = signed_in, now
        self.epoch_kid = b64u_decode(founded.epoch["kid"], "demo")

    def keep(self, record_type: str, content: dict[str, Any], steps: list[dict[str, Any]], due_on: date | None) -> None:
        record_id, taken = secrets.token_bytes(16), [self._step(one) for one in steps]
        for version, step in enumerate(taken, start=1):
            sealed = seal_record(
                seed_of(self.founded.epoch),
                record_type,
                self.portal_id,
                self.founded.slug,
                self.epoch_kid,
                record_id,
                version,
                canonical_json(content | {"steps": taken[:version]}),
            )
            asked = WorkRecord(record_id, record_type, self.epoch_kid, version, sealed, step["state"], due_on)
            organisation_record.save(self.session, self.signed_in, asked, self.now)

    def _step(self, step: dict[str, Any]) -> dict[str, Any]:
        day = step.get("day")
        return {
            "state": step["state"],
            "on": step["on"].isoformat(),
            "by": self.signed_in.login,
            "day": None if day is None else day.isoformat(),
            "channel": step.get("channel", ""),
            "reason": step.get("reason", ""),
            "evidence": "",
            "outcome": "",
            "reference": step.get("reference", ""),
        }
