"""POST /report from outside: idempotent, and a clear answer to whatever else comes."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.domain.wire import b64u_encode as b64u
from app.models import Base, DestroyedReport, Referral, Report
from app.services.report import report_hash
from tests.databases import on_one
from tests.making import NOW, body_of, envelope_of, submission_of
from tests.routes.bad_bodies import wrong_bodies


@pytest.fixture
def centre(make):
    return make.organisation()


def post(client, body):
    return client.post("/report", data=body, content_type="application/json")


def kept(session):
    session.rollback()
    number = session.scalar(select(func.count()).select_from(Report))
    session.rollback()  # a transaction left open would keep the portal from writing
    return number


def test_a_report_is_received_and_a_replay_is_answered_the_same(client, session, centre):
    body = body_of(centre)
    first, again = post(client, body), post(client, body)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert set(first.json) == {"report_id", "received_on"}
    assert first.json["report_id"] == json.loads(body)["report_id"]
    assert kept(session) == 1


def test_two_that_race_are_both_received(app, session, centre):
    session.close()
    body = body_of(centre)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _n: post(app.test_client(), body), range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert kept(session) == 1


def test_conflicts_have_names_of_their_own(client, session, make, centre):
    body = body_of(centre)
    post(client, body)
    parsed = json.loads(body)

    def code(**changes):
        answer = post(client, json.dumps(parsed | changes).encode())
        assert answer.mimetype == "application/problem+json"
        assert answer.json["status"] == answer.status_code
        return answer.status_code, answer.json["code"]

    other = b64u(secrets.token_bytes(16))
    assert code(urgent=True) == (409, "report_exists")
    assert code(report_id=other) == (409, "code_used")
    wrong_kid = envelope_of(centre) | {"kid": b64u(secrets.token_bytes(16))}
    assert code(report_id=other, lookup=b64u(bytes(32)), envelopes=[wrong_kid]) == (409, "key_retired")
    gone = secrets.token_bytes(16)
    session.rollback()
    session.add(DestroyedReport(report_hash=report_hash(gone), destroyed_on=NOW.date()))
    session.commit()
    assert code(report_id=b64u(gone)) == (410, "report_destroyed")
    assert kept(session) == 1


@on_one
def test_whatever_is_wrong_with_a_body_is_a_400_that_names_the_field(client, session, centre):
    good = submission_of(centre)
    envelope = good["envelopes"][0]
    bodies = list(wrong_bodies(good))

    def changed(name, where, **changes):
        bodies.append((name, json.dumps(good | changes).encode(), where))

    changed("version 2", "v", v=2)
    changed("version as text", "v", v="1")
    changed("urgent as number", "urgent", urgent=1)
    changed("short id", "report_id", report_id=b64u(bytes(15)))
    changed("padded id", "report_id", report_id=b64u(bytes(16)) + "==")
    changed("spare bits", "report_id", report_id="A" * 21 + "B")
    changed("sealed by the server", "sealed_by", sealed_by="server")
    changed("sealed by a caseworker", "sealed_by", sealed_by="caseworker")
    changed("own of another size", "own", own=b64u(bytes(5000)))
    changed("no envelope", "envelopes", envelopes=[])
    changed("nine envelopes", "envelopes", envelopes=[envelope | {"organisation": f"o{n}"} for n in range(9)])
    changed("one organisation twice", "envelopes", envelopes=[envelope, envelope])
    changed("a slug that is none", "envelopes.0.organisation", envelopes=[envelope | {"organisation": "Ünique"}])
    changed("another length", "envelopes.0.sealed", envelopes=[envelope | {"sealed": b64u(bytes(5231))}])
    changed("a short leaf", "envelopes.0.leaf", envelopes=[envelope | {"leaf": b64u(bytes(31))}])
    changed("an unknown field within", "envelopes.0", envelopes=[envelope | {"note": "x"}])
    two_sizes = [envelope, envelope_of(centre, 16384 + 1136) | {"organisation": "other"}]
    changed("two sizes", "envelopes", envelopes=two_sizes)

    for name, body, where in bodies:
        answer = post(client, body)
        assert (answer.status_code, answer.json["code"]) == (400, "format_error"), name
        assert where is None or answer.json["field"] == where, (name, answer.json["field"])
    assert len(bodies) > 60
    assert kept(session) == 0


@on_one
@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain", "image/png", ""],
)
def test_other_types_are_refused_unread(client, session, centre, content_type):
    answer = client.post("/report", data=body_of(centre), content_type=content_type)
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported_type")
    assert kept(session) == 0


@on_one
def test_too_much_is_refused_and_the_largest_report_is_not(client, make, session):
    made = [make.organisation(f"o{number}", roles=()) for number in range(8)]
    envelopes = [envelope_of(one, 262144 + 1136) for one in made]
    largest = body_of(envelopes=envelopes, own=b64u(secrets.token_bytes(262144 + 28)))
    assert post(client, largest).status_code == 201
    answer = post(client, largest + b" " * (4 * 1024 * 1024 - len(largest) + 1))
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")
    assert kept(session) == 1


def test_only_what_the_list_says_is_kept(client, session, centre):
    """The columns of everything that a reporter causes: whoever adds one also adds a line to what the server sees."""
    headers = {"User-Agent": "canary-agent", "Referer": "https://canary.example/", "Accept-Language": "th"}
    environ = {"REMOTE_ADDR": "192.0.2.77"}
    client.post("/report", data=body_of(centre), content_type="application/json", headers=headers, environ_base=environ)
    assert kept(session) == 1
    written = [
        str(value) for table in Base.metadata.sorted_tables for row in session.execute(select(table)) for value in row
    ]
    assert not [one for one in written if "canary" in one or "192.0.2" in one]
    row = session.scalars(select(Referral)).one()
    assert row.opened_at is row.changed_at is None
    assert {column.name for column in Report.__table__.columns} == {
        "report_id", "lookup", "body_hash", "received_on", "state", "destroy_on", "shred_id", "own",
    }  # fmt: skip


@on_one
def test_the_page_offers_the_organisations_in_the_page_language(client, make, centre):
    page = client.get("/report")
    assert page.status_code == 200
    assert "기관 centre" in page.text
    assert "The centre" in client.get("/en/report").text
