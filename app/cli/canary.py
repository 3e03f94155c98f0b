"""`flask canary`: the test organisation. Its letters are the portal's own, so that a timer can try the whole way."""

import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app import db
from app.cli.ceremony import Description, Person, found
from app.domain.vocabulary import UNDISCLOSED
from app.errors import NotFound, SetUpRefused
from app.services import portal


@click.command("canary", help="Make the test organisation that `python -m app.client canary` reports to.")
@click.option("--account", required=True, type=click.Path(path_type=Path), help="Where its sign-in is written; new.")
@with_appcontext
def command(account: Path) -> None:
    """Found the organisation named by ONESTOP_CANARY_ORGANISATION with one caseworker, and write the sign-in down."""
    slug = current_app.extensions["onestop_settings"].canary_organisation
    if not slug:
        message = "set ONESTOP_CANARY_ORGANISATION first, so that nobody is offered the test organisation"
        raise click.ClickException(message)
    session, now = db.session(), datetime.now(UTC)
    person = Person(f"{slug}-caseworker", "caseworker", secrets.token_urlsafe(32))
    try:
        # Before anything is made: a sign-in that could not be written down would be lost.
        descriptor = os.open(account, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        message = f"{account} cannot be made: {error.strerror}"
        raise click.ClickException(message) from error
    try:
        portal_id = portal.current(session).portal_id
        session.rollback()
        founded = found(session, portal_id, Description(slug, "monitor", "점검", "Test", UNDISCLOSED), [person], now)
    except (NotFound, SetUpRefused) as error:
        session.rollback()
        account.unlink()
        message = f"there is no portal yet (run `flask setup`), or {slug} is there already"
        raise click.ClickException(message) from error
    written = {"slug": slug, "login": person.login, "passphrase": person.passphrase, "fingerprint": founded.fingerprint}
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(written, file)
    click.echo(f"made {slug}; its sign-in is in {account}")
