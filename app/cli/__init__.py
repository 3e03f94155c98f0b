"""Commands for those who run a portal: `flask --app wsgi COMMAND`, one file each."""

import importlib
from typing import Final

import click
from flask import Flask
from flask.cli import ScriptInfo

from app import db

COMMANDS: Final = {
    "migrate": "Bring the database to this release's schema.",
    "setup": "Make the portal, its operator's account, and an invitation for its first organisation.",
    "operator": "Make another account for whoever runs the portal.",
    "refound": "Invite a first lead anew where every lead and the recovery words are lost.",
    "canary": "Make the test organisation that `python -m app.client canary` reports to.",
    "demo": "Make a demo portal, or show who can sign in to it.",
    "tick": "Do what time brings; run it from a timer.",
    "purge": "Destroy what is past its day, and say how much it was.",
    "backup": "Write a sealed backup while the portal runs.",
    "restore": "Fill an empty database from an opened backup.",
    "doctor": "Check that the portal can work, and say what is wrong.",
}


class _Later(click.Command):
    """A command whose file is only loaded when it is run: the web processes need none of them."""

    def __init__(self, name: str) -> None:
        super().__init__(name, short_help=COMMANDS[name])

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Load the file, and let the real command read its arguments. A command may take its time."""
        script = parent.find_object(ScriptInfo) if parent is not None else None
        if script is not None:
            db.take_time(script.load_app())
        command: click.Command = importlib.import_module(f"app.cli.{self.name}").command
        return command.make_context(info_name, args, parent, **extra)


def init_app(app: Flask) -> None:
    """Register every command."""
    for name in COMMANDS:
        app.cli.add_command(_Later(name))
