"""Pages and addresses of records: for those who hold seeds, with reminders where there is something to look at."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from app.access import TOKEN_FIELD
from app.domain.deadline import day_of
from app.domain.wire import b64u_encode as b64u
from tests.making import RECORD
from tests.staff_browser import StaffBrowser

TODAY = day_of(datetime.now(UTC))
ID = b64u(bytes(16))


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


def record(centre, **changes):
    return {
        "record_id": b64u(secrets.token_bytes(16)),
        "type": "request",
        "epoch_kid": b64u(centre.kid),
        "version": 1,
        "state": "drafted",
        "due_on": TODAY.isoformat(),
        "sealed": b64u(secrets.token_bytes(RECORD)),
    } | changes


def test_records_are_kept_listed_and_read_one_by_one(enter, centre):
    worker = enter()
    asked = record(centre)
    kept = worker.post("/record", asked)
    assert (kept.status_code, kept.json) == (201, {"record_id": asked["record_id"], "version": 1})
    listed = worker.get("/record?type=request").json
    assert listed["next"] is None
    (one,) = listed["records"]
    assert one == asked | {"by": "centre-caseworker", "at": one["at"]}
    assert one["at"].endswith("Z")
    assert worker.get(f"/record/{asked['record_id']}").json == one
    assert worker.get("/record?type=request&state=sent").json["records"] == []
    for address, status in (("/record?type=photo", 400), ("/record?type=request&after=x", 400), ("/record/x", 404)):
        assert worker.get(address).status_code == status


def test_what_is_due_stands_on_the_page_of_what_to_do_now(enter, centre):
    worker = enter()
    assert "due-records" not in worker.get("/queue").text
    worker.post("/record", record(centre))
    worker.post("/record", record(centre, due_on=(TODAY - timedelta(days=2)).isoformat()))
    worker.post("/record", record(centre, due_on=(TODAY + timedelta(days=1)).isoformat()))
    worker.post("/record", record(centre, type="room", state="observed", due_on=None))
    page = worker.get("/queue").text
    assert page.count('class="due-records"') == 1
    assert "기한 지남 1건" in page
    assert "오늘까지 1건" in page
    assert "due-records" not in enter("viewer").get("/queue").text


def test_each_page_is_there_and_a_misspelt_id_is_not(enter):
    worker = enter()
    for path in ("/requests", "/requests/new", f"/requests/{ID}", "/rooms", f"/rooms/{ID}", "/en/requests"):
        assert worker.get(path).status_code == 200
    for path in ("/requests/x", "/rooms/x"):
        assert worker.get(path).status_code == 404
    assert enter("viewer").get("/requests").status_code == 403


def test_a_lead_says_that_the_commission_keeps_no_usual_times(enter, make, centre):
    lead, worker = enter("lead"), enter()
    form = {TOKEN_FIELD: lead.csrf, "paused": "yes"}
    said = lead.client.post("/organisation/commission", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert said.status_code == 303
    for page in (lead.get("/organisation"), worker.get("/requests")):
        assert "평소대로" in page.text
    token, _report_id = make.report(centre, now=datetime.now(UTC))
    make.session.rollback()
    answer = worker.client.post("/follow-up", json={"token": b64u(token)}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.json["reach"]["centre"]["commission_paused_on"] == TODAY.isoformat()
    form = {TOKEN_FIELD: worker.csrf, "paused": "yes"}
    refused = worker.client.post("/organisation/commission", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert refused.status_code == 403
