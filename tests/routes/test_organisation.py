"""The lead's page: a form of the plain web, with nothing lost that was typed; and what reporters then read."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from app.access import TOKEN_FIELD
from app.domain.deadline import day_of
from app.domain.notice import Duty
from app.domain.wire import b64u_encode as b64u
from app.services import rota
from app.services.offer import Offer
from app.services.rota import Words
from tests.databases import on_one
from tests.making import NOW, rota_of
from tests.staff_browser import StaffBrowser

PAGE, TEST_MAIL = "/organisation", "/organisation/test-mail"
SCRIPT = "<script>alert(1)</script> & 휴무"
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
    assert found.offer == Offer(("en", "vi"), ("sign_language",))
    page = lead.get(saved.headers["Location"]).text
    assert re.search(r'id="languages-vi"[^>]* checked', page)
    assert "저장했습니다" in page
    assert page.count('class="govuk-fieldset duty"') == 3
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
    assert lead.get(PAGE).text.count('class="govuk-fieldset duty"') == 20


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


@on_one
def test_reporters_read_it_escaped_where_they_choose(session, make, centre, client):
    today = day_of(datetime.now(UTC))
    chosen = rota_of(away=Words(SCRIPT, ""), hours=Words("", "Weekdays"), away_until=today + timedelta(days=1))
    rota.save(session, make.signed_in(centre, "lead"), chosen, NOW)
    for path in ("/report", "/en/report"):
        page = client.get(path).text
        assert SCRIPT not in page
        assert f'<p class="govuk-body away__text" lang="ko">{SCRIPT}' in unescape(page)
        assert '<span lang="en">Weekdays</span>' in page
        assert "1366" in re.search(r'class="away".*?</div>', page, re.DOTALL).group()


@on_one
def test_the_page_that_is_kept_changes_with_what_is_said(session, make, centre, client):
    lead = make.signed_in(centre, "lead")
    for text in ("하나", "둘"):
        rota.save(session, lead, rota_of(away=Words(text, text)), NOW)
        assert f">{text}</p>" in client.get("/report").text
    rota.save(session, lead, rota_of(away=Words("둘", ""), away_until=day_of(NOW) - timedelta(days=999)), NOW)
    assert "away__text" not in client.get("/report").text


@on_one
def test_who_comes_back_is_told_of_her_organisations_only(session, make, centre, client):
    police = make.organisation("police", "police")
    token, _report_id = make.report(centre)
    for made in (centre, police):
        rota.save(session, make.signed_in(made, "lead"), rota_of(away=Words("휴무", "Closed")), NOW)
    found = client.post("/follow-up", json={"token": b64u(token)}).json["reach"]
    assert found == {
        "centre": {
            "hours": {"ko": "", "en": ""},
            "away": {"ko": "휴무", "en": "Closed"},
            "away_until": None,
            "commission_paused_on": None,
        }
    }


@on_one
def test_no_mail_address_is_shown_to_reporters(session, make, centre, client):
    rota.save(session, make.signed_in(centre, "lead"), rota_of(Duty("duty@centre.example", frozenset(), 0, 24)), NOW)
    token, _report_id = make.report(centre)
    shown = [client.get(path).text for path in ("/report", "/follow-up", "/api/v1/directory")]
    shown.append(client.post("/follow-up", json={"token": b64u(token)}).text)
    assert not [page for page in shown if "duty@" in page]
