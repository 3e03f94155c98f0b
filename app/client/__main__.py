"""`python -m app.client COMMAND`."""

import click

from app.client import backup_key, canary, manifest, monitor, open_backup, open_letter, seal, verify


@click.group(help="Check, seal and open what a portal serves, without trusting it.")
def main() -> None:
    """Hold the commands together."""


main.add_command(verify.command)
main.add_command(open_letter.command)
main.add_command(seal.command)
main.add_command(backup_key.command)
main.add_command(open_backup.command)
main.add_command(canary.command)
main.add_command(manifest.command)
main.add_command(monitor.command)

if __name__ == "__main__":
    main(prog_name="python -m app.client")
