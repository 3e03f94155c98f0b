"""The page by link and its addresses: for those who open letters, found where an organisation works that way."""

import pytest
from sqlalchemy import update

from app.domain.wire import b64u_encode as b64u
from app.models import Organisation, Referral
from tests.making import NOW
from tests.staff_browser import StaffBrowser


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer"))


@pytest.fixture
def enter(app, centre, session):
    session.rollback()

    def entered(role="caseworker"):
        browser = StaffBrowser(app)
        browser.sign_in(centre.people[role])
        return browser

    return entered


def test_the_page_holds_no_link_and_stands_in_the_navigation_of_those_who_work_so(enter, session):
    worker = enter()
    page = worker.get("/links").get_data(as_text=True)
    assert 'id="codes"' in page
    assert 'href="/links"' in page
    session.execute(update(Organisation).values(kind="monitor"))
    session.commit()
    assert 'href="/links"' not in worker.get("/queue").get_data(as_text=True)
    assert enter("viewer").get("/links").status_code == 403


def test_letters_and_lists_are_asked_for_strictly(enter, make, centre, session):
    make.report(centre)
    session.execute(update(Referral).values(opened_at=NOW))
    session.commit()
    referral_id = b64u(session.query(Referral.referral_id).scalar())
    session.rollback()
    worker = enter()
    (letter,) = worker.post("/links/openings", {"referrals": [referral_id]}).json["letters"]
    assert (letter["referral_id"], letter["items"], letter["summary"]) == (referral_id, [], None)
    made = worker.post("/links/list", {"reason": "commission", "referrals": [referral_id]})
    assert made.json["made_at"].endswith("Z")
    for address, body in (
        ("/links/openings", {"referrals": []}),
        ("/links/openings", {"referrals": [referral_id] * 2}),
        ("/links/list", {"reason": "commission", "referrals": []}),
        ("/links/list", {"reason": "curiosity", "referrals": [referral_id]}),
        ("/links/list", {"referrals": [referral_id]}),
    ):
        assert worker.post(address, body).status_code == 400
    assert enter("viewer").post("/links/openings", {"referrals": [referral_id]}).status_code == 403
