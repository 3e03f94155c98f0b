"""What the demo shows of keeping: one organisation's own days, a letter that goes soon, and one that a hold keeps."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.ceremony import Founded
from app.cli.demo_work import Desk, there
from app.domain.deadline import day_of
from app.domain.holding import Hold
from app.domain.letter import Letter
from app.domain.retention import QUIET
from app.models import Referral
from app.services import keeping, legal_hold

CLOSED_DAYS: Final = 90
GOES_IN: Final = timedelta(days=9)
REVIEWED_IN: Final = timedelta(days=120)
REASON: Final = "손해배상 소송이 진행 중이라 법원이 자료를 요구할 수 있음. 판결 때까지. (시범 메모)"
TOLD: Final = (
    "진행 중인 소송 때문에 보내 주신 내용을 지금은 파기할 수 없습니다. "
    "왜 그런지 여기에서 물어보실 수 있습니다. (시범 답변)"
)


def keep_some(
    session: Session, portal_id: bytes, founded: Founded, letters: Mapping[bytes, Mapping[str, Letter]], now: datetime
) -> None:
    """Have a lead choose how long letters are kept, and keep one of those on which somebody works."""
    desk = Desk(session, portal_id, founded, now, role="lead")
    keeping.choose(session, desk.signed_in, CLOSED_DAYS, QUIET.usual, now)
    own = select(Referral).where(Referral.organisation_id == founded.organisation_id).order_by(Referral.referral_id)
    going = session.scalar(own.where(Referral.state == "closed").limit(1))
    if going is not None:
        going.active_on = day_of(now) + GOES_IN - timedelta(days=CLOSED_DAYS)
        going.keeping = 2  # as if it had come since
    session.commit()
    held = session.scalar(own.where(Referral.state == "in_support").limit(1))
    if held is not None:
        letter = letters[there(held.report_id)][founded.slug]
        said, reason = desk.said(held, letter, TOLD), desk.sealed_note(REASON)
        asked = Hold(held.version, day_of(now) + REVIEWED_IN, reason, said)
        legal_hold.put(session, desk.signed_in, held.referral_id, asked, now)
    desk.leave()
