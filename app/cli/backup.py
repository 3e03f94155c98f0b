"""`flask backup`: everything that the portal keeps, in one sealed file, while it goes on taking reports."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Connection, select
from sqlalchemy.exc import NoResultFound, SQLAlchemyError

from app import db
from app.cli.whole_database import newest_revision, revision_of, snapshot
from app.domain.backup_record import Totals
from app.errors import FormatError
from app.models import Portal
from app.services import backup, shred_backup, shred_setup


class Refused(Exception):
    """Why no backup can be made, in words for whoever runs the portal."""


@click.command(
    "backup",
    help="Write a backup, sealed to a public key, while the portal runs. Prints its name, hash and numbers of rows. "
    "The key is made elsewhere, with `python -m app.client backup-key`; what opens a backup is never on this machine.",
)
@click.option(
    "--to", "directory", type=click.Path(path_type=Path), help="Where backups lie [ONESTOP_BACKUP_DIRECTORY]."
)
@click.option("--recipient", type=click.Path(path_type=Path), help="The public key's file [ONESTOP_BACKUP_RECIPIENT].")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Then delete all but so many, oldest first [ONESTOP_BACKUPS_KEPT].",
)
@click.option("--quiet", is_flag=True, help="Print name and hash only: for a timer, whose log is no place for numbers.")
@with_appcontext
def command(directory: Path | None, recipient: Path | None, keep: int | None, *, quiet: bool) -> None:
    """Make a backup and drop the oldest, or say in one line why not."""
    settings = current_app.extensions["onestop_settings"]
    directory = directory or _set("ONESTOP_BACKUP_DIRECTORY", "--to", settings.backup_directory)
    recipient = recipient or _set("ONESTOP_BACKUP_RECIPIENT", "--recipient", settings.backup_recipient)
    try:
        name, totals = _make(directory, recipient, keep or settings.backups_kept)
    except (Refused, OSError, SQLAlchemyError) as error:
        message = f"no backup was made: {_reason(error)}"
        raise click.ClickException(message) from error
    click.echo(f"{name}: {f'sha256 {totals.sha256.hex()}' if quiet else totals.line()}")


def _set(variable: str, option: str, setting: str) -> Path:
    if not setting:
        message = f"say {option}, or set {variable}"
        raise click.UsageError(message)
    return Path(setting)


def _make(directory: Path, recipient: Path, keep: int) -> tuple[str, Totals]:
    try:
        public_key = backup.recipient(recipient)
        with backup.alone(directory), snapshot(db.engine()) as connection:
            revision = revision_of(connection)
            if revision != newest_revision():
                message = f"the schema is at {revision}, this release is at {newest_revision()}: run `flask migrate`"
                raise Refused(message)
            now = datetime.now(UTC)
            _copy_keys(connection, directory, public_key, now)
            made = backup.make(connection, revision, directory, public_key, now)
            backup.drop_old(directory, keep)
    except FormatError as error:
        message = f"{recipient.name} holds no public key of `app.client backup-key`"
        raise Refused(message) from error
    except NoResultFound as error:
        message = "there is no portal yet"
        raise Refused(message) from error
    except BlockingIOError as error:
        message = "another backup is being made there"
        raise Refused(message) from error
    except FileExistsError as error:
        message = "there is one of this very second already"
        raise Refused(message) from error
    db.checkpoint(db.engine())  # could not be emptied meanwhile
    return made


def _copy_keys(connection: Connection, directory: Path, public_key: bytes, now: datetime) -> None:
    """After the snapshot began, and before the backup has its name: see `shred_backup.write`."""
    portal_id = connection.scalars(select(Portal.portal_id)).one()
    trouble = shred_setup.trouble(db.engine())
    if trouble:
        raise Refused(trouble)
    shred_backup.write(db.engine(), directory, public_key, portal_id, now)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{Path(error.filename).name if error.filename else 'the file'}: {error.strerror or error}"
    if isinstance(error, SQLAlchemyError):
        return f"the database does not answer ({type(error).__name__})"
    return str(error)
