"""`flask migrate`: the schema of this release."""

import click
from flask.cli import with_appcontext

from app import db
from app.services import shred_setup


@click.command("migrate", help="Bring the database to this release's schema. Safe to run again.")
@with_appcontext
def command() -> None:
    """Run the migrations that have not run yet."""
    db.migrate(db.engine())
    trouble = shred_setup.trouble(db.engine())
    if trouble:
        raise click.ClickException(trouble)
