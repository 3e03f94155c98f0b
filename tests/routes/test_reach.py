"""What reporters read of an organisation's hours and absences, where they choose and where they come back."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from app.domain.deadline import day_of
from app.domain.notice import Duty
from app.domain.wire import b64u_encode as b64u
from app.services import rota
from app.services.rota import Words
from tests.databases import on_one
from tests.making import NOW, rota_of

SCRIPT = "<script>alert(1)</script> & 휴무"


@pytest.fixture
def centre(make):
    return make.organisation()


@on_one
@pytest.mark.parametrize(
    ("path", "words"), [("/report", "운영 시간: 월·토 09:00–18:00"), ("/en/report", "Open: Mon·Sat 09:00–18:00")]
)
def test_the_page_says_usual_hours_and_not_what_time_it_is(session, make, centre, client, path, words):
    """Who asks, and when, changes nothing about the page: whether it is open now is worked out in the browser."""
    rota.save(session, make.signed_in(centre, "lead"), rota_of(opening="Mo,Sa 09:00-18:00"), NOW)
    page = client.get(path).text
    assert words in page
    assert 'data-opening="Mo,Sa 09:00-18:00"' in page
    assert "data-open-now></span>" in page
    assert words in client.get(path.replace("report", "organisation/centre")).text


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
            "opening": "",
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
