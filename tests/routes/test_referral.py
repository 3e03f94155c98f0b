"""A referral over HTTP, by its own caseworker, by another organisation's, and by nobody."""

import json
import secrets

import pytest
from sqlalchemy import func, select

from app.domain.wire import b64u_encode as b64u
from app.models import AccessLog, Referral
from tests.databases import on_one
from tests.making import MESSAGE, RECORD, SUMMARY
from tests.routes.bad_bodies import wrong_bodies
from tests.staff_browser import StaffBrowser


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer"))


@pytest.fixture
def path(make, session, centre):
    make.report(centre)
    referral_id = session.scalar(select(Referral.referral_id))
    session.rollback()
    return f"/referral/{b64u(referral_id)}"


@pytest.fixture
def enter(app):
    def as_role(made, role="caseworker"):
        browser = StaffBrowser(app)
        assert browser.sign_in(made.people[role]).status_code == 200
        return browser

    return as_role


@pytest.fixture
def worker(enter, centre):
    return enter(centre)


def message():
    return {"message_id": b64u(secrets.token_bytes(16)), "sealed": b64u(secrets.token_bytes(MESSAGE))}


def bodies(kid):
    """A body that is right for each address."""
    item = b64u(bytes(16))
    note = {
        "record_id": b64u(secrets.token_bytes(16)),
        "type": "note",
        "epoch_kid": kid,
        "version": 1,
        "state": "",
        "due_on": None,
        "sealed": b64u(secrets.token_bytes(RECORD)),
    }
    return {
        "opening": {},
        "claim": {"version": 1},
        "release": {"version": 1},
        "state": {"version": 1, "state": "closed", "message": message(), "record": None},
        "item-state": {
            "version": 1,
            "items": [{"item_id": item, "state": "checked"}],
            "message": message(),
            "record": None,
        },
        "item-state/undo": {"version": 1, "items": [item], "message": message()},
        "message": message(),
        "summary": {"version": 1, "epoch_kid": kid, "sealed": b64u(secrets.token_bytes(SUMMARY)), "items": [item]},
        "record": note,
    }


def entries(session):
    session.rollback()
    kept = select(func.count()).select_from(AccessLog).where(AccessLog.action.not_in(["signed_in", "signed_out"]))
    number = session.scalar(kept)
    session.rollback()  # a transaction left open would keep the portal from writing
    return number


def test_from_opening_to_an_answer(worker, centre, session, path):
    right = bodies(b64u(centre.kid))
    opened = worker.post(f"{path}/opening", right["opening"])
    assert opened.status_code == 200
    assert {
        "referral_id", "report_id", "kid", "origin_kid", "sealed_by", "sealed", "sealed_hash", "leaf", "urgent",
        "received_on", "due_on", "state", "version", "assignee", "items", "messages", "summary", "records", "history",
    } <= set(opened.json)  # fmt: skip
    assert worker.post(f"{path}/summary", right["summary"]).json == {"version": 1}
    claimed = worker.post(f"{path}/claim", right["claim"])
    assert claimed.json == {
        "state": "assigned",
        "version": 2,
        "assignee": "centre-caseworker",
        "items": [{"item_id": "A" * 22, "state": "reported", "state_on": claimed.json["items"][0]["state_on"]}],
    }
    changed = worker.post(f"{path}/state", right["state"] | {"version": 2, "state": "in_support"})
    assert (changed.json["state"], changed.json["version"]) == ("in_support", 3)
    checked = worker.post(f"{path}/item-state", right["item-state"] | {"version": 3})
    assert checked.json["items"][0]["state"] == "checked"
    sent = worker.post(f"{path}/message", right["message"])
    assert (sent.status_code, sent.json["message_id"]) == (201, right["message"]["message_id"])
    assert worker.post(f"{path}/record", right["record"]).status_code == 201
    again = worker.post(f"{path}/opening", {}).json
    assert [one["by"] for one in again["messages"]] == ["centre-caseworker"] * 3
    assert again["summary"] == {
        "epoch_kid": b64u(centre.kid), "version": 1, "sealed": right["summary"]["sealed"],
    }  # fmt: skip
    assert [(one["type"], one["by"]) for one in again["records"]] == [("note", "centre-caseworker")]
    assert [one["action"] for one in again["history"]] == [
        "opened", "summary_saved", "claimed", "state_changed", "items_changed", "message_sent", "record_saved",
        "opened",
    ]  # fmt: skip
    assert all(one["at"].endswith("Z") for one in again["history"])


def test_the_second_caseworker_is_told_who_and_when(enter, centre, path):
    enter(centre).post(f"{path}/claim", {"version": 1})
    late = enter(centre, "lead").post(f"{path}/claim", {"version": 1})
    assert (late.status_code, late.json["code"]) == (409, "version_conflict")
    assert (late.json["version"], late.json["changed_by"]) == (2, "centre-caseworker")
    assert late.json["changed_at"].startswith("20")


@pytest.mark.parametrize("role", ["lead", "caseworker", "viewer"])
def test_another_organisation_gets_what_an_unknown_id_gets(make, session, enter, path, role):
    police = make.organisation("police", "police", roles=("lead", "caseworker", "viewer"))
    session.rollback()
    stranger = enter(police, role)
    wanted = 403 if role == "viewer" else 404
    for name, body in bodies(b64u(police.kid)).items():
        foreign = stranger.post(f"{path}/{name}", body)
        unknown = stranger.post(f"/referral/{b64u(secrets.token_bytes(16))}/{name}", body)
        misspelt = stranger.post(f"/referral/x/{name}", body)
        assert foreign.status_code == wanted, name
        assert foreign.data == unknown.data == misspelt.data, name
    pages = [stranger.get(one) for one in (path, f"/referral/{b64u(bytes(16))}", "/referral/x", f"{path}A")]
    assert {page.status_code for page in pages} == {wanted}
    assert entries(session) == 0


@on_one
def test_without_a_session_nothing_is_done(client, session, path):
    for name, body in bodies("A" * 22).items():
        answer = client.post(f"{path}/{name}", json=body, headers={"Sec-Fetch-Site": "same-origin"})
        assert (answer.status_code, answer.json["code"]) == (401, "session_ended"), name
    assert entries(session) == 0


@on_one
def test_without_the_token_nothing_is_done(worker, session, centre, path):
    worker.csrf = ""
    for name, body in bodies(b64u(centre.kid)).items():
        assert worker.post(f"{path}/{name}", body).status_code == 403, name
    assert entries(session) == 0


@on_one
def test_a_viewer_reaches_no_letter_and_changes_nothing(enter, session, centre, path):
    viewer = enter(centre, "viewer")
    assert viewer.get(path).status_code == 403
    for name, body in bodies(b64u(centre.kid)).items():
        assert viewer.post(f"{path}/{name}", body).status_code == 403, name
    assert entries(session) == 0


@on_one
@pytest.mark.parametrize("name", list(bodies("")))
def test_whatever_is_wrong_with_a_body_is_a_400(worker, session, centre, path, name):
    good = bodies(b64u(centre.kid))[name]
    wrong = list(wrong_bodies(good)) if good else [("a field", b'{"x":1}', ""), ("a list", b"[]", "body")]
    for what, body, where in wrong:
        answer = worker.post(f"{path}/{name}", body)
        if len(body) > 16 * 1024 and answer.status_code == 413:
            continue
        assert (answer.status_code, answer.json["code"]) == (400, "format_error"), what
        assert where is None or answer.json["field"] == where, (what, answer.json["field"])
    multipart = worker.post(f"{path}/{name}", data={"x": "y"}, content_type="multipart/form-data")
    assert multipart.status_code == 415
    assert entries(session) == 0


@on_one
def test_too_much_is_refused(worker, session, path):
    answer = worker.post(f"{path}/message", json.dumps(message()).encode() + b" " * 300_000)
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")
    assert entries(session) == 0


def test_what_was_withdrawn_takes_nothing_more(worker, session, centre, path):
    session.scalars(select(Referral)).one().state = "withdrawn"
    session.commit()
    for name, body in bodies(b64u(centre.kid)).items():
        answer = worker.post(f"{path}/{name}", body)
        if name == "opening":
            assert answer.json["state"] == "withdrawn"
        else:
            assert (answer.status_code, answer.json["code"]) == (409, "withdrawn"), name


def test_a_replayed_message_is_answered_as_the_first_time(worker, path):
    body = message()
    first, again = (worker.post(f"{path}/message", body) for _ in range(2))
    assert (first.status_code, again.status_code, first.json) == (201, 201, again.json)
    other = worker.post(f"{path}/message", body | {"sealed": b64u(bytes(MESSAGE))})
    assert (other.status_code, other.json["code"]) == (409, "message_exists")
