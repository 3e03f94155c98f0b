"""What the doctor sees."""

import dataclasses

import pytest

from app import create_app
from app.db import engine_for, migrate
from tests.making import Maker


@pytest.fixture
def examine(settings):
    """Run the doctor on a portal with these settings; give its exit code and its lines by name."""
    made = []

    def run(**changes):
        app = create_app(dataclasses.replace(settings, operator_ko="시험 기관", **changes))
        made.append(app)
        ran = app.test_cli_runner().invoke(args=["doctor"])
        return ran.exit_code, {line.split()[1].rstrip(":"): line for line in ran.output.splitlines()}

    yield run
    for app in made:
        app.extensions["onestop_engine"].dispose()


def test_a_portal_in_order(examine, session):
    Maker(session).organisation()
    code, lines = examine()
    assert (code, {line.split()[0] for line in lines.values()}) == (0, {"ok"})


def test_a_portal_that_was_never_set_up(examine):
    code, lines = examine()
    assert code == 1
    assert "flask setup" in lines["portal"]


def test_a_portal_where_nobody_can_receive(examine, make):
    make.portal()
    assert "nobody can receive" in examine()[1]["portal"]


def test_an_old_schema(examine, settings):
    engine = engine_for(settings.database_url)
    migrate(engine, "base")
    try:
        code, lines = examine()
        assert code == 1
        assert "flask migrate" in lines["schema"]
    finally:
        migrate(engine)
        engine.dispose()


def test_a_database_that_is_away(examine, tmp_path):
    code, lines = examine(database_url=f"sqlite:///{tmp_path / 'no' / 'such' / 'place.db'}")
    assert code == 1
    assert "does not answer" in lines["schema"]
