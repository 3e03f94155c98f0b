"""The schema of this release, from nothing and again."""

import dataclasses

from sqlalchemy import inspect

from app import create_app
from app.models import Base


def test_an_empty_database_gets_every_table_and_a_second_run_changes_nothing(settings, tmp_path):
    app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'new.db'}"))
    engine = app.extensions["onestop_engine"]
    for _time in range(2):
        ran = app.test_cli_runner().invoke(args=["migrate"])
        assert (ran.exit_code, ran.exception) == (0, None)
        assert set(inspect(engine).get_table_names()) >= set(Base.metadata.tables)
    engine.dispose()
