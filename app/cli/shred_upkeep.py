"""What a tick and a purge do for the store of shred keys, around what they destroy."""

from datetime import datetime
from pathlib import Path
from typing import Final

import click
from flask import current_app

from app import compaction, db
from app.errors import FormatError
from app.services import backup, portal, shred_backup, shred_expand, shred_setup, shred_sweep
from app.services.shred_store import store_of
from app.services.shred_sweep import Swept

PUT_UNDER_AT_ONCE: Final = 500  # reports and referrals of before in one tick: some seconds of work


def must_be_whole() -> None:
    """Refuse to destroy beside a store that is not the database's: everything would seem destroyed already."""
    trouble = shred_setup.trouble(db.engine())
    if trouble:
        message = f"nothing was destroyed: {trouble}"
        raise click.ClickException(message)


def finish_what_stopped(now: datetime) -> Swept:
    """Destroy the rest of what was interrupted half-way."""
    return shred_sweep.finish(db.session(), now)


def keep_up(now: datetime, *, clock_is_right: bool) -> None:
    """Put what came before under keys, compare keys and rows once a day, and close the gaps of what went."""
    session = db.session()
    shred_expand.put_under(session, PUT_UNDER_AT_ONCE)
    if clock_is_right:
        shred_sweep.begin_anew(session)
    shred_sweep.compare_once_a_day(session, now)
    store = store_of(session)
    due = store.state().vacuum_due
    compaction.compact(db.engine())
    if due and not _copied(now):
        compaction.note_due(store, 1)


def _copied(now: datetime) -> bool:
    """Replace the copy that lies beside the backups, so that it does not keep what was destroyed; say whether it is so.

    Where none was ever made there is none to replace. A backup that is being made writes its own.
    """
    settings = current_app.extensions["onestop_settings"]
    directory = Path(settings.backup_directory)
    if not settings.backup_directory or not (directory / shred_backup.PLACE).exists():
        return True
    try:
        with backup.alone(directory):
            public_key = backup.recipient(Path(settings.backup_recipient))
            portal_id = portal.current(db.session()).portal_id
            db.session().rollback()
            shred_backup.write(db.engine(), directory, public_key, portal_id, now)
    except (OSError, FormatError):
        return False
    return True
