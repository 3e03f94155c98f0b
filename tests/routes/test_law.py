"""Pages of law: what they say follows settings, data and the code that really does it."""

import dataclasses
import re
from datetime import timedelta

import pytest
from markupsafe import escape

from app import create_app
from app.data import policies, remedies
from app.domain.deadline import day_of
from app.domain.retention import CLOSED
from app.models import Keeping, Organisation
from app.services import clock, guessing, invitation, junk, known_browser, purge
from app.services import session as staff_session
from tests.databases import on_one
from tests.making import NOW

pytestmark = on_one
TODAY = day_of(NOW)
UNSAID = "운영자가 아직 적지 않았습니다."
PATHS = ["/privacy/policy", "/privacy/kept", "/privacy/consent", "/rights", "/accessibility", "/notices"]


@pytest.fixture
def made(settings):
    apps = []

    def make(**more):
        app = create_app(dataclasses.replace(settings, **more))
        apps.append(app)
        return app.test_client()

    yield make
    for app in apps:
        app.extensions["onestop_engine"].dispose()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_law_is_reached_from_the_foot_of_every_page(client, prefix):
    reached, foot = {f"{prefix}/"}, re.findall(r'href="([^"#]+)"', client.get(f"{prefix}/").text.split("<footer")[1])
    todo = [path for path in foot if path.startswith(prefix)]
    while todo:
        path = todo.pop()
        if path in reached or not re.match(rf"{prefix}/(privacy|rights|accessibility|notices)", path):
            continue
        reached.add(path)
        todo += re.findall(r'href="([^"#]+)"', client.get(path).text)
    assert {f"{prefix}{path}" for path in PATHS} <= reached


def test_what_the_operator_did_not_say_is_not_made_up(made):
    page = made().get("/privacy/policy").text
    assert page.count(UNSAID) == 5  # four facts, and since when it is in force
    assert "운영자가 아직 적지 않았습니다" in made().get("/rights").text
    assert "The operator has not written this yet." in made().get("/en/accessibility").text


def test_what_the_operator_said_stands_there_and_the_other_language_is_better_than_nothing(made):
    client = made(
        operator_ko="운영 센터",
        operator_en="The Centre",
        privacy_officer_ko="<보호>책임자",
        hosting_ko="서울",
        processors_ko="없음",
        policy_from="2026-12-01",
        accessibility_contact_en="tell@centre.example",
    )
    page = client.get("/privacy/policy").text
    assert UNSAID not in page
    for words in ("운영 센터", "&lt;보호&gt;책임자", "서울", "없음", "2026-12-01부터 시행"):
        assert words in page
    english = client.get("/en/privacy/policy").text
    assert "The Centre" in english
    assert '<p class="govuk-body law__answer" lang="ko">&lt;보호&gt;책임자</p>' in english
    assert "tell@centre.example" in client.get("/accessibility").text
    assert "운영 센터" in made(operator_ko="운영 센터").get("/accessibility").text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_policy_has_what_article_30_lists(client, prefix):
    page = client.get(f"{prefix}/privacy/policy").text
    wanted = {
        "purposes", "items", "periods", "recipients", "processors", "destruction", "rights", "automatic", "safety",
        "officer", "remedies", "changes", "who",
    }  # fmt: skip
    assert set(re.findall(r'<h2 class="govuk-heading-m" id="(\w+)"', page)) == wanted
    for one in remedies():
        assert f'href="tel:{one["phone"]}"' in page
        assert escape(one["name"]["en" if prefix else "ko"]) in page


def test_every_version_of_the_policy_can_be_read_and_no_other(client):
    for one in policies():
        assert f"제{one['version']}판 ({one['published_on']})" in client.get(f"/privacy/policy/{one['version']}").text
    for unknown in ("0", "99", "x", "١"):
        assert client.get(f"/privacy/policy/{unknown}").status_code == 404


def cells(page):
    """What the table says, by what it is about."""
    rows = re.findall(
        r'<th scope="row">(.*?)<span class="law__about">(.*?)</span></th>\s*<td>(.*?)</td>', page, re.DOTALL
    )
    return {what: (about, how_long) for what, about, how_long in rows}


def test_how_long_things_are_kept_is_what_the_settings_say(made):
    table = cells(made(log_years=7, backups_kept=3).get("/en/privacy/kept").text)
    assert table["The log of what staff opened and did"][1] == "7 years"
    assert table["Sealed backups"][1] == "The newest 3"
    assert cells(made().get("/en/privacy/kept").text)["Sealed backups"][1] == "The newest 14"


@pytest.mark.parametrize(
    ("module", "name", "what", "said"),
    [
        (clock, "KEPT_FOR", "What you withdrew", "96 hours"),
        (clock, "KEPT_FOR", "What you keep to go on with later", "96 hours"),
        (junk, "KEPT_FOR", "Letters that staff took for junk", "4 days"),
        (purge, "EMPTY_ROWS_KEPT", "The empty line of a destroyed letter", "4 days"),
        (staff_session, "WHOLE", "Sign-ins of staff", "96 hours"),
        (guessing, "FORGOTTEN_AFTER", "Failed sign-ins", "4 days"),
        (known_browser, "KEPT", "The mark of a browser in which staff signed in", "4 days"),
        (invitation, "FORGOTTEN_AFTER", "Invitations of staff", "4 days"),
    ],
)
def test_how_long_things_are_kept_follows_the_code_that_destroys_them(client, monkeypatch, module, name, what, said):
    before = client.get("/en/privacy/kept").text
    monkeypatch.setattr(module, name, timedelta(days=4))
    assert cells(before)[what][1] != said
    assert cells(client.get("/en/privacy/kept").text)[what][1] == said


def test_each_organisation_is_named_with_the_days_that_it_chose(client, session, make):
    chosen, _usual = [make.organisation(slug=slug) for slug in ("chosen", "usual")]
    session.commit()
    before = cells(client.get("/en/privacy/kept").text)
    assert {before[f"The {slug}"][1] for slug in ("chosen", "usual")} == {f"{CLOSED.usual} days after closing"}
    row = session.get_one(Organisation, chosen.organisation_id)
    row.keeping = 2
    session.add(Keeping(organisation_id=row.organisation_id, place=2, since=TODAY, closed_days=45, quiet_days=99))
    session.commit()
    after = cells(client.get("/en/privacy/kept").text)
    assert after["The chosen"] == ("99 days where nothing happens, while it is open.", "45 days after closing")
    assert after["The usual"] == before["The usual"]
    assert f"{CLOSED.least} to {CLOSED.most} days" in client.get("/en/privacy/kept").text
    assert after["A letter under a legal hold"][1] == "Until the hold ends"


@pytest.mark.parametrize("policy", ["links_only", "help_lines", "open"])
def test_what_is_said_of_children_is_what_the_setting_does(made, policy):
    page = made(under_14=policy).get("/en/rights").text
    assert ("links and ticked answers only" in page) == (policy == "links_only")
    assert ("You cannot report here alone" in page) == (policy == "help_lines")
    assert ("You can report alone." in page) == (policy == "open")


def test_rights_are_linked_from_where_people_come_back(client):
    main = client.get("/follow-up").text.split("<footer")[0]
    assert 'href="/rights"' in main


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_titles_are_neutral_and_nothing_is_stored(client, prefix, path):
    answer = client.get(prefix + path)
    (title,) = re.findall(r"<title>(.*?)</title>", answer.text)
    assert not re.search("신고|범죄|피해|crime|report|victim", title, re.IGNORECASE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_pages_stand_while_the_database_is_away(made, tmp_path):
    client = made(database_url=f"sqlite:///{tmp_path}/none.db")
    for path in set(PATHS) - {"/notices"}:
        assert client.get(path).status_code == 200
