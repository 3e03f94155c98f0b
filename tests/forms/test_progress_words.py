"""Where the work stands in words, what usually comes next, and that nothing of it is a promise."""

from datetime import date

import pytest

from app.domain.progress import OPENED
from app.domain.vocabulary import ITEM_STATES, LANGUAGES, REFERRAL_STATES
from app.forms.progress_words import ITEM_NEWS, STAGES, expected, item_standing, standing_of
from app.services.follow_up import FollowedReferral
from app.services.referral import ItemStanding

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def korean(wording):
    with wording("ko"):
        yield


def referral(state="received", *, since=DAY, opened_on=None):
    return FollowedReferral(
        bytes(16),
        "centre",
        bytes(16),
        bytes(16),
        None,
        DAY,
        date(2026, 11, 25),
        opened_on,
        1,
        state,
        since,
        "",
        None,
        None,
        None,
        (),
        (),
    )


def test_every_stage_and_state_has_words_and_a_next_step():
    assert set(STAGES) == {*REFERRAL_STATES, OPENED}
    assert set(ITEM_NEWS) == set(ITEM_STATES)
    for language in LANGUAGES:
        usual = expected(language)
        assert set(usual["referral"]) == set(STAGES)
        assert set(usual["item"]) == set(ITEM_NEWS)
        assert all(stage["next"] for kind in usual.values() for stage in kind.values())
        assert usual["item"]["requested_operator"]["days"] == "14"
        assert (usual["referral"]["needs_info"]["days"], usual["item"]["requested_commission"]["paused"]) == ("", "1")


def test_a_letter_waits_until_the_day_that_the_portal_hopes_for_and_then_it_is_late():
    found = standing_of(referral(), DAY, "ko")
    assert (found.stage, found.since) == ("received", "2026-11-22")
    assert found.words == "접수되었습니다. 담당자 확인을 기다리고 있습니다."
    assert found.outlook == {"by": "2026-11-25", "late": False}
    assert standing_of(referral(), date(2026, 11, 26), "ko").outlook == {"by": None, "late": True}


def test_a_letter_that_was_opened_is_not_said_to_wait():
    found = standing_of(referral(opened_on=date(2026, 11, 24)), date(2026, 11, 24), "en")
    assert (found.stage, found.since, found.outlook["by"]) == (OPENED, "2026-11-24", "2026-11-27")
    assert found.next == "They decide who takes care of it, and write here."


def test_nobody_who_was_hurt_is_given_a_deadline_and_paused_times_are_not_named():
    assert standing_of(referral("needs_info"), date(2027, 11, 22), "ko").outlook == {"by": None, "late": False}
    asked = item_standing(ItemStanding(bytes(16), "requested_commission", DAY), DAY, "ko")
    assert (asked.words, asked.outlook) == ("접속차단 심의를 요청했습니다", {"by": None, "late": True})
    operator = item_standing(ItemStanding(bytes(16), "requested_operator", DAY), DAY, "ko")
    assert (operator.words, operator.outlook["by"]) == ("삭제를 요청했습니다", "2026-12-06")


def test_where_the_commission_does_not_decide_that_is_said_and_no_day():
    asked = ItemStanding(bytes(16), "requested_commission", DAY)
    said = item_standing(asked, DAY, "ko", paused_on=date(2026, 6, 4))
    assert "2026년 6월 4일" in said.next
    assert said.outlook == {"by": None, "late": True}
    operator = ItemStanding(bytes(16), "requested_operator", DAY)
    assert item_standing(operator, DAY, "ko", paused_on=DAY).outlook["by"] == "2026-12-06"
