"""The lead's page: a form of the plain web, with nothing lost that was typed; and what reporters then read."""

import re
from html import unescape

import pytest

from app.access import TOKEN_FIELD
from app.domain.notice import Duty
from app.services import rota
from app.services.offer import Offer
from app.services.rota import Words
from tests.databases import on_one
from tests.making import rota_of
from tests.staff_browser import StaffBrowser

PAGE, TEST_MAIL = "/organisation", "/organisation/test-mail"
FULL = {
    "duties-0-address": " duty@centre.example ",
    "duties-0-days": ["4", "5"],
    "duties-0-from_hour": "18",
    "duties-0-until_hour": "9",
    "duties-1-address": "",
    "duties-1-days": ["1"],
    "duties-1-from_hour": "9",
    "duties-1-until_hour": "9",
    "duties-2-address": "always@centre.example",
    "duties-2-from_hour": "0",
    "duties-2-until_hour": "24",
    "digest": "y",
    "opening-0-days": ["4", "0", "0"],
    "opening-0-from_time": "09:00",
    "opening-0-until_time": "18:30",
    "opening-1-from_time": "09:00",
    "opening-1-until_time": "09:00",
    "opening-2-days": ["5"],
    "opening-2-from_time": "22:00",
    "opening-2-until_time": "06:00",
    "hours_ko": "평일 9–18시",
    "hours_en": "",
    "away_ko": "첫 줄\r\n둘째 줄",
    "away_en": "Closed",
    "away_from": "2026-11-20",
    "away_until": "2026-11-30",
    "languages": ["vi", "en"],
    "disability": ["sign_language"],
}


@pytest.fixture
def centre(make):
    return make.organisation()


@pytest.fixture
def lead(app, centre, session):
    session.rollback()
    browser = StaffBrowser(app)
    browser.sign_in(centre.people["lead"])
    return browser


def send(browser, path, fields=None, token=None):
    form = {**(fields or {}), TOKEN_FIELD: browser.csrf if token is None else token}
    return browser.client.post(path, data=form, headers={"Sec-Fetch-Site": "same-origin"})


def kept(session, make, centre):
    found = rota.standing(session, make.signed_in(centre, "lead"))
    session.rollback()
    return found.rota


def test_what_is_saved_is_kept_and_shown_again(session, make, centre, lead):
    saved = send(lead, PAGE, FULL)
    assert (saved.status_code, saved.headers["Location"]) == (303, "/organisation?done=saved")
    found = kept(session, make, centre)
    assert found.duties == (
        Duty("duty@centre.example", frozenset({4, 5}), 18, 9),
        Duty("always@centre.example", frozenset(), 0, 24),
    )
    assert (found.digest, found.hours, found.away) == (
        True,
        Words("평일 9–18시", ""),
        Words("첫 줄\n둘째 줄", "Closed"),
    )
    assert found.opening == "Mo,Fr 09:00-18:30; Sa 22:00-06:00"
    assert found.offer == Offer(("en", "vi"), ("sign_language",))
    page = lead.get(saved.headers["Location"]).text
    assert re.search(r'id="languages-vi"[^>]* checked', page)
    assert "저장했습니다" in page
    assert page.count('class="govuk-fieldset duty"') == 6
    assert re.search(r'id="opening-0-days-4"[^>]* checked', page)
    assert re.search(r'<option value="06:00" selected', page)
    assert "첫 줄\n둘째 줄</textarea>" in page
    assert 'value="2026-11-30"' in page
    assert "Saved" in lead.get("/en/organisation?done=saved").text


@on_one
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"duties-0-address": "duty at centre"}, "duties-0-address"),
        ({"duties-0-address": "a@b"}, "duties-0-address"),
        ({"duties-0-address": "duty@centre.example\nBcc: x@x.example"}, "duties-0-address"),
        ({"duties-0-address": f"{'a' * 250}@centre.example"}, "duties-0-address"),
        ({"duties-0-until_hour": "18"}, "duties-0-until_hour"),
        ({"duties-0-from_hour": "25"}, "duties-0-from_hour"),
        ({"duties-0-days": ["7"]}, "duties-0-days"),
        ({"opening-0-until_time": "09:00"}, "opening-0-until_time"),
        ({"opening-0-from_time": "09:10"}, "opening-0-from_time"),
        ({"opening-2-days": ["7"]}, "opening-2-days"),
        ({"away_ko": "가" * 501}, "away_ko"),
        ({"away_en": "data:image/png;base64,AAAA"}, "away_en"),
        ({"hours_ko": "가" * 201}, "hours_ko"),
        ({"away_until": "2026-11-19"}, "away_until"),
        ({"away_from": "soon"}, "away_from"),
        ({"languages": ["klingon"]}, "languages"),
        ({"disability": ["guide"]}, "disability"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(session, make, centre, lead, changes, field):
    answer = send(lead, PAGE, FULL | changes)
    assert answer.status_code == 422
    page = answer.text
    assert f'<a href="#{field}">' in page
    assert f'id="{field}-error"' in page
    assert f"{field}-error" in re.search(rf'id="{field}"[^>]*', page).group()
    assert "평일 9–18시" in page or "hours_ko" in changes
    for name, typed in (FULL | changes).items():
        if isinstance(typed, str) and name.startswith("away"):
            assert typed.strip().replace("\r\n", "\n") in unescape(page)
    assert kept(session, make, centre) == rota_of()
    for fault in re.findall(r'govuk-error-message"[^>]*>([^<]*)', page):
        assert re.search("[가-힣]", fault)


@on_one
def test_exactly_five_hundred_characters_fit(session, make, centre, lead):
    assert send(lead, PAGE, FULL | {"away_ko": "가" * 500}).status_code == 303


@on_one
def test_what_cannot_be_seen_is_not_kept(session, make, centre, lead):
    send(lead, PAGE, FULL | {"hours_ko": "9\u202e시\x00\u200b"})
    assert kept(session, make, centre).hours.ko == "9시"


@on_one
def test_an_emptied_form_takes_everything_back(session, make, centre, lead):
    send(lead, PAGE, FULL)
    assert send(lead, PAGE).status_code == 303
    assert kept(session, make, centre) == rota_of()


@on_one
def test_a_body_that_is_no_form_changes_nothing(session, make, centre, lead):
    send(lead, PAGE, FULL)
    for path in (PAGE, TEST_MAIL):
        assert lead.post(path, {}).status_code == 415
    assert len(kept(session, make, centre).duties) == 2


@on_one
def test_without_the_token_nothing_is_changed(session, make, centre, lead):
    for path in (PAGE, TEST_MAIL):
        assert send(lead, path, FULL, token="").status_code == 403
    assert kept(session, make, centre) == rota_of()


@on_one
def test_only_leads_are_led_there(app, centre, lead):
    worker = StaffBrowser(app)
    worker.sign_in(centre.people["caseworker"])
    assert 'href="/organisation"' in lead.get("/queue").text
    assert 'href="/organisation"' not in worker.get("/queue").text
    assert worker.get(PAGE).status_code == 403


@on_one
def test_there_is_always_a_line_to_write_on_but_not_without_end(session, make, centre, lead):
    lines = {f"duties-{n}-address": f"a{n}@centre.example" for n in range(30)}
    assert send(lead, PAGE, lines).status_code == 303
    assert len(kept(session, make, centre).duties) == 20
    assert lead.get(PAGE).text.count('inputmode="email"') == 20
    hours = {f"opening-{n}-days": "0" for n in range(30)}
    times = {
        f"opening-{n}-{name}": time
        for n in range(30)
        for name, time in (("from_time", "09:00"), ("until_time", "12:00"))
    }
    assert send(lead, PAGE, hours | times).status_code == 303
    assert kept(session, make, centre).opening.count("Mo") == lead.get(PAGE).text.count('value="0" checked') == 10


@on_one
def test_a_test_mail_is_asked_for(session, make, centre, lead):
    assert send(lead, TEST_MAIL).headers["Location"] == "/organisation?done=no_address"
    assert "시험 메일을 보낼 주소가 아직 없습니다" in lead.get("/organisation?done=no_address").text
    send(lead, PAGE, FULL)
    assert send(lead, TEST_MAIL).headers["Location"] == "/organisation?done=test"
    assert "시험 메일을 요청했습니다" in lead.get(PAGE).text


@on_one
def test_an_unknown_end_of_the_address_says_nothing(lead):
    assert 'role="status"' not in lead.get("/organisation?done=hacked").text
