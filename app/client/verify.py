"""`verify`: a saved directory, an evidence package or a signed list, checked as a browser does, without any portal."""

import json
from typing import Any, BinaryIO, TextIO

import click

from app.crypto import evidence, signed_list
from app.crypto.epoch_chain import verify_directory
from app.domain.evidence import PARTS, parse_package
from app.domain.signed_list import KINDS, parse_list
from app.errors import FormatError

FAULTS = {
    "chain": "the organisation's chain of keys is broken",
    "signature": "the signature is not by the organisation's key over what stands here",
} | {f"parts.{part}": f"the part {part} was changed after it was signed" for part in PARTS}


@click.command(
    "verify",
    help="Check a saved /api/v1/directory, an evidence package or a signed list (- for standard input).",
)
@click.argument("saved", type=click.File("rb"))
@click.option("--directory", type=click.File(encoding="utf-8"), help="A saved directory that knows a package's maker.")
@click.option("--fingerprint", default="", help="A package's maker's number, as it stands on paper.")
def command(saved: BinaryIO, directory: TextIO | None, fingerprint: str) -> None:
    """Print each fingerprint, once every signature was checked; name what is wrong otherwise."""
    content = saved.read()
    if _is_list(content):
        _list(content, directory, fingerprint)
        return
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


def _is_list(content: bytes) -> bool:
    return content.lstrip(b"\r\n").startswith(tuple(b'{"v":1,"kind":"%s"' % kind.encode() for kind in KINDS))


def _package(content: bytes, directory: TextIO | None, fingerprint: str) -> None:
    try:
        found = [FAULTS[fault] for fault in evidence.faults(content)]
        signer, package = evidence.signer(content), parse_package(content)
    except FormatError as error:
        message = f"this is no evidence package as it was saved: {error.field or 'it is no JSON'}"
        raise click.ClickException(message) from error
    manifest = package["manifest"]
    _judge(found, signer, manifest, package["chain"], directory=directory, fingerprint=fingerprint)
    click.echo(f"holds: made at {manifest['made_at']} of the letter {manifest['letter']['opened_sha256']}")


def _list(content: bytes, directory: TextIO | None, fingerprint: str) -> None:
    try:
        found = [FAULTS[fault] for fault in signed_list.list_faults(content)]
        signer, whole = signed_list.list_signer(content), parse_list(content)
    except FormatError as error:
        message = f"this is no signed list as it was saved: {error.field or 'it is no JSON'}"
        raise click.ClickException(message) from error
    inside = whole["content"]
    _judge(found, signer, inside, whole["chain"], directory=directory, fingerprint=fingerprint)
    click.echo(f"holds: made at {inside['made_at']}, {_said(whole['kind'], inside)}")


def _said(kind: str, inside: dict[str, Any]) -> str:
    rows = inside["rows"]
    if kind == "sites":
        return f"{len(rows)} sites"
    if kind == "account":
        return f"of {inside['account']}, {len(rows)} letters, {inside['no_consent']} left out: no consent"
    minutes = sum(row["minutes"] for row in rows)
    return f"from {inside['from']} to {inside['until']}, {len(rows)} entries, {minutes} minutes"


def _judge(
    found: list[str], signer: str, head: dict[str, Any], chain: object, *, directory: TextIO | None, fingerprint: str
) -> None:
    """Say who signed, or all that is wrong; `head` names the portal and the organisation. Raises ClickException."""
    if fingerprint and _digits(fingerprint) != _digits(signer):
        found.append(f"its maker's number is {signer}, not the one given")
    if directory is not None and not _is_known(head, chain, directory):
        found.append("its maker's keys are not those of the directory")
    for fault in found:
        click.echo(f"wrong: {fault}", err=True)
    if found:
        message = "this does not hold"
        raise click.ClickException(message)
    click.echo(f"{signer}  {head['organisation']}")
    if not fingerprint and directory is None:
        click.echo("compare the number with paper: without that, nothing says who made this", err=True)


def _is_known(head: dict[str, Any], chain: object, directory: TextIO) -> bool:
    """Say whether a chain is the beginning of the one that the directory has for its maker."""
    try:
        checked = verify_directory(json.load(directory))
    except (FormatError, ValueError) as error:
        message = f"the directory does not hold: {getattr(error, 'field', '') or 'it is no JSON'}"
        raise click.ClickException(message) from error
    if not isinstance(chain, list) or checked["portal_id"] != head["portal_id"]:
        return False
    known = {one["slug"]: one["chain"] for one in checked["organisations"]}
    return bool(known.get(head["organisation"], [])[: len(chain)] == chain)


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isdigit())
