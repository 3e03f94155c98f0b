"""Letters handed out for their links: logged each time, still unread; and lists that leave, noted with their reason."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.errors import NotAllowed, NotConfirmed
from app.models import AccessLog, Epoch, Referral
from app.services import link_work
from tests.making import NOW, logged, with_items


@pytest.fixture
def sure(worker):
    return replace(worker, confirmed_at=NOW)


def test_an_opened_letter_is_handed_out_with_where_its_links_stand_and_stays_unread(
    session, centre, worker, referral_id
):
    items = with_items(session, worker, centre, referral_id)
    session.execute(update(Referral).values(unread_from_reporter=True))
    session.commit()
    (letter,) = link_work.hand_out(session, worker, (referral_id,), NOW)
    assert tuple((one.item_id, one.state) for one in letter.items) == tuple((item, "reported") for item in items)
    assert (letter.referral_id, letter.version, letter.summary.version) == (referral_id, letter.version, 1)
    assert session.scalar(select(Referral.unread_from_reporter)) is True
    assert logged(session)[-1] == ("opened", "by_link")


def test_what_nobody_opened_what_is_gone_and_what_is_anothers_is_left_out(session, make, centre, worker):
    other = make.organisation("other")
    for recipients in ((centre,), (centre,), (centre,), (other,)):
        make.report(*recipients)
    own = session.scalars(select(Referral.referral_id).where(Referral.organisation_id == centre.organisation_id)).all()
    everything = tuple(session.scalars(select(Referral.referral_id)))
    gone = update(Referral).where(Referral.referral_id == own[1]).values(opened_at=NOW, state="withdrawn")
    session.execute(gone)
    session.execute(update(Referral).where(Referral.organisation_id == other.organisation_id).values(opened_at=NOW))
    session.execute(update(Referral).where(Referral.referral_id == own[2]).values(opened_at=NOW))
    session.commit()
    assert [one.referral_id for one in link_work.hand_out(session, worker, everything, NOW)] == [own[2]]
    session.execute(update(Referral).where(Referral.referral_id == own[2]).values(onward="offered"))
    session.commit()
    assert link_work.hand_out(session, worker, everything, NOW) == ()


def test_what_nobody_can_open_any_more_is_left_out(session, centre, worker, referral_id):
    with_items(session, worker, centre, referral_id)
    session.execute(update(Epoch).where(Epoch.kid == centre.kid).values(lost_on=NOW.date()))
    session.commit()
    assert link_work.hand_out(session, worker, (referral_id,), NOW) == ()


def test_a_list_is_noted_for_each_letter_with_its_reason(session, make, centre, sure, referral_id):
    make.report(make.organisation("other"))
    everything = tuple(session.scalars(select(Referral.referral_id)))
    assert link_work.note_list(session, sure, everything, "commission", NOW) == NOW
    noted = session.execute(
        select(AccessLog.referral_id, AccessLog.detail).where(AccessLog.action == "links_listed")
    ).all()
    assert [tuple(one) for one in noted] == [(referral_id, "commission")]


def test_not_for_viewers_nor_without_a_fresh_proof(session, make, centre, worker, referral_id):
    viewer = replace(make.signed_in(centre, "viewer"), confirmed_at=NOW)
    with pytest.raises(NotAllowed):
        link_work.hand_out(session, viewer, (referral_id,), NOW)
    with pytest.raises(NotAllowed):
        link_work.note_list(session, viewer, (referral_id,), "commission", NOW)
    with pytest.raises(NotConfirmed):
        link_work.note_list(session, replace(worker, confirmed_at=None), (referral_id,), "commission", NOW)
    assert "links_listed" not in dict(logged(session))
