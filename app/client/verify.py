"""`verify`: a saved directory, checked as a browser checks it, with the fingerprints to compare with paper."""

import json
from typing import TextIO

import click

from app.crypto.epoch_chain import verify_directory
from app.errors import FormatError


@click.command("verify", help="Check a saved /api/v1/directory (or - for standard input) and print its fingerprints.")
@click.argument("directory", type=click.File(encoding="utf-8"))
def command(directory: TextIO) -> None:
    """Print each organisation's fingerprint, once every signature was checked."""
    try:
        checked = verify_directory(json.load(directory))
    except (FormatError, ValueError) as error:
        message = f"this directory does not hold: {getattr(error, 'field', '') or 'it is no JSON'}"
        raise click.ClickException(message) from error
    for organisation in checked["organisations"]:
        click.echo(f"{organisation['fingerprint']}  {organisation['slug']}")
        for broken in organisation["earlier"]:
            click.echo(f"{broken['fingerprint']}  {organisation['slug']}: lost on {broken['ended_on']}, no longer true")
