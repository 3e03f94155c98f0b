"""The whole story, in both languages, and then a search of the server for every word that was typed on the way."""

import contextlib
import re
import secrets

import pytest
from sqlalchemy import select, text

from app.domain.wire import b64u_encode
from app.models import Organisation, Referral
from tests.browser.canaries import forms_of
from tests.browser.journey_people import Caseworker, Reporter, Words
from tests.browser.searched_portal import SearchedPortal, held_request, look, small_postgres

pytestmark = [pytest.mark.slow, pytest.mark.whole_browser]
PHONE, DESK = 360, 1280


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def portal(request, tmp_path_factory):
    with contextlib.ExitStack() as stack:
        settings, server = {}, None
        if request.param == "postgresql":
            server = stack.enter_context(small_postgres())
            settings = {"database_url": server.database()}
        running = stack.enter_context(SearchedPortal(tmp_path_factory.mktemp("journey"), **settings))
        running.server = server
        yield running


def referrals(portal, slug):
    """The ids of an organisation's referrals, as addresses have them."""
    wanted = select(Referral.referral_id).join(Organisation, Organisation.organisation_id == Referral.organisation_id)
    with portal.session() as session:
        return {b64u_encode(found) for found in session.scalars(wanted.where(Organisation.slug == slug))}


def defanged(url):
    return url.replace("https://", "hxxps[:]//").replace(".example", "[.]example")


def story(portal, new_context, language):
    """A report is sent, read, worked and answered; gives everything that was typed on the way, by name."""
    words = Words(language)
    before = {slug: referrals(portal, slug) for slug in ("demo-centre", "demo-commission")}
    reporter = Reporter(new_context(width=PHONE, height=740, language=language), language, "reporter")
    reporter.report(words)
    (to_centre,), (to_commission,) = (referrals(portal, slug) - known for slug, known in before.items())

    centre = Caseworker(new_context(width=DESK, height=900, language=language), language, "centre")
    account = portal.account("support_centre")
    centre.sign_in(account)
    centre.open(to_centre)
    assert centre.links() == [defanged(link) for link in words.links]
    assert words.account not in centre.page.content()
    centre.page.locator("[data-closed=account] button").click()
    centre.page.get_by_text(words.account).wait_for()
    centre.picture("letter")

    commission = Caseworker(new_context(width=DESK, height=900, language=language), language, "commission")
    commission.sign_in(portal.account("commission"))
    commission.open(to_commission)
    assert commission.links() == [defanged(link) for link in words.links]
    assert commission.page.locator("[data-closed=account] button").is_disabled()
    assert words.account not in commission.page.content()
    commission.picture("letter")
    commission.go(f"/referral/{to_centre}")
    assert commission.page.locator("#case").count() == 0

    centre.claim_and_answer(words)
    centre.picture("answered")

    thread = reporter.come_back(words).filter(has_text=words.answer)
    assert thread.count() == 1
    assert words.state in thread.inner_text()
    assert words.note not in reporter.page.content()
    reporter.picture("answer")
    reporter.answer_back(thread, words.reply)
    reporter.picture("answered-back")

    centre.open(to_centre)
    centre.page.get_by_text(words.reply).wait_for()
    centre.picture("reply")
    assert reporter.page.context.cookies() == []
    typed = words.canaries() | {"passphrase": account["passphrase"]}
    return {f"{name} ({language})": text for name, text in typed.items()}


def test_words_that_did_reach_the_server_would_be_found(portal):
    planted = f"일부러 심은 말 {secrets.token_hex(8)}"
    assert look(portal, {"planted": planted}).found == set()
    everything = b"\n".join(forms_of(planted).values())
    with held_request(portal, everything):
        found = look(portal, {"planted": planted}).found
    assert {form for place, _name, form in found if place.startswith("process")} == set(forms_of(planted))

    scratch = portal.directory / "scratch"
    scratch.write_bytes(everything)
    found = look(portal, {"planted": planted}).found
    assert {form for place, _name, form in found if place == "scratch"} == set(forms_of(planted))
    scratch.unlink()


def test_words_that_did_reach_the_database_would_be_found(portal):
    planted = f"일부러 심은 말 {secrets.token_hex(8)}"
    assert look(portal, {"planted": planted}).found == set()
    with portal.session() as session:
        session.execute(text("UPDATE organisation SET region = :planted"), {"planted": planted})
        session.commit()
        found = look(portal, {"planted": planted}).found
        session.execute(text("UPDATE organisation SET region = 'seoul'"))
        session.commit()
    assert [place for place, _name, _form in found if not place.startswith("process")]
    if portal.server is not None:
        assert [place for place, _name, _form in found if place.startswith("process")]


def test_the_whole_story_leaves_no_word_on_the_server(portal, new_context, watch):
    watch.allow("status of 404")  # the referral of another organisation, asked for on purpose
    typed = story(portal, new_context, "ko") | story(portal, new_context, "en")
    assert len(typed) == 2 * 11
    search = look(portal, typed)
    assert search.found == set()
    names = {path.name for path in portal.places()}
    of_the_database = {"onestop.db", "onestop.db-wal"} if portal.server is None else {"PG_VERSION", "pg_control"}
    assert of_the_database | {"portal.log"} <= names
    assert len(portal.pids()) >= 3
    assert search.searched > 50_000_000
    log = portal.log.read_text(encoding="utf-8")
    assert not re.search(r"127\.0\.0\.1 - -|GET /|POST /", log)
