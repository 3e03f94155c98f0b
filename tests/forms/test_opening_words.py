"""Opening hours in words, in both languages: the same as the page's script says (tests/js/opening_words.test.js)."""

import pytest

from app.domain.opening_hours import DAY
from app.forms.opening_words import open_now, usual

WEEKDAYS = "Mo,Tu,We,Th,Fr 09:00-18:00"


@pytest.mark.parametrize(
    ("hours", "korean", "english"),
    [
        ("", "", ""),
        (WEEKDAYS, "월–금 09:00–18:00", "Mon–Fri 09:00–18:00"),
        (
            "Mo,Tu 09:00-12:30; Sa 10:00-15:00",
            "월·화 09:00–12:30, 토 10:00–15:00",
            "Mon·Tue 09:00–12:30, Sat 10:00–15:00",
        ),
        ("Mo,We,Fr 09:00-18:00", "월·수·금 09:00–18:00", "Mon·Wed·Fri 09:00–18:00"),
        ("Mo,Tu,We,Th,Fr,Sa,Su 00:00-24:00", "매일 24시간", "Every day 24 hours"),
        ("Sa 22:00-06:00", "토 22:00–06:00 (다음 날 아침)", "Sat 22:00–06:00 (next morning)"),
    ],
)
def test_hours_are_said_in_words(wording, hours, korean, english):
    with wording("ko"):
        assert usual(hours, "ko") == korean
    with wording("en"):
        assert usual(hours, "en") == english


@pytest.mark.parametrize(
    ("minute", "korean", "english"),
    [
        (0, "월요일 09:00에", "Monday at 09:00"),
        (9 * 60, "지금 열려 있어요", "open now"),
        (18 * 60, "화요일 09:00에", "Tuesday at 09:00"),
        (5 * DAY, "월요일 09:00에", "Monday at 09:00"),
    ],
)
def test_whether_it_is_open_and_when_it_opens(wording, minute, korean, english):
    with wording("ko"):
        assert korean in open_now(WEEKDAYS, minute, "ko")
        assert open_now("", minute, "ko") == ""
    with wording("en"):
        assert english in open_now(WEEKDAYS, minute, "en")
