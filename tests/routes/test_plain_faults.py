"""What has to be looked at once more in a report without scripts: said at its field, with nothing typed lost."""

import re
from html import escape

import pytest
from sqlalchemy import select

from app.forms.plain_checks import ADDRESSES_LONGEST, LONGEST
from app.models import Referral, Report
from tests.databases import on_one
from tests.plain_pages import Visitor

LINK = {"link-0-address": "https://board.example/1"}
TO_CENTRE = {"organisation__centre__chosen": "y", "organisation__centre__sensitive": "y"}


@pytest.fixture
def visitor(client, make, session):
    make.organisation()
    session.rollback()
    return Visitor(client)


FAULTS = (
    ({}, {"link-0-address", "organisation-centre-chosen"}),
    ({"understood": []}, {"link-0-address", "organisation-centre-chosen", "understood"}),
    ({"sentence": "주민번호 900101-2345678", **TO_CENTRE}, {"sentence"}),
    ({"sentence": "카드 4111 1111 1111 1111", **TO_CENTRE}, {"sentence"}),
    ({"account_events": "data:image/png;base64,AAAA", **LINK, **TO_CENTRE}, {"account_events"}),
    ({"account_note": "가" * 16_001, **LINK, **TO_CENTRE}, {"account_note"}),
    ({"offender_handles": "\r\n".join("abc" for _ in range(51)), **LINK, **TO_CENTRE}, {"offender_handles"}),
    ({"link-0-first_seen": "지난 봄", **LINK, **TO_CENTRE}, {"link-0-first_seen"}),
    ({**LINK, **TO_CENTRE, "organisation-centre-sensitive": []}, {"organisation-centre-sensitive"}),
    ({"channel": "phone", **LINK, **TO_CENTRE}, {"contact_address"}),
    ({"offender_text": "가" * 20_001, **LINK, **TO_CENTRE}, {"offender_text"}),
    ({"link-0-address": f"https://a.example/{'x' * 8_000}\n" * 7, **TO_CENTRE}, {"link-0-address"}),
    ({"sentence": "한 줄", "sentence_open": "not_said", **LINK, **TO_CENTRE}, {"sentence"}),
    ({"link-0-place": "게시판", "link-0-place_open": "not_known", **LINK, **TO_CENTRE}, {"link-0-place"}),
    ({"harm": ["made_up"], **LINK, **TO_CENTRE}, {"harm"}),
    ({"link-0-address": "\n".join(f"https://a.example/{n}" for n in range(500)), **TO_CENTRE}, {"link-0-address"}),
)


@on_one
def test_what_has_to_be_looked_at_is_said_at_its_field_and_nothing_typed_is_lost(visitor, session):
    for typed, fields in FAULTS:
        page = visitor.report(**typed)
        assert page.status == 422, fields
        assert set(page.errors) == fields
        assert set(page.summary) == fields
        assert fields <= set(page.ids)
        for name in ("sentence", "account_events", "account_note", "link-0-first_seen"):
            assert escape(typed.get(name, "")) in page.html
        assert not re.search(r"valid choice|coerce", page.html)
    session.rollback()
    assert (session.scalars(select(Report)).all(), session.scalars(select(Referral)).all()) == ([], [])


@on_one
def test_what_a_browser_cuts_off_is_more_than_is_taken_so_that_a_cut_is_always_said(visitor):
    page = visitor.go("/report/plain/write").html
    cuts = dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]* maxlength="(\d+)"', page))
    assert {"sentence", "offender_text", "account_events", "link-0-address", "link-2-address"} <= set(cuts)
    for name, most in cuts.items():
        taken = ADDRESSES_LONGEST if name.endswith("address") else LONGEST
        assert int(most) > taken + 1000, name


@on_one
def test_a_text_may_be_left_open_and_stays_so(visitor):
    left = {"account_worry_open": "not_said", "link-0-poster_open": "not_known", "contact_address_open": "not_said"}
    page = visitor.report(**LINK, **TO_CENTRE, channel="phone", **left)
    assert page.status == 200
    assert {name: page.hidden("/report/plain/send").get(name) for name in left} == left
    again = visitor.press("/report/plain/write").html
    ticked = re.findall(r'name="([^"]*_open)" type="checkbox" value="(\w+)" checked', again)
    assert sorted(ticked) == sorted(left.items())
