"""Taking a report back from one organisation, where no script seals: the others go on, and nothing tells them."""

import hashlib
import secrets

import pytest
from sqlalchemy import select

from app.crypto import opening, receipt
from app.domain.message_content import parse_message
from app.domain.submission import parse_submission
from app.domain.wire import b64u_encode as b64u
from app.errors import NotFound
from app.models import Referral
from app.services import legal_hold, onward, plain_follow_up, portal, report
from tests.making import NOW, body_of
from tests.services.holding import hold_of
from tests.services.passing import asked_for

PAGE = b"p" * 16


def reported(session, *recipients):
    """One report: what its code yields, its id, and the referrals' ids by their organisations'."""
    stretched = secrets.token_bytes(32)
    body = body_of(*recipients, lookup=b64u(receipt.lookup_of(receipt.token(stretched))))
    submission = parse_submission(body)
    report.submit(session, submission, hashlib.sha256(body).digest(), NOW)
    rows = session.execute(
        select(Referral.organisation_id, Referral.referral_id).where(Referral.report_id == submission.report_id)
    ).all()
    session.rollback()
    return stretched, submission.report_id, dict(tuple(row) for row in rows)


def standing(session, stretched):
    """Each organisation's thread as whoever has the code sees it."""
    found = {one.organisation: one for one in plain_follow_up.open_report(session, stretched).referrals}
    session.rollback()
    return found


def states(session, stretched):
    return {slug: one.state for slug, one in standing(session, stretched).items()}


def take_back(session, stretched, when, referral_id, page_id=PAGE):
    plain_follow_up.withdraw(session, stretched, when, page_id, NOW, referral_id)


def test_one_stops_and_reads_why_and_the_others_are_as_before(session, centre, police):
    stretched, report_id, ids = reported(session, centre, police)
    before = standing(session, stretched)["police"]
    for _press in range(2):
        take_back(session, stretched, "72h", ids[centre.organisation_id])
    threads = standing(session, stretched)
    assert threads["police"] == before
    assert session.get(Referral, ids[police.organisation_id]).unread_from_reporter is False
    left = threads["centre"]
    (said,) = left.messages
    key, portal_id = receipt.reply_key(stretched, centre.kid), portal.current(session).portal_id
    opened = opening.open_message(
        key, "to_organisation", portal_id, report_id, centre.kid, said.message_id, said.sealed
    )
    content = parse_message(opened)
    assert (left.state, content["kind"], content["when"]) == ("withdrawn", "withdrawal", "72h")
    assert left.destroy_on is not None
    found = plain_follow_up.open_report(session, stretched).report
    assert (found.state, found.destroy_on) == ("received", None)


def test_what_was_taken_back_can_be_destroyed_now_and_the_last_one_ends_the_report(session, centre, police):
    stretched, _report_id, ids = reported(session, centre, police)
    take_back(session, stretched, "72h", ids[centre.organisation_id])
    for _press in range(2):
        take_back(session, stretched, "now", ids[centre.organisation_id])
    assert states(session, stretched) == {"centre": "destroyed", "police": "received"}
    take_back(session, stretched, "now", ids[police.organisation_id])
    with pytest.raises(NotFound):
        plain_follow_up.open_report(session, stretched)


@pytest.mark.parametrize(("when", "state"), [("72h", "withdrawn"), ("now", "destroyed")])
def test_whoever_has_it_from_that_organisation_is_left_with_it(session, make, centre, police, worker, when, state):
    review = make.organisation("review", "commission")
    stretched, _report_id, ids = reported(session, centre, police)
    passed_on = asked_for(review)
    onward.pass_on(session, worker, ids[centre.organisation_id], passed_on, NOW)
    session.rollback()
    found = plain_follow_up.open_report(session, stretched).referrals
    assert [one.organisation for one in plain_follow_up.family(found, ids[centre.organisation_id])] == [
        "centre", "review",
    ]  # fmt: skip
    session.rollback()
    take_back(session, stretched, when, ids[centre.organisation_id])
    assert states(session, stretched) == {"centre": state, "review": state, "police": "received"}


def test_the_one_that_it_was_passed_on_to_can_be_left_alone(session, make, centre, worker):
    review = make.organisation("review", "commission")
    stretched, _report_id, ids = reported(session, centre)
    passed_on = asked_for(review)
    onward.pass_on(session, worker, ids[centre.organisation_id], passed_on, NOW)
    session.rollback()
    take_back(session, stretched, "72h", passed_on.referral_id)
    assert states(session, stretched) == {"centre": "received", "review": "withdrawn"}


def test_what_a_hold_keeps_stops_and_stays(session, centre, police, lead):
    stretched, _report_id, ids = reported(session, centre, police)
    legal_hold.put(session, lead, ids[centre.organisation_id], hold_of(centre), NOW)
    session.rollback()
    take_back(session, stretched, "now", ids[centre.organisation_id])
    threads = standing(session, stretched)
    assert (threads["centre"].state, threads["centre"].hold is None) == ("withdrawn", False)
    assert len(threads["centre"].messages) == 1
    assert threads["police"].state == "received"


@pytest.mark.parametrize("when", ["72h", "now"])
def test_anothers_referral_is_not_there_and_nothing_is_done(session, centre, police, when):
    stretched, _report_id, _ids = reported(session, centre)
    other, _report_id, theirs = reported(session, centre, police)
    with pytest.raises(NotFound):
        take_back(session, stretched, when, theirs[police.organisation_id])
    session.rollback()
    assert states(session, stretched) == {"centre": "received"}
    assert states(session, other) == {"centre": "received", "police": "received"}
    with pytest.raises(NotFound):
        take_back(session, secrets.token_bytes(32), when, theirs[police.organisation_id])
