"""Which notices may be posted, and on which days they stand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.data import breach_notice
from app.domain.public_notice import OF_A_BREACH, PublicNotice, check_notice, is_standing
from app.errors import FormatError

DAY = date(2026, 11, 23)
NOTICE = PublicNotice("general", "제목", "Title", "본문", "Text", DAY, None)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"kind": "advertisement"}, "kind"),
        ({"title_ko": ""}, "title_ko"),
        ({"title_en": "x" * 121}, "title_en"),
        ({"text_ko": ""}, "text_ko"),
        ({"text_en": "on 〔day〕"}, "text_en"),
        ({"until_day": DAY - timedelta(days=1)}, "until_day"),
        ({"kind": "breach", "until_day": DAY + timedelta(days=28)}, "until_day"),
    ],
)
def test_what_will_not_do_is_refused_by_its_name(changes, name):
    with pytest.raises(FormatError) as refused:
        check_notice(replace(NOTICE, **changes))
    assert str(refused.value) == name


@pytest.mark.parametrize(("name", "most"), [("title_ko", 120), ("title_en", 120), ("text_ko", 6000), ("text_en", 6000)])
def test_as_little_as_one_sign_and_as_much_as_there_is_room_for(name, most):
    for length in (1, most):
        check_notice(replace(NOTICE, **{name: "x" * length}))
    with pytest.raises(FormatError):
        check_notice(replace(NOTICE, **{name: "x" * (most + 1)}))


@pytest.mark.parametrize("kind", OF_A_BREACH)
def test_thirty_days_are_enough_for_a_leak_and_one_for_an_outage(kind):
    check_notice(replace(NOTICE, kind=kind, until_day=DAY + timedelta(days=29)))
    check_notice(replace(NOTICE, kind="outage", until_day=DAY))


def test_both_days_count_and_what_was_taken_down_is_gone_at_once():
    until = DAY + timedelta(days=1)
    days = [DAY + timedelta(days=ahead) for ahead in (-1, 0, 1, 2)]
    assert [is_standing(DAY, until, None, day) for day in days] == [False, True, True, False]
    assert is_standing(DAY, None, None, DAY + timedelta(days=1000))
    assert not is_standing(DAY, None, DAY, DAY)


@pytest.mark.parametrize("kind", OF_A_BREACH)
def test_no_template_can_be_posted_as_it_is_and_each_can_be_when_filled(kind):
    template = breach_notice()["templates"][kind]
    words = {f"{part}_{language}": template[part][language] for part in ("title", "text") for language in ("ko", "en")}
    with pytest.raises(FormatError):
        check_notice(replace(NOTICE, kind=kind, **words))
    filled = {name: text.replace("〔", "").replace("〕", "") for name, text in words.items()}
    check_notice(replace(NOTICE, kind=kind, **filled))
