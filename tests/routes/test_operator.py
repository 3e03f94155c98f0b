"""The operator's pages: organisations come, are paused and closed; no letter and nothing about one is in reach."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.access import COOKIE, TOKEN_FIELD, declared_by
from app.domain.wire import b64u_encode as b64u
from app.models import AccessLog, Organisation, Referral
from app.services import session as staff_session
from tests import inviting
from tests.databases import on_one
from tests.making import Maker, body_of
from tests.operating import operator_made

pytestmark = on_one
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def maker(session):
    return Maker(session, now=datetime.now(UTC))


@pytest.fixture
def ruler(app, session, maker):
    """A browser of the operator's: `get(path)`, `send(path, **fields)`."""
    made = operator_made(session, maker)
    cookie, signed_in = staff_session.start(session, made.people["operator"].caseworker_id, datetime.now(UTC))
    session.commit()
    client = app.test_client()
    client.set_cookie(COOKIE, cookie)

    class Ruler:
        get = staticmethod(client.get)
        open = staticmethod(client.open)

        @staticmethod
        def send(path, **fields):
            return client.post(path, data={TOKEN_FIELD: b64u(signed_in.csrf), **fields}, headers=SAME)

    return Ruler


def add(ruler, **changes):
    fields = {"kind": "police", "name_ko": "새 기관", "name_en": "New", "slug": "new", "region": "seoul"}
    return ruler.send("/operator/organisation", **fields | changes)


def test_a_second_organisation_comes_to_be_and_takes_reports(client, ruler, maker, session):
    maker.organisation()
    assert add(ruler).headers["Location"] == "/operator/organisation/new"
    first = ruler.send("/operator/organisation/new/invitation")
    page = ruler.send("/operator/organisation/new/invitation")
    secret = re.search(r"/invitation#([\w-]{43})<", page.text)[1]
    assert secret not in first.text
    assert secret not in ruler.get("/operator/organisation/new").text
    founding = inviting.founding(secret, maker.portal().portal_id, "new")
    session.rollback()
    done = client.post("/invitation/founding", json=founding, headers=SAME)
    assert done.status_code == 201
    directory = client.get("/api/v1/directory").json
    assert [one["slug"] for one in directory["organisations"]] == ["centre", "new"]
    for path in ("/operator/organisation/new", "/organisation/new"):
        assert done.json["fingerprint"] in ruler.get(path).text
    assert ruler.send("/operator/organisation/new/invitation").status_code == 409


def test_what_will_not_do_is_said_at_its_field(ruler, session):
    add(ruler)
    for changes, field in (
        ({}, "slug"),
        ({"slug": "Ä"}, "slug"),
        ({"slug": "other", "name_ko": " "}, "name_ko"),
        ({"slug": "other", "name_en": "x" * 81}, "name_en"),
        ({"slug": "other", "kind": "operator"}, "kind"),
        ({"slug": "other", "region": "mars"}, "region"),
    ):
        answer = add(ruler, **changes)
        assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True), changes
    assert session.scalars(select(Organisation.slug).order_by(Organisation.slug)).all() == ["new", "operator"]


def test_a_closed_one_names_its_successor_where_people_choose(client, ruler, maker):
    maker.organisation("first"), maker.organisation("second")
    sent = ruler.send("/operator/organisation/first/standing", standing="closed", successor="second")
    assert sent.status_code == 303
    for path in ("/report", "/report/plain/write", "/organisation/first"):
        page = client.get(f"/en{path}").text
        assert "The first has closed" in page, path
        assert "The second can be chosen instead." in page, path
    assert "organisation-first-chosen" not in client.get("/report").text
    assert "organisation-second-chosen" in client.get("/report").text
    wrong = ruler.send("/operator/organisation/first/standing", standing="closed", successor="first")
    assert (wrong.status_code, 'href="#successor"' in wrong.text) == (422, True)
    assert ruler.get("/operator/organisation/nobody").status_code == 404


def test_a_report_to_a_closed_one_is_refused_with_its_name_and_the_rest_is_kept_for_a_new_choice(client, ruler, maker):
    first, second = maker.organisation("first"), maker.organisation("second")
    maker.session.rollback()
    ruler.send("/operator/organisation/first/standing", standing="paused", successor="")
    body = body_of(first, second)
    answer = client.post("/report", data=body, content_type="application/json", headers=SAME)
    assert (answer.status_code, answer.json["code"], answer.json["organisations"]) == (409, "not_receiving", ["first"])
    assert maker.session.query(Referral).count() == 0


def test_pages_say_what_the_operator_cannot_do_and_hold_no_secret(ruler, settings):
    for path in ("/operator", "/operator/settings", "/operator/new-organisation"):
        for root in ("", "/en"):
            answer = ruler.get(root + path)
            assert answer.status_code == 200
            assert (
                "From here no letter can be opened." in answer.text
                or "여기서는 어떤 편지도 열 수 없어요." in answer.text
            )
            assert settings.secret_key not in answer.text
    assert "ONESTOP_LIMIT_REPORT_ALL" in ruler.get("/operator/settings").text
    assert "SECRET_KEY" not in ruler.get("/operator/settings").text
    assert "DATABASE_URL" not in ruler.get("/operator/settings").text


def test_nothing_of_an_organisations_work_is_in_reach(app, ruler, maker):
    """Every address that is not the operator's own, an account's or a stranger's is refused."""
    made = maker.organisation()
    maker.report(made)
    referral_id = maker.session.query(Referral.referral_id).scalar()
    maker.session.rollback()
    walked = 0
    for rule in app.url_map.iter_rules():
        needed = declared_by(app.view_functions[rule.endpoint]).role
        if needed in {"anyone", "operator", "account"}:
            continue
        path = rule.rule.replace("<referral_id>", b64u(referral_id))
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = ruler.open(
                re.sub(r"<\w+>", "x", path), method=method, headers=SAME, json={} if method == "POST" else None
            )
            assert answer.status_code == 403, (method, rule.rule)
            walked += 1
    assert walked > 20


def test_what_the_operator_does_is_in_the_operators_own_log(ruler, session):
    add(ruler)
    ruler.send("/operator/organisation/new/invitation")
    ruler.send("/operator/organisation/new/invitation/withdrawal")
    rows = session.execute(select(AccessLog.action, AccessLog.detail).order_by(AccessLog.number)).all()
    assert [tuple(row) for row in rows] == [
        ("organisation_changed", "added"), ("invited", "lead"), ("invitation_withdrawn", "lead"),
    ]  # fmt: skip
