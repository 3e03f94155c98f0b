"""`backup-key`: the pair of keys for backups, made where no portal runs."""

from pathlib import Path

import click

from app.crypto import recipient_key
from app.domain.recovery_words import words
from app.domain.wire import b64u_encode
from app.services.whole_file import whole_file


@click.command(
    "backup-key",
    help="Make the pair of keys for backups: the public one goes to the portal, the private one never does.",
)
@click.option("--public", default="onestop-backup.pub", type=click.Path(path_type=Path), show_default=True)
@click.option("--private", default="onestop-backup.words", type=click.Path(path_type=Path), show_default=True)
def command(public: Path, private: Path) -> None:
    """Write both files, the private one as 24 words, readable by their owner alone."""
    pair = recipient_key.generate()
    listed = words(pair.seed)
    try:
        for path, text in (
            (private, "".join(" ".join(listed[start : start + 6]) + "\n" for start in range(0, len(listed), 6))),
            (public, b64u_encode(pair.public_key) + "\n"),
        ):
            with whole_file(path) as file:
                file.write(text.encode())
    except FileExistsError as error:
        message = f"{error} is there already: a key that backups were sealed to is never written over"
        raise click.ClickException(message) from error
    click.echo(f"{public}: for the portal, as ONESTOP_BACKUP_RECIPIENT; key {pair.kid.hex()}")
    click.echo(f"{private}: 24 words that open every backup. Write them down, keep them apart, delete the file.")
