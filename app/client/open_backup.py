"""`open-backup`: a sealed backup, decrypted and checked from its first byte to its last, or no file at all."""

from pathlib import Path
from typing import BinaryIO, TextIO

import click

from app.crypto.backup_opening import OpenedBackup
from app.domain import backup_reading
from app.domain.recovery_words import seed
from app.errors import FormatError
from app.services.whole_file import whole_file

REASONS = {
    "recovery_words": "these are not the 24 words of a key",
    "magic": "this is no backup",
    "kid": "this backup is sealed to another key",
    "sealed": "this backup is damaged, or a part of it is missing",
    "backup.end": "this is half a backup: it was cut off before it was sealed",
}


class _Copied:
    """Reads like what it reads from, and writes down all that was read."""

    def __init__(self, source: backup_reading.Readable, to: BinaryIO) -> None:
        self._source, self._to = source, to

    def read(self, size: int, /) -> bytes:
        piece = self._source.read(size)
        self._to.write(piece)
        return piece


@click.command("open-backup", help="Open a backup with the private key; `flask restore` reads what comes out.")
@click.argument("backup", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", type=click.File(encoding="utf-8"), help="The file with the 24 words; asked for if not given.")
@click.option(
    "--to", "opened", required=True, type=click.Path(path_type=Path), help="The file to write; not there yet."
)
def command(backup: Path, key: TextIO | None, opened: Path) -> None:
    """Write the records, and print what `flask backup` printed, to compare."""
    typed = key.read() if key else click.prompt("The 24 words", hide_input=True)
    try:
        with backup.open("rb") as sealed, whole_file(opened) as plain:
            copied = _Copied(OpenedBackup(sealed, seed(typed)), plain)
            head, totals = backup_reading.whole(copied)
    except FileExistsError as error:
        message = f"{opened} is there already"
        raise click.ClickException(message) from error
    except FormatError as error:
        message = f"nothing was opened: {REASONS.get(error.field, 'what is inside is no backup')}"
        raise click.ClickException(message) from error
    click.echo(f"{opened}: as of {head.made_at:%Y-%m-%d %H:%M:%S} UTC, {totals.line()}")
