"""`manifest`: the list of all that browsers are sent, made from a tree of the source; what /code.json has to be."""

from pathlib import Path

import click

from app.code_list import read_code

ROOT = Path(__file__).resolve().parents[2]


@click.command("manifest", help="Write the list of code of a tree of the source, as /code.json of that release is.")
@click.option(
    "--tree",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=ROOT,
    help="Another release's source; this one's otherwise.",
)
def command(tree: Path) -> None:
    """Write the list to standard output."""
    try:
        listed = read_code(tree)
    except (OSError, KeyError, ValueError) as error:
        message = f"{tree} is no tree of the portal's source"
        raise click.ClickException(message) from error
    click.echo(listed.text(), nl=False)
