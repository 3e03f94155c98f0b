"""`flask restore`: what `python -m app.client open-backup` wrote, into an empty database of either kind."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.cli.whole_database import filling, knows, newest_revision, revision_of
from app.domain import backup_reading
from app.domain.backup_record import Head, Totals
from app.errors import FormatError
from app.services import restoration, shred_backup, shred_setup, shred_sweep
from app.services.shred_store import store_of


class Refused(Exception):
    """Why nothing is restored, in words for whoever runs the portal."""


@click.command(
    "restore",
    help="Fill an empty database from a backup that `python -m app.client open-backup` opened. All of it or nothing. "
    "What happened after the backup did not happen: see docs/operations.md for whom to tell.",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--keys",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The newest copy of the store of shred keys, opened too. Not needed where the store itself is still there.",
)
@with_appcontext
def command(file: Path, keys: Path | None) -> None:
    """Restore, or say in one line why not."""
    try:
        head, totals = _restore(file, keys)
        gone = shred_sweep.compare(db.session(), datetime.now(UTC))
    except (Refused, OSError, SQLAlchemyError) as error:
        message = f"nothing was restored: {_reason(error)}"
        raise click.ClickException(message) from error
    click.echo(f"restored as of {head.made_at:%Y-%m-%d %H:%M:%S} UTC: {totals.line()}")
    if gone.referrals:
        click.echo(f"{gone.referrals} referrals and {gone.reports} reports were destroyed since, and stay destroyed")
    db.checkpoint(db.engine())


def _restore(file: Path, keys: Path | None) -> tuple[Head, Totals]:
    try:
        with file.open("rb") as stream:
            head, _totals = backup_reading.whole(stream)
        _must_be_known(head)
        to_fill = _keys_for(file, keys)
        _prepare(head)
        if to_fill is not None:
            shred_backup.fill(store_of(db.engine()), to_fill)
        with file.open("rb") as stream, filling(db.engine()) as connection:
            if not restoration.is_empty(connection):
                raise Refused(NOT_EMPTY)
            totals = restoration.restore(connection, backup_reading.records(stream))
    except FormatError as error:
        half = "half a backup" if error.field == "backup.end" else "no backup, or a damaged one"
        message = f"{file.name} is {half} ({error.field})"
        raise Refused(message) from error
    db.migrate(db.engine())
    return head, totals


NOT_EMPTY = "this database has rows; a backup goes into an empty one"


def _keys_for(file: Path, keys: Path | None) -> Path | None:
    """Give the copy that the store is to be filled from; None where what is in place is newer, or nothing is needed."""
    noted, store = shred_backup.noted_in(file), store_of(db.engine())
    if noted is None:
        return None
    copy = None if keys is None else _state_of(keys)
    there = store.state() if shred_setup.is_there(store) else None
    if there is not None and there.store_id == noted.store_id:
        newest = max(noted.generation, 0 if copy is None else copy.generation)
        if there.generation >= newest:
            return None
    if copy is None:
        raise Refused("it lies under shred keys: give their newest copy, opened, with --keys (docs/operations.md)")
    if copy.store_id != noted.store_id:
        raise Refused("these shred keys are another portal's: give the newest copy that was made with this backup's")
    if copy.generation < noted.generation:
        raise Refused("these shred keys are older than the backup: give their newest copy")
    if there is not None and there.store_id != copy.store_id and not shred_backup.is_empty(store):
        raise Refused("there are shred keys of another portal in place: put that store aside first")
    return keys


def _state_of(keys: Path) -> shred_backup.Noted:
    try:
        return shred_backup.state_of(keys)
    except FormatError as error:
        message = f"{keys.name} is no whole copy of a store of shred keys"
        raise Refused(message) from error


def _must_be_known(head: Head) -> None:
    if not knows(head.revision):
        message = f"it was made at revision {head.revision}, this release is at {newest_revision()}: use a newer one"
        raise Refused(message)


def _prepare(head: Head) -> None:
    """Bring an empty database to the backup's revision; what came later is done to its rows as to any others."""
    with db.engine().connect() as connection:
        if not restoration.is_empty(connection):
            raise Refused(NOT_EMPTY)
        there = revision_of(connection)
    if there != head.revision:
        if there is not None:
            db.migrate(db.engine(), "base")
        db.migrate(db.engine(), head.revision)


def _reason(error: Exception) -> str:
    return f"the database refused it ({type(error).__name__})" if isinstance(error, SQLAlchemyError) else str(error)
