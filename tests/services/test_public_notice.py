"""The operator's notices to everybody."""

from datetime import timedelta

import pytest

from app.domain.deadline import day_of
from app.domain.public_notice import PublicNotice
from app.errors import FormatError, NotAllowed, NotFound
from app.services import public_notice
from tests.making import NOW, logged
from tests.operating import operator_of

TODAY = day_of(NOW)


@pytest.fixture
def ruler(session, make):
    return operator_of(session, make)


def notice(kind="outage", starts=0, ends=None):
    until = None if ends is None else TODAY + timedelta(days=ends)
    return PublicNotice(kind, "제목", "Title", "본문", "Text", TODAY + timedelta(days=starts), until)


def test_a_notice_stands_until_its_last_day_and_stays_to_be_read(session, ruler):
    notice_id = public_notice.post(session, ruler, notice(ends=2), NOW)
    public_notice.post(session, ruler, notice(starts=5), NOW + timedelta(seconds=1))
    assert [one.notice_id for one in public_notice.standing(session, TODAY)] == [notice_id]
    assert public_notice.standing(session, TODAY + timedelta(days=3)) == ()
    assert [one.notice_id for one in public_notice.begun(session, TODAY + timedelta(days=3))] == [notice_id]
    assert [one.content for one in public_notice.everything(session, ruler)] == [notice(starts=5), notice(ends=2)]


def test_one_that_is_taken_down_is_no_longer_on_the_pages_and_both_acts_are_logged(session, ruler):
    notice_id = public_notice.post(session, ruler, notice("breach"), NOW)
    for _twice in range(2):
        public_notice.end(session, ruler, notice_id, NOW)
    assert public_notice.standing(session, TODAY) == ()
    assert [one.ended_on for one in public_notice.begun(session, TODAY)] == [TODAY]
    assert logged(session) == [("notice_posted", "breach"), ("notice_ended", "breach")]
    session.rollback()
    with pytest.raises(NotFound):
        public_notice.end(session, ruler, bytes(16), NOW)


def test_nobody_else_posts_ends_or_looks_ahead_and_nothing_unfinished_is_posted(session, make, ruler):
    notice_id = public_notice.post(session, ruler, notice(), NOW)
    lead = make.signed_in(make.organisation(roles=("lead",)), "lead")
    session.rollback()
    for act in (
        lambda: public_notice.post(session, lead, notice(), NOW),
        lambda: public_notice.end(session, lead, notice_id, NOW),
        lambda: public_notice.everything(session, lead),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(FormatError):
        public_notice.post(session, ruler, notice("breach", ends=3), NOW)
