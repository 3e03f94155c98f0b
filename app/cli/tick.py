"""`flask tick`: the one thing that a timer has to start. It may be late, early, or run twice."""

import click
from flask.cli import with_appcontext

from app import db
from app.cli.alone import alone
from app.cli.figures import count_figures
from app.cli.notices import tell_organisations
from app.cli.purge import CLOCK_IS_RIGHT, destroy_what_is_due


@click.command("tick", help="Do what time brings. Safe to run at any time, from a timer every minute.")
@CLOCK_IS_RIGHT
@with_appcontext
def command(*, clock_is_right: bool) -> None:
    """Do everything periodic, quietly; where the clock is doubted, destroying alone is left undone."""
    with alone(db.engine(), "tick") as first:
        if not first:
            click.echo("another tick is at work: nothing was done")
            return
        try:
            tell_organisations()
        finally:
            try:
                destroy_what_is_due(clock_is_right=clock_is_right)
            finally:
                count_figures()
