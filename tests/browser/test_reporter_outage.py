"""The database goes away while somebody sends: the page says why it waits, and goes on by itself."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from app.db import engine_for
from tests.browser.live_portal import LivePortal
from tests.browser.reporting import REFUSED, code_of, come_back, written
from tests.durability.postgres import DurablePostgres
from tests.durability.serving import organisations_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def postgres():
    with DurablePostgres() as running:
        yield running


@pytest.fixture(scope="module")
def portal(postgres, tmp_path_factory):
    """Two organisations without anybody in them, which is soon made."""
    url = postgres.database()
    running = LivePortal(tmp_path_factory.mktemp("portal"), demo=False, database_url=url)
    organisations_in(url, [("demo-centre", "support_centre"), ("demo-commission", "commission")])
    with running:
        yield running


def reports_in(url):
    engine = engine_for(url)
    with engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM report")).scalar_one()
    engine.dispose()
    return count


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgresql_stopped_while_somebody_sends(page, portal, postgres, watch, mode, tmp_path):
    watch.allow(REFUSED)
    url, bodies, answers = portal.environment["ONESTOP_DATABASE_URL"], [], []
    page.on("request", lambda request: bodies.append(request.post_data) if request.method == "POST" else None)
    page.on("response", lambda one: answers.append(one.status) if one.request.method == "POST" else None)
    before = reports_in(url)
    written(page)
    postgres.stop(mode)
    page.locator("#send").click()
    words = page.locator("#sending-words")
    expect(words).to_contain_text("잠시만요. 지금 포털이 잠깐 멈췄습니다")
    expect(words).to_contain_text("적으신 내용은 여기 그대로 있습니다")
    page.screenshot(path=tmp_path / "waiting.png")
    postgres.start()
    code = code_of(page)  # nobody pressed anything
    assert set(answers) == {503, 201}
    assert len(set(bodies)) == 1
    assert reports_in(url) == before + 1
    page.locator("#decline-code").click()
    come_back(page, code)
    expect(page.locator("#threads .thread")).to_have_count(2)
