"""The pages of figures by role, what is taken along, and what strangers see before and after something is public."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app.access import TOKEN_FIELD
from app.forms.figures import harmless
from app.models import Organisation, Referral
from app.services import figure_counting
from tests.databases import on_one
from tests.making import logged
from tests.staff_browser import StaffBrowser

NOW = datetime.now(UTC)
MONTHS_AGO = (NOW - timedelta(days=75)).date()


@pytest.fixture
def centre(session, make):
    made = make.organisation(roles=("lead", "caseworker", "viewer", "auditor"))
    for _one in range(9):
        make.report(made)
    session.execute(update(Referral).values(received_on=MONTHS_AGO, state_on=MONTHS_AGO))
    session.execute(update(Organisation).values(created_at=NOW - timedelta(days=75)))
    session.commit()
    figure_counting.count(session, made.organisation_id, NOW)
    return made


@pytest.fixture
def enter(app, centre, session):
    session.rollback()

    def entered(role):
        browser = StaffBrowser(app)
        browser.sign_in(centre.people[role])
        return browser

    return entered


def send(browser, path, **fields):
    return browser.client.post(
        path, data={TOKEN_FIELD: browser.csrf, **fields}, headers={"Sec-Fetch-Site": "same-origin"}
    )


@on_one
def test_everybody_who_reads_the_queue_sees_figures_and_only_a_lead_what_is_public(enter):
    for role in ("lead", "caseworker", "viewer"):
        page = enter(role).get("/en/figures?weeks=52")
        assert page.status_code == 200
        assert "Letters that came in" in page.text
        assert re.search(r'class="figure__total">\s*9\s*<', page.text)
        assert page.text.count("<svg") == page.text.count('aria-hidden="true" focusable="false"') > 10
        assert "style=" not in page.text
        assert ("/figures/publication" in page.text) == (role == "lead")
    assert enter("auditor").get("/figures").status_code == 403
    for role in ("caseworker", "viewer", "auditor"):
        assert enter(role).get("/figures/publication").status_code == 403
        assert send(enter(role), "/figures/publication", digest="x").status_code == 403
        assert send(enter(role), "/figures/publication/taking-back").status_code == 403


@on_one
def test_the_period_stands_in_the_address(enter):
    viewer = enter("viewer")
    assert re.search(r'class="figure__total">\s*0\s*<', viewer.get("/figures?weeks=4").text)
    until = viewer.get(f"/figures?weeks=4&until={MONTHS_AGO.isoformat()}").text
    assert re.search(r'class="figure__total">\s*9\s*<', until)
    for wrong in ("weeks=3", "until=yesterday", "weeks=4&until=0001-01-01"):
        assert viewer.get(f"/figures?{wrong}").status_code == 400


@on_one
def test_before_the_first_count_the_page_says_so(app, session, make):
    made = make.organisation("new", roles=("viewer",))
    session.rollback()
    browser = StaffBrowser(app)
    browser.sign_in(made.people["viewer"])
    assert "Nothing has been counted yet" in browser.get("/en/figures").text


@on_one
def test_a_table_is_taken_along_with_a_reason_and_without_formulas(enter, session):
    viewer = enter("viewer")
    answer = send(viewer, "/en/figures/export", weeks="52", until="", reason="report")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert re.fullmatch(
        r'attachment; filename="figures-centre-[0-9-]{10}-52\.csv"', answer.headers["Content-Disposition"]
    )
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert ["Letters that came in", "", "All", "9"] in rows
    assert all(row[-1] in {"0", "not shown"} or int(row[-1]) >= 5 for row in rows[1:])
    assert logged(session)[-1] == ("figures_exported", "report")
    session.rollback()
    assert send(viewer, "/figures/export", weeks="52", until="", reason="").status_code == 400
    assert send(enter("auditor"), "/figures/export", weeks="52", until="", reason="report").status_code == 403
    assert [harmless(cell) for cell in ("=1+1", " @x", "-2", "＝A1", "8 to 30")] == [
        "'=1+1",
        "' @x",
        "'-2",
        "'＝A1",
        "8 to 30",
    ]


def texts_of(client):
    return {
        path: client.get(path).text for path in ("/en/statistics", "/statistics", "/en/privacy", "/en/organisations")
    }


@on_one
def test_nothing_is_public_until_the_lead_presses_and_nothing_after_she_takes_it_back(client, enter):
    before = texts_of(client)
    assert "Nothing is published yet." in before["/en/statistics"]
    assert "아직 공개된 통계가 없습니다." in before["/statistics"]
    assert all('href="/en/statistics"' not in before[path] for path in ("/en/privacy", "/en/organisations"))
    empty = {"v": 1, "not_shown_below": 5, "organisations": []}
    assert client.get("/statistics.json").json == empty
    lead = enter("lead")
    preview = lead.get("/en/figures/publication").text
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', preview)[1]
    changed = send(lead, "/en/figures/publication", digest="0" * 64)
    assert changed.location.endswith("done=changed")
    assert "Nothing was made public" in lead.get(changed.location).text
    assert client.get("/statistics.json").json == empty
    done = send(lead, "/en/figures/publication", digest=digest)
    assert (done.status_code, done.location) == (303, "/en/figures/publication?done=published")
    after = texts_of(client)
    assert "The centre" in after["/en/statistics"]
    assert all('href="/en/statistics"' in after[path] for path in ("/en/privacy", "/en/organisations"))
    answer = client.get("/statistics.json")
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    (organisation,) = answer.json["organisations"]
    month = next(one for one in organisation["months"] if one["month"] == MONTHS_AGO.isoformat()[:7])
    assert month["received"]["total"] == 9
    assert MONTHS_AGO.isoformat()[:7] in after["/en/statistics"]
    back = send(lead, "/en/figures/publication/taking-back")
    assert back.location.endswith("done=taken_back")
    assert texts_of(client) == before
    assert client.get("/statistics.json").json == empty


@on_one
def test_the_public_page_shows_what_the_preview_showed(client, enter):
    lead = enter("lead")
    preview = lead.get("/en/figures/publication").text
    send(lead, "/en/figures/publication", digest=re.search(r'name="digest" value="([0-9a-f]{64})"', preview)[1])
    tables = [
        re.findall(r"<table.*?</table>", page, re.DOTALL) for page in (preview, client.get("/en/statistics").text)
    ]
    assert tables[0] == tables[1]
    assert tables[0]
