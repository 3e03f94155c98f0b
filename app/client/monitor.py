"""`monitor`: what a portal serves, asked for by different visitors and compared. For a timer of somebody else's."""

import json
from pathlib import Path
from typing import Any, TextIO

import click

from app.client import seen
from app.client.asker import WHO, Asker, OutOfReach
from app.client.looking import Look, each
from app.client.portal_front import Front, FrontError

FINE, DIFFERS, OUT_OF_REACH = 0, 1, 2


@click.command(
    "monitor",
    help="Fetch reporters' pages, all that they load, and the directory as different visitors; compare the answers "
    "with each other, with /code.json, with this release's headers, with a list from elsewhere and with what was seen "
    "before. Ends with 0 where all is well, 1 where something differs, 2 where the portal is out of reach.",
)
@click.argument("url")
@click.option("--manifest", type=click.File(encoding="utf-8"), help="A list made from the source by `manifest`.")
@click.option("--state", type=click.Path(path_type=Path, dir_okay=False), help="A file to remember keys and code in.")
@click.option("--accept", is_flag=True, help="Remember what is there now, whatever was seen before.")
@click.option("--rounds", type=click.IntRange(1, 20), default=2, show_default=True, help="How often everybody asks.")
@click.option("--authority", type=click.Path(exists=True), help="A CA's certificate, where the system knows it not.")
def command(
    url: str, manifest: TextIO | None, state: Path | None, authority: str | None, *, accept: bool, rounds: int
) -> None:
    """Look, say in plain lines what differs, and remember."""
    try:
        reference = _reference(manifest)
        before = seen.read(state) if state else None
        front = Front(url, authority)
        look = Look([Asker(name, front) for name in WHO], reference)
        wrong = _look(look, rounds)
    except (FrontError, OutOfReach, seen.UnreadableState) as error:
        click.echo(f"out of reach: {error}", err=True)
        raise SystemExit(OUT_OF_REACH) from None
    wrong += _remember(look, state, before, accept=accept, wrong=wrong)
    for words in wrong:
        click.echo(f"differs: {words}")
    if wrong:
        raise SystemExit(DIFFERS)
    click.echo(f"ok: {len(look.askers)} visitors, {len(look.code['reporter'])} files, version {look.code['version']}")
    raise SystemExit(FINE)


def _reference(manifest: TextIO | None) -> dict[str, Any] | None:
    if manifest is None:
        return None
    try:
        listed = json.load(manifest)
        if isinstance(listed, dict) and isinstance(listed.get("reporter"), dict):
            return listed
    except ValueError:
        pass
    raise seen.UnreadableState("--manifest is no list of code, as `python -m app.client manifest` makes it")


def _look(look: Look, rounds: int) -> list[str]:
    """Give what differs; what was found before the portal went out of reach is not lost."""
    try:
        each((look.code_list, look.pages, look.organisations), rounds)
        look.static_files()
    except OutOfReach:
        if not look.findings.seen:
            raise
        look.findings.add("the portal went out of reach meanwhile")
    finally:
        for asker in look.askers:
            asker.leave()
    return look.findings.lines(len(look.askers))


def _remember(
    look: Look, state: Path | None, before: dict[str, Any] | None, *, accept: bool, wrong: list[str]
) -> list[str]:
    """Compare with what was seen before; what is well, or accepted, is seen from now on."""
    if state is None or look.directory is None:
        return []
    now = seen.state_of(look.directory, look.code)
    forbidden, notes = seen.changes(before, now) if before else ([], [])
    for words in notes:
        click.echo(f"note: {words}")
    if accept:
        for words in forbidden:
            click.echo(f"accepted: {words}")
        forbidden = []
    if not (forbidden or wrong):
        seen.write(state, now)
    return forbidden
