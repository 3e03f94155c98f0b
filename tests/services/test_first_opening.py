"""Letters handed out for their summaries: logged as openings, and for everybody still unopened and unread."""

import pytest
from sqlalchemy import select, update

from app.domain import casework
from app.errors import NotAllowed
from app.models import Epoch, Referral
from app.services import first_opening, shredding, summary
from tests.making import NOW, SUMMARY, logged


def test_handed_out_whole_logged_and_still_unopened(session, make, centre, worker):
    for _ in range(2):
        make.report(centre)
    ids = tuple(sorted(session.scalars(select(Referral.referral_id))))
    session.execute(update(Referral).values(unread_from_reporter=True))
    session.commit()
    letters = first_opening.hand_out(session, worker, ids, NOW)
    assert tuple(one.referral_id for one in letters) == ids
    kept = session.execute(select(Referral.sealed, Referral.opened_at, Referral.unread_from_reporter)).all()
    assert {one.sealed for one in letters} == {
        shredding.letter(session, row) for row in session.scalars(select(Referral))
    }
    assert {(row.opened_at, row.unread_from_reporter) for row in kept} == {(None, True)}
    assert logged(session) == [("opened", "summary")] * 2
    session.rollback()
    summary.save(session, worker, ids[0], casework.Summary(1, centre.kid, bytes(SUMMARY), (bytes(16),)), NOW)
    again = first_opening.hand_out(session, worker, ids, NOW)
    assert [one.summary_version for one in again] == [1, 0]


def test_what_is_gone_or_another_organisations_is_left_out(session, make, centre, worker):
    other = make.organisation("other")
    make.report(centre, other)
    make.report(centre)
    ids = tuple(session.scalars(select(Referral.referral_id)))
    own = session.scalars(select(Referral.referral_id).where(Referral.organisation_id == centre.organisation_id)).all()
    session.execute(update(Referral).where(Referral.referral_id == own[0]).values(state="withdrawn"))
    session.commit()
    assert [one.referral_id for one in first_opening.hand_out(session, worker, (*ids, bytes(16)), NOW)] == [own[1]]
    assert len(logged(session)) == 1


def test_not_for_viewers(session, make, centre, referral_id):
    with pytest.raises(NotAllowed):
        first_opening.hand_out(session, make.signed_in(centre, "viewer"), (referral_id,), NOW)


def test_what_nobody_can_open_any_more_is_not_handed_out(session, make, centre, worker):
    make.report(centre)
    ids = tuple(session.scalars(select(Referral.referral_id)))
    session.execute(update(Epoch).where(Epoch.kid == centre.kid).values(lost_on=NOW.date()))
    session.commit()
    assert first_opening.hand_out(session, worker, ids, NOW) == ()
    assert logged(session) == []
