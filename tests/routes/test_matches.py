"""The page of matches: for those who open letters; nothing that is compared there is another organisation's."""

import secrets

import pytest
from sqlalchemy import select

from app.domain.wire import b64u_encode as b64u
from app.models import Referral
from tests.making import RECORD
from tests.staff_browser import StaffBrowser


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer", "auditor"))


@pytest.fixture
def other(make):
    return make.organisation("other", "police", roles=("lead", "caseworker"))


@pytest.fixture
def enter(app, session):
    def entered(made, role="caseworker"):
        session.rollback()
        browser = StaffBrowser(app)
        browser.sign_in(made.people[role])
        return browser

    return entered


def kept_list(browser, made, kind="list"):
    """Keep a loaded list, or a group of matches, as the page does; give its id."""
    asked = {
        "record_id": b64u(secrets.token_bytes(16)),
        "type": kind,
        "epoch_kid": b64u(made.kid),
        "version": 1,
        "state": "",
        "due_on": None,
        "sealed": b64u(secrets.token_bytes(RECORD)),
    }
    assert browser.post("/record", asked).status_code == 201
    return asked["record_id"]


def test_who_opens_letters_has_the_page_and_its_place_in_the_navigation(enter, centre, other):
    for made in (centre, other):
        for role in ("lead", "caseworker"):
            page = enter(made, role).get("/matches")
            assert page.status_code == 200, role
            assert 'aria-current="page"' in page.text
    for role in ("viewer", "auditor"):
        assert enter(centre, role).get("/matches").status_code == 403, role
    assert 'href="/matches"' not in enter(centre, "viewer").get("/queue").text


def test_nobody_who_is_not_signed_in_gets_it(app):
    assert StaffBrowser(app).get("/matches").status_code == 401


def test_what_is_compared_is_the_own_organisations_alone(enter, make, centre, other, session):
    make.report(centre, other)
    make.report(other)
    own, *theirs = (
        {b64u(one) for one in session.scalars(select(Referral.referral_id).filter_by(organisation_id=one_of))}
        for one_of in (centre.organisation_id, other.organisation_id)
    )
    worker, stranger = enter(centre), enter(other)
    found = {row["referral_id"] for row in worker.get("/queue/rows").json["rows"]}
    assert found == own
    assert not found & set().union(*theirs)
    assert not any(one in worker.get("/matches").text for one in own | set().union(*theirs))
    for kind in ("list", "match"):
        record_id = kept_list(worker, centre, kind)
        assert [one["record_id"] for one in worker.get(f"/record?type={kind}").json["records"]] == [record_id]
        assert stranger.get(f"/record?type={kind}").json["records"] == []
        assert stranger.get(f"/record/{record_id}").status_code == 404
        assert stranger.post("/record/removal", {"record_id": record_id, "version": 1}).status_code == 404
        assert worker.post("/record/removal", {"record_id": record_id, "version": 1}).status_code in {200, 204}


def test_a_group_informs_only_reporters_of_the_own_organisation(enter, make, centre, other, session):
    make.report(other)
    theirs = b64u(session.scalar(select(Referral.referral_id)))
    worker = enter(centre)
    assert worker.post("/links/openings", {"referrals": [theirs]}).json == {"letters": []}
    assert worker.get(f"/referral/{theirs}").status_code == 404
