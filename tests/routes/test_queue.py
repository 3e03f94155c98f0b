"""The queue page: filters and places in its address, and only what is one's own."""

import re

import pytest
from sqlalchemy import select

from app.domain.wire import b64u_encode as b64u
from app.models import Organisation, Referral
from tests.databases import on_one
from tests.staff_browser import StaffBrowser


@pytest.fixture
def centre(make):
    return make.organisation()


@pytest.fixture
def worker(app, centre, session):
    session.rollback()
    browser = StaffBrowser(app)
    browser.sign_in(centre.people["caseworker"])
    return browser


def ids(page):
    return set(re.findall(r"/referral/([A-Za-z0-9_-]{22})", page.text))


def test_own_referrals_are_listed_and_others_are_not(make, session, centre, worker):
    police = make.organisation("police", "police")
    make.report(centre, police)
    rows = session.execute(
        select(Organisation.slug, Referral.referral_id).join(
            Organisation, Organisation.organisation_id == Referral.organisation_id
        )
    )
    by_slug = {slug: b64u(referral_id) for slug, referral_id in rows}
    session.rollback()
    page = worker.get("/queue")
    assert page.status_code == 200
    assert ids(page) == {by_slug["centre"]}
    assert worker.get("/en/queue").status_code == 200


def test_the_next_page_follows_from_the_address_of_this_one(make, session, centre, worker):
    for _ in range(53):
        make.report(centre)
    session.rollback()
    first = worker.get("/queue")
    assert len(ids(first)) == 50
    (after,) = set(re.findall(r"after=([A-Za-z0-9_-]+)", first.text))
    second = worker.get(f"/queue?after={after}")
    assert len(ids(second)) == 3
    assert not ids(first) & ids(second)


@pytest.mark.parametrize("query", ["state=closed", "holder=mine", "state=received&holder=unassigned"])
def test_filters_are_in_the_address(make, session, centre, worker, query):
    make.report(centre)
    session.rollback()
    assert len(ids(worker.get(f"/queue?{query}"))) == ("received" in query)


@on_one
@pytest.mark.parametrize("path", ["/queue", "/en/queue"])
def test_a_great_number_is_said_to_be_greater_than_what_was_counted(make, session, centre, worker, monkeypatch, path):
    monkeypatch.setattr("app.routes.queue.COUNTED_TO", 2)
    for _ in range(3):
        make.report(centre)
    session.rollback()
    page = worker.get(path).text
    assert re.findall(r'views__count">([^<]*)<', page) == ["2+", "2+", "0", "0"]
    assert "(2+)" in page


@on_one
@pytest.mark.parametrize("query", ["state=nothing", "holder=yours", "after=x", "after=%00", "after=" + "A" * 3000])
def test_an_address_that_was_tampered_with_is_a_plain_400(worker, query):
    answer = worker.get(f"/queue?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"


@on_one
def test_without_a_session_one_is_asked_to_sign_in(client, make):
    make.portal()
    assert client.get("/queue").status_code in {302, 303, 401}
