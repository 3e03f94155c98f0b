"""Pages of sites, campaigns, effort and monitoring groups: who gets them, and that a group reads no victim's letter."""

import secrets
from datetime import UTC, datetime

import pytest

from app.domain.wire import b64u_encode as b64u
from tests.making import RECORD, logged
from tests.staff_browser import StaffBrowser

ID = b64u(bytes(16))
PAGES = ("/sites", f"/sites/{ID}", "/campaigns", f"/campaigns/{ID}", "/effort", "/en/sites", "/en/effort")


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer"))


@pytest.fixture
def group(make):
    return make.organisation("watch", "monitor", roles=("lead", "caseworker", "viewer"))


@pytest.fixture
def enter(app, session):
    def entered(made, role="caseworker"):
        session.rollback()
        browser = StaffBrowser(app)
        browser.sign_in(made.people[role])
        return browser

    return entered


def record(made, kind, state=""):
    return {
        "record_id": b64u(secrets.token_bytes(16)),
        "type": kind,
        "epoch_kid": b64u(made.kid),
        "version": 1,
        "state": state,
        "due_on": None,
        "sealed": b64u(secrets.token_bytes(RECORD)),
    }


def test_each_page_is_there_for_those_who_hold_seeds(enter, centre):
    worker, viewer = enter(centre), enter(centre, "viewer")
    for path in PAGES:
        assert worker.get(path).status_code == 200, path
        assert viewer.get(path).status_code == 403, path
    for path in ("/sites/x", "/campaigns/x"):
        assert worker.get(path).status_code == 404, path


def test_a_list_that_leaves_is_logged_as_an_act_and_nothing_of_what_is_in_it(enter, centre, session):
    worker = enter(centre)
    for kind in ("sites", "effort"):
        made = worker.post("/sites/list", {"kind": kind})
        assert made.status_code == 200
        assert made.json["made_at"].endswith("Z")
    session.rollback()
    assert logged(session)[-2:] == [("list_made", "sites"), ("list_made", "effort")]
    for body in ({"kind": "account"}, {}, {"kind": "sites", "rows": []}):
        assert worker.post("/sites/list", body).status_code == 400, body
    assert enter(centre, "viewer").post("/sites/list", {"kind": "sites"}).status_code == 403
    page = enter(centre, "lead").get("/en/log").text
    assert "Made a list of the organisation" in page
    assert "site directory" in page


def test_only_a_monitoring_group_sends_links_from_here(enter, centre, group):
    assert enter(centre).get("/monitor").status_code == 404
    assert enter(group, "viewer").get("/monitor").status_code == 403
    volunteer = enter(group)
    page = volunteer.get("/monitor")
    assert page.status_code == 200
    assert 'value="centre"' in page.text
    assert 'value="watch"' not in page.text
    assert 'href="/monitor"' in volunteer.get("/sites").text
    assert 'href="/monitor"' not in enter(centre).get("/sites").text


def test_volunteers_see_no_victims_letter_and_no_record_of_others(enter, make, centre, group, session):
    make.report(centre, now=datetime.now(UTC))
    session.rollback()
    worker, volunteer = enter(centre), enter(group)
    (row,) = worker.get("/queue/rows").json["rows"]
    kept = record(centre, "directory", "draft")
    assert worker.post("/record", kept).status_code == 201
    assert volunteer.get("/queue/rows").json["rows"] == []
    for path in (f"/referral/{row['referral_id']}", f"/referral/{row['referral_id']}/standing"):
        assert volunteer.get(path).status_code == 404, path
    opened = volunteer.post(f"/referral/{row['referral_id']}/opening", {})
    assert opened.status_code in {400, 404}
    assert volunteer.post("/queue/openings", {"referrals": [row["referral_id"]]}).json.get("letters", []) == []
    assert volunteer.get(f"/record/{kept['record_id']}").status_code == 404
    for kind in ("directory", "effort", "campaign", "recheck", "batch", "request"):
        assert volunteer.get(f"/record?type={kind}").json["records"] == []


@pytest.mark.parametrize(
    ("kind", "state"), [("directory", "draft"), ("effort", ""), ("campaign", "planned"), ("recheck", ""), ("batch", "")]
)
def test_what_says_what_was_done_is_kept_and_stays(enter, centre, kind, state):
    worker = enter(centre)
    kept = record(centre, kind, state)
    assert worker.post("/record", kept).status_code == 201
    assert [one["record_id"] for one in worker.get(f"/record?type={kind}").json["records"]] == [kept["record_id"]]
    assert worker.post("/record/removal", {"record_id": kept["record_id"], "version": 1}).status_code == 403


def test_a_lead_brings_sites_and_campaigns_into_use(enter, centre):
    worker, lead = enter(centre), enter(centre, "lead")
    for kind, states in (("directory", ["draft", "reviewed", "active"]), ("campaign", ["planned", "running"])):
        kept = record(centre, kind, states[0])
        assert worker.post("/record", kept).status_code == 201
        for version, state in enumerate(states[1:], 2):
            asked = {**kept, "version": version, "state": state}
            if state == states[-1]:
                assert worker.post("/record", asked).status_code == 409
            assert lead.post("/record", asked).status_code == 201
