"""Junk over HTTP: one answer that says of each referral what became of it."""

import pytest
from sqlalchemy import select

from app.domain.wire import b64u_encode as b64u
from app.models import Referral
from tests.staff_browser import StaffBrowser


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker"))


@pytest.fixture
def listed(session, make, centre):
    make.report(centre)
    held = session.scalars(select(Referral)).one()
    one = {"referral_id": b64u(held.referral_id), "version": held.version, "unread": False}
    session.rollback()
    return {"referrals": [one]}


def signed_in(app, centre, role):
    browser = StaffBrowser(app)
    assert browser.sign_in(centre.people[role]).status_code == 200
    return browser


def at(listed, version):
    return {"referrals": [one | {"version": version} for one in listed["referrals"]]}


def test_marked_taken_back_marked_and_destroyed(app, centre, listed):
    worker, lead = signed_in(app, centre, "caseworker"), signed_in(app, centre, "lead")
    referral_id = listed["referrals"][0]["referral_id"]
    marked = worker.post("/queue/junk", listed)
    assert (marked.status_code, marked.json) == (
        200,
        {"done": [{"referral_id": referral_id, "version": 2}], "refused": []},
    )
    assert worker.post("/queue/junk/undo", at(listed, 2)).json["done"] == [{"referral_id": referral_id, "version": 3}]
    old = worker.post("/queue/junk", listed)
    assert old.json == {"done": [], "refused": [{"referral_id": referral_id, "code": "version_conflict"}]}
    worker.post("/queue/junk", at(listed, 3))
    assert worker.post("/queue/junk/destruction", at(listed, 4)).status_code == 403
    assert lead.post("/queue/junk/destruction", at(listed, 4)).json["refused"] == []
    assert lead.get("/queue?state=junk").status_code == 200


def test_the_junk_is_a_view_with_who_and_until_when(app, centre, listed):
    worker = signed_in(app, centre, "caseworker")
    worker.post("/queue/junk", listed)
    page = worker.get("/queue?state=junk").text
    assert "centre-caseworker 님이" in page
    assert f'data-pick="{listed["referrals"][0]["referral_id"]}"' in page
    assert "data-pick" not in worker.get("/queue").text
    assert "centre-caseworker 님이" in worker.get(f"/referral/{listed['referrals'][0]['referral_id']}").text


def test_a_viewer_is_offered_nothing_to_select(app, make):
    centre = make.organisation("watching", roles=("lead", "caseworker", "viewer"))
    make.report(centre)
    assert "data-pick" in signed_in(app, centre, "caseworker").get("/queue").text
    page = signed_in(app, centre, "viewer").get("/queue").text
    assert "data-pick" not in page
    assert 'id="bulk"' not in page


@pytest.mark.parametrize("address", ["/queue/junk", "/queue/junk/undo", "/queue/junk/destruction"])
def test_a_body_that_is_none_is_refused(app, centre, address):
    assert signed_in(app, centre, "lead").post(address, {"referrals": []}).status_code == 400
