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
        place = (
            b64u_decode(seed.read().strip(), "seed", 32),
            b64u_decode(portal_id, "portal_id", 16),
            b64u_decode(asked["report_id"], "report_id", 16),
        )
        sealed = b64u_decode(asked["sealed"], "sealed")
        if asked.get("referrer"):
            origin_kid, referral_id = (b64u_decode(asked[name], name, 16) for name in ("origin_kid", "referral_id"))
            # Whose signature it is, a directory could say; what the letter is bound to names the referrer already.
            letter, _key = opening.open_passed_on(*place, origin_kid, referral_id, asked["referrer"], (), sealed)
        else:
            letter = opening.open_letter(*place, wire.one_of(SEALED_BY)(asked["sealed_by"], "sealed_by"), sealed)
    except (FormatError, KeyError, TypeError, ValueError) as error:
        message = f"this cannot be opened: {getattr(error, 'field', '') or error}"
        raise click.ClickException(message) from error
    sys.stdout.write(letter.decode() + "\n")
