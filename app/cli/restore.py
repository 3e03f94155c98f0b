"""`flask restore`: what `python -m app.client open-backup` wrote, into an empty database of either kind."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.cli.whole_database import filling, knows, newest_revision, revision_of
from app.domain import backup_reading
from app.domain.backup_record import Head, Totals
from app.errors import FormatError
from app.services import restoration


class Refused(Exception):
    """Why nothing is restored, in words for whoever runs the portal."""


@click.command(
    "restore",
    help="Fill an empty database from a backup that `python -m app.client open-backup` opened. All of it or nothing. "
    "What happened after the backup did not happen: see docs/operations.md for whom to tell.",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_appcontext
def command(file: Path) -> None:
    """Restore, or say in one line why not."""
    try:
        head, totals = _restore(file)
    except (Refused, OSError, SQLAlchemyError) as error:
        message = f"nothing was restored: {_reason(error)}"
        raise click.ClickException(message) from error
    click.echo(f"restored as of {head.made_at:%Y-%m-%d %H:%M:%S} UTC: {totals.line()}")


def _restore(file: Path) -> tuple[Head, Totals]:
    try:
        with file.open("rb") as stream:
            head, _totals = backup_reading.whole(stream)
        _prepare(head)
        with file.open("rb") as stream, filling(db.engine()) as connection:
            if not restoration.is_empty(connection):
                raise Refused(NOT_EMPTY)
            totals = restoration.restore(connection, backup_reading.records(stream))
    except FormatError as error:
        half = "half a backup" if error.field == "backup.end" else "no backup, or a damaged one"
        message = f"{file.name} is {half} ({error.field})"
        raise Refused(message) from error
    db.migrate(db.engine())
    db.checkpoint(db.engine())
    return head, totals


NOT_EMPTY = "this database has rows; a backup goes into an empty one"


def _prepare(head: Head) -> None:
    """Bring an empty database to the backup's revision; what came later is done to its rows as to any others."""
    with db.engine().connect() as connection:
        if not restoration.is_empty(connection):
            raise Refused(NOT_EMPTY)
        there = revision_of(connection)
    if not knows(head.revision):
        message = f"it was made at revision {head.revision}, this release is at {newest_revision()}: use a newer one"
        raise Refused(message)
    if there != head.revision:
        if there is not None:
            db.migrate(db.engine(), "base")
        db.migrate(db.engine(), head.revision)


def _reason(error: Exception) -> str:
    return f"the database refused it ({type(error).__name__})" if isinstance(error, SQLAlchemyError) else str(error)
