"""`flask purge`: what is past its day goes for good."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app import db
from app.cli import shred_upkeep
from app.errors import ClockDoubted
from app.services import purge

CLOCK_IS_RIGHT = click.option(
    "--clock-is-right", is_flag=True, help="Believe the clock although it jumped, and destroy what is past its day."
)


def destroy_what_is_due(*, clock_is_right: bool) -> purge.Purged:
    """Purge, and leave no trace of it in the write-ahead log."""
    shred_upkeep.must_be_whole()
    now = datetime.now(UTC)
    try:
        years = current_app.extensions["onestop_settings"].log_years
        purged = purge.purge(db.session(), now, clock_is_right=clock_is_right, log_years=years)
    except ClockDoubted as doubted:
        db.session().rollback()
        message = f"nothing was destroyed: {doubted.why}. Look at the clock; if it is right: --clock-is-right"
        raise click.ClickException(message) from doubted
    shred_upkeep.finish_what_stopped(now)
    shred_upkeep.keep_up(now, clock_is_right=clock_is_right)
    db.checkpoint(db.engine())
    return purged


@click.command("purge", help="Destroy withdrawn reports and drafts whose day is past, ended sessions and old failures.")
@CLOCK_IS_RIGHT
@with_appcontext
def command(*, clock_is_right: bool) -> None:
    """Purge, and say how much it was."""
    purged = destroy_what_is_due(clock_is_right=clock_is_right)
    click.echo(
        f"destroyed {purged.referrals} referrals, {purged.reports} reports and {purged.drafts} drafts; "
        f"dropped {purged.empty_rows} empty rows, {purged.sessions} sessions, {purged.failures} failures, "
        f"{purged.log_entries} entries of the access log"
    )
