"""`open`: one letter, with the seed of the key that it was sealed to, on a machine without any portal."""

import json
import sys
from typing import TextIO

import click

from app.crypto import opening
from app.domain import wire
from app.domain.vocabulary import SEALED_BY
from app.domain.wire import b64u_decode
from app.errors import FormatError


@click.command("open", help="Open a saved answer of /referral/…/opening, and write the letter's JSON.")
@click.argument("answer", type=click.File(encoding="utf-8"))
@click.option("--portal-id", required=True, help="As the directory has it.")
@click.option("--seed", required=True, type=click.File(encoding="ascii"), help="A file with the epoch's seed, b64u.")
def command(answer: TextIO, portal_id: str, seed: TextIO) -> None:
    """Write the letter exactly as it was sealed; what is in it is not judged here."""
    try:
        asked = json.load(answer)
        letter = opening.open_letter(
            b64u_decode(seed.read().strip(), "seed", 32),
            b64u_decode(portal_id, "portal_id", 16),
            b64u_decode(asked["report_id"], "report_id", 16),
            wire.one_of(SEALED_BY)(asked["sealed_by"], "sealed_by"),
            b64u_decode(asked["sealed"], "sealed"),
        )
    except (FormatError, KeyError, TypeError, ValueError) as error:
        message = f"this cannot be opened: {getattr(error, 'field', '') or error}"
        raise click.ClickException(message) from error
    sys.stdout.write(letter.decode() + "\n")
