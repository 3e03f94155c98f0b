"""Some days of work on the demo's referrals: days gone by, summaries, claims, states and messages.

Nothing is opened: whoever wrote the letters still knows what they say, and holds the keys of the ceremony.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.cli import demo_records
from app.cli.ceremony import Founded, seed_of
from app.cli.demo_letters import Posted
from app.crypto.message import seal_message
from app.crypto.summary import match_tag, seal_summary
from app.crypto.work_record import seal_record
from app.domain import canonical_url, casework
from app.domain.deadline import day_of, due_on
from app.domain.letter import Item, Letter
from app.domain.message_content import StateOf, message_json
from app.domain.vocabulary import SPREAD
from app.domain.wire import b64u_decode, b64u_encode, canonical_json
from app.domain.work_record import WorkRecord
from app.errors import FormatError, NotFound
from app.models import Caseworker, Referral, Report
from app.services import claim, disposition, message, opening, summary, work_record
from app.services import session as staff_session

# How far the work on every so-manieth referral of an organisation has come; the rest lies unopened.
STEPS: Final = ("opened", "", "claimed", "", "answered", "", "asked", "in_support", "", "claimed", "", "closed")
WITH_RECORDS: Final = {"demo-centre"}
GREETING: Final = "안녕하세요. 보내 주신 내용을 확인했습니다. 다음 단계는 이곳에서 알려 드리겠습니다. (시범 답변)"
QUESTION: Final = "혹시 다른 주소를 더 알고 계신가요? 모르셔도 괜찮습니다. 다시 찾아보지 않으셔도 됩니다. (시범 답변)"
REQUESTED: Final = "알려 주신 주소의 삭제를 요청했습니다. 결과가 나오면 알려 드리겠습니다. (시범 답변)"
CLOSED: Final = "삭제를 확인했습니다. 다시 발견되면 이 코드로 알려 주세요. (시범 답변)"
REASON: Final = "삭제를 확인했고, 더 도울 일이 남지 않음. (시범 메모)"
NOTE: Final = "처음 확인함. 연락은 안전한 시간대에만 할 것. (시범 메모)"


class Desk:
    """One caseworker at work, for as long as the demo is being made."""

    def __init__(
        self, session: Session, portal_id: bytes, founded: Founded, now: datetime, role: str = "caseworker"
    ) -> None:
        self.session, self.portal_id, self.founded, self.now = session, portal_id, founded, now
        self.epoch_kid = b64u_decode(founded.epoch["kid"], "demo")
        person = session.scalars(
            select(Caseworker).where(Caseworker.organisation_id == founded.organisation_id, Caseworker.role == role)
        ).one()
        _cookie, self.signed_in = staff_session.start(session, person.caseworker_id, now)
        session.commit()

    def work(self, referral: Referral, letter: Letter, step: str) -> None:
        """Bring one referral as far as `step`."""
        opening.open_referral(self.session, self.signed_in, referral.referral_id, self.now)
        self._summarise(referral, letter)
        if step == "opened":
            return
        version = claim.claim(self.session, self.signed_in, referral.referral_id, referral.version, self.now).version
        self._note(referral)
        if step == "answered":
            said = self.said(referral, letter, GREETING)
            message.send(self.session, self.signed_in, referral.referral_id, said, self.now)
        elif step == "asked":
            self._state(referral, letter, version, "needs_info", QUESTION)
        elif step == "in_support":
            version = self._state(referral, letter, version, "in_support", GREETING)
            self._items(referral, letter, version, "requested_operator", REQUESTED)
        elif step == "closed":
            version = self._items(referral, letter, version, "removed", CLOSED)
            self._state(referral, letter, version, "closed", CLOSED)

    def leave(self) -> None:
        """End the session that the work needed."""
        staff_session.end(self.session, self.signed_in, self.now)

    def _summarise(self, referral: Referral, letter: Letter) -> None:
        sealed = seal_summary(
            b64u_decode(self.founded.epoch["summary_key"], "demo"),
            self.portal_id,
            self.founded.slug,
            _report_id(referral),
            self.epoch_kid,
            there(referral.sealed_hash),
            1,
            canonical_json(summary_of(letter)),
        )
        items = tuple(b64u_decode(item["id"], "demo") for item in letter["items"])
        asked = casework.Summary(1, self.epoch_kid, sealed, items)
        summary.save(self.session, self.signed_in, referral.referral_id, asked, self.now)

    def _note(self, referral: Referral) -> None:
        asked = self.sealed_note(NOTE)
        work_record.save(self.session, self.signed_in, referral.referral_id, asked, self.now)

    def sealed_note(self, text: str) -> WorkRecord:
        """Seal words for colleagues."""
        record_id = secrets.token_bytes(16)
        sealed = seal_record(
            seed_of(self.founded.epoch),
            "note",
            self.portal_id,
            self.founded.slug,
            self.epoch_kid,
            record_id,
            1,
            canonical_json({"v": 1, "text": text}),
        )
        return WorkRecord(record_id, "note", self.epoch_kid, 1, sealed)

    def _state(self, referral: Referral, letter: Letter, version: int, state: str, text: str) -> int:
        said = self.said(referral, letter, text, [{"item": None, "state": state}])
        reason = self.sealed_note(REASON) if state == "closed" else None
        change = casework.StateChange(version, state, said, reason)
        return disposition.change_state(self.session, self.signed_in, referral.referral_id, change, self.now).version

    def _items(self, referral: Referral, letter: Letter, version: int, state: str, text: str) -> int:
        if not letter["items"]:
            return version
        said = self.said(referral, letter, text, [{"item": item["id"], "state": state} for item in letter["items"]])
        moved = tuple(casework.ItemState(b64u_decode(item["id"], "demo"), state) for item in letter["items"])
        change = casework.ItemStateChange(version, moved, said)
        return disposition.change_items(self.session, self.signed_in, referral.referral_id, change, self.now).version

    def said(
        self, referral: Referral, letter: Letter, text: str, states: Sequence[StateOf] = ()
    ) -> casework.StaffMessage:
        """Seal words to the reporter; with `states` it is news of progress."""
        message_id = secrets.token_bytes(16)
        content = message_json(
            {
                "v": 1,
                "after": None,
                "sent_on": day_of(self.now).isoformat(),
                "kind": "state" if states else "text",
                "text": text,
                "items": [],
                "states": list(states),
                "consent": None,
                "when": None,
            }
        )
        sealed = seal_message(
            b64u_decode(letter["reply_key"], "demo"),
            "to_reporter",
            self.portal_id,
            _report_id(referral),
            there(referral.origin_kid),
            message_id,
            content,
        )
        return casework.StaffMessage(message_id, sealed)


def summary_of(letter: Letter) -> dict[str, Any]:
    """Give what a browser would note of a letter that it opened: words of enums and match tags, in its field order."""
    tags = [_tags(item) for item in letter["items"]]
    spread = {item["spread"] for item in letter["items"]}
    return {
        "v": 1,
        "canonicaliser": canonical_url.CANONICALISER_VERSION,
        "role": letter["reporter"]["role"],
        "age_group": letter["reporter"]["age_group"],
        "harm": letter["harm"],
        "material": letter["material"],
        "threat": letter["threat"]["kinds"],
        "ongoing": letter["threat"]["ongoing"],
        "danger": letter["help"]["danger"],
        "spread": [word for word in SPREAD if word in spread],
        "wishes": letter["wishes"],
        "links": len(tags),
        "tags": {kind: [tag.get(kind, "") for tag in tags] for kind in ("url", "site", "poster")},
    }


def _tags(item: Item) -> dict[str, str]:
    try:
        keys = canonical_url.match_keys(cast("Mapping[str, str | None]", item))
    except FormatError:
        return {}
    version = canonical_url.CANONICALISER_VERSION
    return {key["kind"]: b64u_encode(match_tag(version, key["kind"], key["canonical"])) for key in keys}


def let_days_pass(session: Session, posted: Sequence[Posted], now: datetime, days: int) -> None:
    """Spread the reports over the days before today: the portal's own addresses date everything today."""
    for number, one in enumerate(posted):
        received_on = day_of(now - timedelta(days=days * (len(posted) - 1 - number) // len(posted)))
        session.execute(update(Report).where(Report.report_id == one.report_id).values(received_on=received_on))
        for urgent in (True, False):
            session.execute(
                update(Referral)
                .where(Referral.report_id == one.report_id, Referral.urgent.is_(urgent))
                .values(received_on=received_on, state_on=received_on, due_on=due_on(received_on, urgent=urgent))
            )
    session.commit()


def work_some(
    session: Session, portal_id: bytes, founded: Founded, letters: Mapping[bytes, Mapping[str, Letter]], now: datetime
) -> None:
    """Work on some referrals of one organisation; `letters` by report_id, then slug."""
    desk = Desk(session, portal_id, founded, now)
    referrals = session.scalars(
        select(Referral)
        .where(Referral.organisation_id == founded.organisation_id, Referral.state == "received")
        .order_by(Referral.received_on, Referral.referral_id)
    ).all()
    session.commit()
    own = {one.referral_id: letters[_report_id(one)][founded.slug] for one in referrals}
    common = _in_common(own.values())
    for number, referral in enumerate(referrals):
        letter = own[referral.referral_id]
        shared = not common.isdisjoint(_addresses(letter))
        step = STEPS[number % len(STEPS)] or ("opened" if shared else "")
        if step:
            desk.work(referral, letter, "in_support" if shared and step == "closed" else step)
    if founded.slug in WITH_RECORDS:
        with_links = [(referral_id, letter) for referral_id, letter in own.items() if letter["items"]]
        demo_records.keep_some(session, portal_id, founded, desk.signed_in, with_links, now)
        demo_records.keep_sites(session, portal_id, founded, desk.signed_in, now)
    desk.leave()


def _in_common(letters: Iterable[Letter]) -> set[str]:
    """Give the addresses that stand in several letters: those are summarised, so that there is something to compare."""
    seen = Counter(address for letter in letters for address in set(_addresses(letter)))
    return {address for address, number in seen.items() if number > 1}


def _addresses(letter: Letter) -> list[str]:
    return [url for item in letter["items"] if (url := item["url"])]


def _report_id(referral: Referral) -> bytes:
    return there(referral.report_id)


def there(value: bytes | None) -> bytes:
    """Give what only a destroyed referral lacks."""
    if value is None:
        raise NotFound
    return value
