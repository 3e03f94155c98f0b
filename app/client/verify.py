"""`verify`: a saved directory or an evidence package, checked as a browser checks it, without any portal."""

import json
from typing import BinaryIO, TextIO

import click

from app.crypto import evidence
from app.crypto.epoch_chain import verify_directory
from app.domain.evidence import PARTS, parse_package
from app.errors import FormatError

FAULTS = {
    "chain": "the organisation's chain of keys is broken",
    "signature": "the signature is not by the organisation's key over this list of parts",
} | {f"parts.{part}": f"the part {part} was changed after it was signed" for part in PARTS}


@click.command(
    "verify",
    help="Check a saved /api/v1/directory, or an evidence package (- for standard input), and print fingerprints.",
)
@click.argument("saved", type=click.File("rb"))
@click.option("--directory", type=click.File(encoding="utf-8"), help="A saved directory that knows a package's maker.")
@click.option("--fingerprint", default="", help="A package's maker's number, as it stands on paper.")
def command(saved: BinaryIO, directory: TextIO | None, fingerprint: str) -> None:
    """Print each fingerprint, once every signature was checked; name what is wrong otherwise."""
    content = saved.read()
    if _is_package(content):
        _package(content, directory, fingerprint)
        return
    try:
        checked = verify_directory(json.loads(content))
    except (FormatError, ValueError) as error:
        message = f"this directory does not hold: {getattr(error, 'field', '') or 'it is no JSON'}"
        raise click.ClickException(message) from error
    for organisation in checked["organisations"]:
        click.echo(f"{organisation['fingerprint']}  {organisation['slug']}")
        for broken in organisation["earlier"]:
            click.echo(f"{broken['fingerprint']}  {organisation['slug']}: lost on {broken['ended_on']}, no longer true")


def _is_package(content: bytes) -> bool:
    return b'"kind":"evidence"' in content or b'"organisations"' not in content


def _package(content: bytes, directory: TextIO | None, fingerprint: str) -> None:
    try:
        found = [FAULTS[fault] for fault in evidence.faults(content)]
        signer, package = evidence.signer(content), parse_package(content)
    except FormatError as error:
        message = f"this is no evidence package as it was saved: {error.field or 'it is no JSON'}"
        raise click.ClickException(message) from error
    manifest = package["manifest"]
    if fingerprint and _digits(fingerprint) != _digits(signer):
        found.append(f"its maker's number is {signer}, not the one given")
    if directory is not None and not _is_known(package, directory):
        found.append("its maker's keys are not those of the directory")
    for fault in found:
        click.echo(f"wrong: {fault}", err=True)
    if found:
        message = "this package does not hold"
        raise click.ClickException(message)
    click.echo(f"{signer}  {manifest['organisation']}")
    click.echo(f"holds: made at {manifest['made_at']} of the letter {manifest['letter']['opened_sha256']}")
    if not fingerprint and directory is None:
        click.echo("compare the number with paper: without that, nothing says who made this", err=True)


def _is_known(package: dict[str, object], directory: TextIO) -> bool:
    """Say whether the package's chain is the beginning of the one that the directory has for its maker."""
    try:
        checked = verify_directory(json.load(directory))
    except (FormatError, ValueError) as error:
        message = f"the directory does not hold: {getattr(error, 'field', '') or 'it is no JSON'}"
        raise click.ClickException(message) from error
    manifest, chain = package["manifest"], package["chain"]
    if not isinstance(manifest, dict) or not isinstance(chain, list) or checked["portal_id"] != manifest["portal_id"]:
        return False
    known = {one["slug"]: one["chain"] for one in checked["organisations"]}
    return bool(known.get(manifest["organisation"], [])[: len(chain)] == chain)


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isdigit())
