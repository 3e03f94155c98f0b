"""Several at once over HTTP: strict bodies, one answer that says what became of each, and what a viewer may have."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.domain.deadline import day_of
from app.domain.wire import b64u_encode as b64u
from app.models import Referral
from tests.databases import on_one
from tests.staff_browser import StaffBrowser


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer"))


@pytest.fixture
def ids(session, make, centre):
    for _ in range(2):
        make.report(centre)
    found = [b64u(one) for one in session.scalars(select(Referral.referral_id))]
    session.rollback()
    return found


@pytest.fixture
def browser(app, centre, ids):
    def signed_in(role="caseworker"):
        one = StaffBrowser(app)
        assert one.sign_in(centre.people[role]).status_code == 200
        return one

    return signed_in


def at(ids, version):
    return {"referrals": [{"referral_id": one, "version": version, "unread": False} for one in ids]}


def test_handed_on_given_another_day_and_brought_back(browser, ids):
    worker = browser()
    today = day_of(datetime.now(UTC)).isoformat()
    handed = worker.post("/queue/assignment", at(ids, 1) | {"to": "centre-lead"})
    assert [one["version"] for one in handed.json["done"]] == [2, 2]
    assert worker.post("/queue/deadline", at(ids, 2) | {"due_on": today}).json["refused"] == []
    assert worker.post("/queue/undo", at(ids, 3) | {"messages": []}).json["refused"] == []
    assert worker.post("/queue/state", at(ids, 4) | {"state": "closed", "messages": []}).json == {
        "done": [],
        "refused": [{"referral_id": one, "code": "reason_needed"} for one in ids],
    }
    rows = worker.get("/queue/rows").json["rows"]
    assert {(row["assignee"], row["state"], row["version"]) for row in rows} == {("centre-lead", "assigned", 4)}
    assert "data-row=" in worker.get("/queue").text


@on_one
@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("assignment", {}),
        ("assignment", {"to": "Nobody!"}),
        ("assignment", {"to": "nobody"}),
        ("state", {"state": "done", "messages": []}),
        ("state", {"state": "in_support"}),
        ("state", {"state": "in_support", "messages": [{"referral_id": "x" * 22}]}),
        ("undo", {}),
        ("deadline", {"due_on": "2026-1-1"}),
        ("deadline", {"due_on": "20261201"}),
        ("deadline", {"due_on": "2020-01-01"}),
        ("deadline", {"due_on": None}),
        ("undo", {"messages": [], "more": 1}),
    ],
)
def test_a_body_that_is_none_is_refused_whole(browser, ids, address, more):
    worker = browser()
    assert worker.post(f"/queue/{address}", at(ids, 1) | more).status_code == 400
    rows = worker.get("/queue/rows").json["rows"]
    assert {row["version"] for row in rows} == {1}


@on_one
def test_lists_are_as_long_as_they_may_be_and_no_longer(browser, ids):
    worker = browser()
    many = [b64u(number.to_bytes(16)) for number in range(501)]
    assert worker.post("/queue/summaries", {"referrals": many[:500]}).json == {"summaries": []}
    assert worker.post("/queue/summaries", {"referrals": many}).status_code == 400
    assert worker.post("/queue/openings", {"referrals": many[:9]}).status_code == 400
    assert worker.post("/queue/openings", {"referrals": ids * 2}).status_code == 400
    assert len(worker.post("/queue/openings", {"referrals": ids}).json["letters"]) == 2


@on_one
def test_a_viewer_has_rows_and_summaries_and_changes_nothing(browser, ids):
    viewer = browser("viewer")
    assert len(viewer.get("/queue/rows").json["rows"]) == 2
    assert viewer.post("/queue/summaries", {"referrals": ids}).status_code == 200
    for address, more in (
        ("assignment", {"to": None}),
        ("state", {"state": "in_support", "messages": []}),
        ("undo", {"messages": []}),
    ):
        assert viewer.post(f"/queue/{address}", at(ids, 1) | more).status_code == 403
    for address in ("openings", "telling"):
        assert viewer.post(f"/queue/{address}", {"referrals": ids}).status_code == 403
    page = viewer.get("/queue").text
    assert "data-change" not in page
    assert 'id="first-opening"' not in page


@on_one
def test_who_looks_is_told_to_the_others(browser, ids):
    worker, lead = browser(), browser("lead")
    assert worker.post(f"/referral/{ids[0]}/viewing", {}).json == {"others": []}
    assert lead.post(f"/referral/{ids[0]}/viewing", {}).json == {"others": ["centre-caseworker"]}
    assert worker.get("/queue/viewing").json == {"viewing": [{"referral_id": ids[0], "login": "centre-lead"}]}
    assert "centre-lead" in worker.get(f"/referral/{ids[0]}").text  # to whom it can be handed
