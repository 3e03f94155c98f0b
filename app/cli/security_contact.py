"""The set-up's last question: where somebody may write who found a hole."""

from typing import Final

import click

from app.cli.finding import settings

DESCRIPTION: Final = ("kind", "name_ko", "name_en", "slug", "region")
OPTION = click.option(
    "--security-contact",
    help="Where somebody may write who found a hole: mailto:… or https://…. 보안 취약점을 알릴 연락처.",
)


def ask_for_contact(answers: dict[str, str | None]) -> None:
    """Ask, where the settings do not say it, and show the line that belongs there. Who said all else is not asked."""
    said = answers.pop("security_contact")
    if settings().security_contact or (said is None and None not in (answers[name] for name in DESCRIPTION)):
        return
    if said is None:
        said = click.prompt(
            "\nWhere may somebody write who found a hole? mailto:… or https://…, or Enter for later\n"
            "(보안 취약점을 알릴 연락처. 나중에 하려면 그냥 Enter)",
            default="",
            show_default=False,
        )
    if said:
        click.echo(f"\nPut this into the settings (설정에 넣어 주세요):\n\n  ONESTOP_SECURITY_CONTACT={said}\n")
