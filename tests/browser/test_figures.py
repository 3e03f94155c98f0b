"""Figures on three widths in two languages, with and without scripts, and what becomes public of them."""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import give_passphrase
from tests.browser.live_portal import LivePortal

expect.set_options(timeout=20_000)
WIDTHS = (1280, 768, 360)
SAID = {"ko": re.compile("적어|요약이 있는 처리 중 신고: "), "en": re.compile("too few|with a summary")}


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of its own: what is public here would be so for others."""
    with LivePortal(tmp_path_factory.mktemp("figures")) as running:
        with sqlite3.connect(running.database) as rows:
            rows.execute("UPDATE organisation SET created_at = '2026-06-10 00:00:00.000000'")
        yield running


def looked_at(page, axe, overflow):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0, width
        assert axe(page) == [], width


@pytest.mark.parametrize(("language", "prefix"), [("ko", ""), pytest.param("en", "/en", marks=pytest.mark.slow)])
def test_a_viewer_sees_figures_and_counts_what_only_her_browser_can(
    portal, new_context, axe, overflow, language, prefix
):
    page = new_context(language=language).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    give_passphrase(page, portal.account("support_centre", "viewer"), "/figures", prefix)
    expect(page.locator("#received-title")).to_be_visible()
    page.locator("#content-count").click()
    # Which letters of the demo have a summary is chance, so few or enough of a kind.
    expect(page.locator("#content-said")).to_contain_text(SAID[language])
    looked_at(page, axe, overflow)
    page.locator("#weeks").select_option("52")
    page.locator(".figures__period button").click()
    page.wait_for_url(re.compile("weeks=52"))
    looked_at(page, axe, overflow)
    with page.expect_download() as download:
        page.locator(".figures__export button").click()
    assert Path(download.value.path()).read_text(encoding="utf-8-sig").count("\n") > 60
    assert not any("harm" in one for one in asked)


@pytest.mark.slow
def test_a_lead_makes_months_public_and_takes_them_back_without_scripts(portal, new_context, axe, overflow):
    page = new_context().new_page()
    give_passphrase(page, portal.account("support_centre", "lead"), "/figures")
    stranger = new_context(java_script_enabled=False).new_page()
    stranger.goto("/statistics")
    expect(stranger.locator("main")).to_contain_text("아직 공개된 통계가 없습니다.")
    plain = new_context(java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    lead = plain.new_page()
    lead.goto("/figures")
    expect(lead.locator("#received-title")).to_be_visible()
    expect(lead.locator("#content-count")).to_be_hidden()
    page.goto("/figures/publication")
    looked_at(page, axe, overflow)
    lead.goto("/figures/publication")
    lead.get_by_role("button", name="이 내용 그대로 공개하기").click()
    lead.wait_for_url(re.compile("done=published"))
    for language, prefix in (("ko", ""), ("en", "/en")):
        public = new_context(language=language).new_page()
        public.goto(f"{prefix}/statistics")
        public.locator("summary", has=public.locator("time[datetime='2026-07']")).first.click()
        expect(public.locator("details[open] table").first).to_be_visible()
        looked_at(public, axe, overflow)
    stranger.goto("/privacy")
    stranger.locator(".page-footer a[href='/statistics']").click()
    expect(stranger.locator("h2").first).to_be_visible()
    lead.get_by_role("button", name="공개 모두 거두기").click()
    lead.wait_for_url(re.compile("done=taken_back"))
    stranger.goto("/statistics")
    expect(stranger.locator("main")).to_contain_text("아직 공개된 통계가 없습니다.")
