"""`flask purge`: what is past its day goes for good."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from app import db
from app.services import purge


def destroy_what_is_due() -> purge.Purged:
    """Purge, and leave no trace of it in the write-ahead log."""
    purged = purge.purge(db.session(), datetime.now(UTC))
    db.checkpoint(db.engine())
    return purged


@click.command("purge", help="Destroy withdrawn reports whose day is past, ended sessions and old failures.")
@with_appcontext
def command() -> None:
    """Purge, and say how much it was."""
    purged = destroy_what_is_due()
    click.echo(
        f"destroyed {purged.referrals} referrals and {purged.reports} reports; "
        f"dropped {purged.empty_rows} empty rows, {purged.sessions} sessions, {purged.failures} failures"
    )
