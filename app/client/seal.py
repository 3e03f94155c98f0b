"""`seal`: a report from a letter's JSON, on a machine that shows nobody what is in it, ready to be posted."""

import json
from collections.abc import Sequence
from typing import TextIO, cast

import click

from app.crypto.epoch_chain import verify_directory
from app.crypto.report import Choice, seal_report
from app.domain import receipt_code
from app.domain.image_text import check_no_image
from app.domain.letter import check_letter
from app.domain.vocabulary import COMPARTMENTS
from app.domain.wire import b64u_decode
from app.errors import FormatError


@click.command(
    "seal", help="Seal a letter's JSON to organisations of a saved directory, and write what POST /report takes."
)
@click.argument("letter", type=click.File(encoding="utf-8"))
@click.option("--directory", required=True, type=click.File(encoding="utf-8"), help="A saved /api/v1/directory.")
@click.option("--to", "slugs", multiple=True, required=True, help="An organisation's slug; may be said several times.")
@click.option("--allow", multiple=True, type=click.Choice(COMPARTMENTS), help="What the letters may hold as well.")
@click.option("--urgent", is_flag=True)
def command(letter: TextIO, directory: TextIO, slugs: Sequence[str], allow: Sequence[str], *, urgent: bool) -> None:
    """Write the body to standard output, and the receipt code with the fingerprints to standard error."""
    try:
        whole = check_letter(json.load(letter))
        _check_words(whole)
        checked = verify_directory(json.load(directory))
        known = {each["slug"]: each for each in checked["organisations"]}
        choices = [Choice(known[slug], whole["consent"], allow) for slug in slugs]
        code = receipt_code.generate()
        portal_id = b64u_decode(checked["portal_id"], "portal_id", 16)
        sealed = seal_report(portal_id, code, whole, choices, urgent=urgent)
    except (FormatError, KeyError, ValueError) as error:
        message = f"this cannot be sealed: {getattr(error, 'field', '') or error}"
        raise click.ClickException(message) from error
    for slug in slugs:
        click.echo(f"{known[slug]['fingerprint']}  {slug}", err=True)
        for broken in known[slug]["earlier"]:
            lost = f"{slug} lost its keys on {broken['ended_on']}: {broken['fingerprint']} on paper is no longer true"
            click.echo(lost, err=True)
    click.echo(receipt_code.format(code), err=True)
    click.echo(sealed.body.decode())


def _check_words(value: object, where: str = "letter") -> None:
    """Refuse images written as text, wherever they stand in a letter."""
    if isinstance(value, str):
        check_no_image(value, where)
    elif isinstance(value, dict):
        for name, inner in cast("dict[str, object]", value).items():
            _check_words(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _check_words(inner, f"{where}.{number}")
