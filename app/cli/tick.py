"""`flask tick`: the one thing that a timer has to start. It may be late, early, or run twice."""

import click
from flask.cli import with_appcontext

from app.cli.purge import destroy_what_is_due


@click.command("tick", help="Do what time brings. Safe to run at any time, from a timer every quarter of an hour.")
@with_appcontext
def command() -> None:
    """Do everything periodic, quietly."""
    destroy_what_is_due()
