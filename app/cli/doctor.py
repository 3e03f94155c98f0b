"""`flask doctor`: whether the portal can work, in one look. One line a check, with how to mend what is wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.cli.doctor_contact import CONTACT
from app.cli.doctor_database import DATABASE
from app.cli.doctor_front import FRONT
from app.cli.doctor_law import LAW
from app.cli.doctor_machine import MACHINE
from app.cli.doctor_notice import NOTICE
from app.cli.finding import Asked, Check, Complaint, Note

CHECKS: Final[dict[str, Check]] = {**DATABASE, **NOTICE, **LAW, **MACHINE, **CONTACT, **FRONT}


def findings(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Run every check; give its verdict (`ok`, `note`, `wrong`), its name, and what is to be said, if anything."""
    for name, check in CHECKS.items():
        try:
            said = check(asked)
        except Note as note:
            yield "note", name, str(note)
        except Complaint as complaint:
            yield "wrong", name, str(complaint)
        except SQLAlchemyError as error:
            yield "wrong", name, f"the database does not answer ({type(error).__name__}); see that it runs"
        else:
            yield "ok", name, said
        finally:
            db.session().rollback()


@click.command(
    "doctor",
    help="Check settings, files, database, keys, backups, the clock and what is served; say how to mend what is wrong. "
    "`note` is advice; `wrong` makes the command fail.",
)
@click.option("--url", default="", help="The portal's public address; its headers and certificate are looked at too.")
@click.option(
    "--secret-file", type=click.Path(path_type=Path), envvar="ONESTOP_SECRET_KEY_FILE", help="[ONESTOP_SECRET_KEY_FILE]"
)
@click.option(
    "--workers", type=int, default=2, envvar="WORKERS", show_default=True, help="As gunicorn is told [WORKERS]."
)
@with_appcontext
def command(url: str, secret_file: Path | None, workers: int) -> None:
    """Say what is well and what is not."""
    wrong = 0
    for verdict, name, said in findings(Asked(url.rstrip("/"), secret_file, workers)):
        click.echo(f"{verdict:<6} {name}{': ' + said if said else ''}")
        wrong += verdict == "wrong"
    if wrong:
        raise SystemExit(1)
