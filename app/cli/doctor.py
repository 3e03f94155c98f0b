"""`flask doctor`: whether the portal can work, in one look."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.errors import NotFound
from app.services import organisation, portal

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"


class Complaint(Exception):
    """What a check found wrong, in words for whoever runs the portal."""


def _schema() -> None:
    head = ScriptDirectory(str(db.MIGRATIONS)).get_current_head()
    with db.engine().connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision()
    if there != head:
        raise Complaint(f"the schema is at {there}, this release needs {head}: run `flask migrate`")


def _pragmas() -> None:
    if db.engine().dialect.name != "sqlite":
        return
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    with db.engine().connect() as connection:
        wrong = [name for name, value in wanted.items() if connection.execute(text(f"PRAGMA {name}")).scalar() != value]
    if wrong:
        raise Complaint(f"SQLite does not hold to {', '.join(wrong)}")


def _portal() -> None:
    try:
        portal.current(db.session())
    except NotFound:
        raise Complaint("there is no portal yet: run `flask setup` (or `flask demo`)") from None
    if not organisation.receiving(db.session()):
        raise Complaint("no organisation has a key in force: nobody can receive a letter")


def _catalogues() -> None:
    late = [
        source.parent.parent.name
        for source in CATALOGUES.glob("*/LC_MESSAGES/*.po")
        if not source.with_suffix(".mo").exists() or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
    ]
    if late:
        raise Complaint(f"translations are not compiled: {', '.join(late)}")


def _operator() -> None:
    settings = current_app.extensions["onestop_settings"]
    if not settings.operator_ko:
        raise Complaint("ONESTOP_OPERATOR_KO is empty: people should read who stands behind this portal")


CHECKS: dict[str, Callable[[], None]] = {
    "schema": _schema,
    "SQLite": _pragmas,
    "portal": _portal,
    "translations": _catalogues,
    "operator": _operator,
}


def complaints() -> Iterator[tuple[str, str]]:
    """Run every check; give each one's name and what is wrong, empty where nothing is."""
    for name, check in CHECKS.items():
        try:
            check()
        except Complaint as complaint:
            yield name, str(complaint)
        except SQLAlchemyError as error:
            yield name, f"the database does not answer ({type(error).__name__})"
        else:
            yield name, ""


@click.command("doctor", help="Check schema, database, portal and translations. Fails if something is wrong.")
@with_appcontext
def command() -> None:
    """Say what is well and what is not."""
    found = list(complaints())
    for name, complaint in found:
        click.echo(f"{'wrong' if complaint else 'ok':<6} {name}{': ' + complaint if complaint else ''}")
    if any(complaint for _name, complaint in found):
        raise SystemExit(1)
