"""For how long letters are kept: a form for leads, with nothing lost that was typed; and what is read of it."""

from html import unescape

import pytest

from app.access import TOKEN_FIELD
from app.domain.retention import CLOSED, QUIET
from app.services import keeping
from tests.databases import on_one
from tests.staff_browser import StaffBrowser

PAGE = "/keeping"


@pytest.fixture
def centre(make):
    return make.organisation()


@pytest.fixture
def lead(app, centre, session):
    session.rollback()
    browser = StaffBrowser(app)
    browser.sign_in(centre.people["lead"])
    return browser


def send(browser, closed_days, quiet_days):
    form = {"closed_days": closed_days, "quiet_days": quiet_days, TOKEN_FIELD: browser.csrf}
    return browser.client.post(PAGE, data=form, headers={"Sec-Fetch-Site": "same-origin"})


def read(browser, path):
    return unescape(browser.client.get(path).text)


def test_what_a_lead_saves_is_there_and_read_before_sending(lead, session, make, centre):
    assert f'value="{CLOSED.usual}"' in read(lead, PAGE)
    answer = send(lead, "77", " 400 ")
    assert (answer.status_code, answer.location) == (303, "/keeping?done=saved")
    policy = keeping.own(session, make.signed_in(centre, "lead"))[-1]
    assert (policy.closed_days, policy.quiet_days) == (77, 400)
    session.rollback()
    for path in ("/report", "/report/plain/write", "/organisation"):
        page = read(lead, path)
        assert "77일" in page, path
        assert "400일" in page, path


@on_one
@pytest.mark.parametrize("typed", ["", "29", "1826", "30.5", "many", "-30", "٣٠", "9" * 5000])
def test_what_cannot_be_said_stays_in_the_field_with_one_line_about_it(lead, session, make, centre, typed):
    answer = send(lead, typed, str(QUIET.usual))
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert f"{CLOSED.least}에서 {CLOSED.most} 사이" in page
    assert f'value="{typed}"' in page
    assert len(keeping.own(session, make.signed_in(centre, "lead"))) == 1


@on_one
def test_nothing_but_a_form_is_taken(lead):
    answer = lead.client.post(PAGE, json={}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code in {403, 415}
