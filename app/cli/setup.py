"""`flask setup`: the portal and its first organisation, with its first lead."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from app import db
from app.cli.ceremony import Description, Person, found
from app.domain.recovery_words import words
from app.domain.vocabulary import ORGANISATION_KINDS, REGIONS, UNDISCLOSED
from app.errors import SetUpRefused
from app.services import portal

SHORTEST_PASSPHRASE = 12


@click.command("setup", help="Make the portal, its first organisation, and the lead who signs in first.")
@click.option("--slug", prompt=True, help="The organisation's name in addresses; it can never be changed.")
@click.option("--kind", prompt=True, type=click.Choice(ORGANISATION_KINDS))
@click.option("--name-ko", prompt=True)
@click.option("--name-en", prompt=True)
@click.option("--region", default=UNDISCLOSED, type=click.Choice(REGIONS), show_default=True)
@click.option("--login", prompt=True, help="The lead's login: a-z, 0-9, dot, hyphen, underscore.")
@click.password_option("--passphrase", help="Asked for twice when it is not given.")
@with_appcontext
def command(slug: str, kind: str, name_ko: str, name_en: str, region: str, login: str, passphrase: str) -> None:
    """Make everything that has to be there before the first report, and print what belongs on paper."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        message = f"a passphrase has at least {SHORTEST_PASSPHRASE} characters; several words are best"
        raise click.ClickException(message)
    session, now = db.session(), datetime.now(UTC)
    try:
        portal_id = portal.create(session, demo=False, now=now).portal_id
        description = Description(slug, kind, name_ko, name_en, region)
        founded = found(session, portal_id, description, [Person(login, "lead", passphrase)], now)
    except SetUpRefused as error:
        session.rollback()
        message = "this portal is set up already, or the slug or login is not usable"
        raise click.ClickException(message) from error
    click.echo(f"\nFingerprint of {slug}, to print wherever people look it up:\n\n  {founded.fingerprint}\n")
    click.echo(
        "Recovery words. Write them down now and lock them away: they are shown this once, and open everything.\n"
    )
    listed = words(founded.recovery.seed)
    for start in range(0, len(listed), 6):
        click.echo(
            "  " + " ".join(f"{start + place + 1:>2} {word:<9}" for place, word in enumerate(listed[start : start + 6]))
        )
