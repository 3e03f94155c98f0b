"""What the set-up asks: answers that will do, and what only the operator knows and the privacy policy has to say."""

import re
from collections.abc import Callable
from typing import Final

import click

from app.cli.finding import settings
from app.forms.law import unsaid

FACTS: Final = {
    "operator_ko": "Who runs the portal, and how to reach them, in Korean (운영하는 곳과 연락처, 한국어)",
    "operator_en": "The same in English (영어)",
    "privacy_officer_ko": "Privacy officer and contact, in Korean (개인정보 보호책임자와 연락처, 한국어)",
    "privacy_officer_en": "The same in English (영어)",
    "hosting_ko": "Where the server stands, and with whom, in Korean (서버가 있는 곳과 관리하는 곳, 한국어)",
    "hosting_en": "The same in English (영어)",
    "processors_ko": "Who works with the data for you, or that nobody does, in Korean (수탁자, 없으면 없다고, 한국어)",
    "processors_en": "The same in English (영어)",
    "policy_from": "From which day on the privacy policy is in force, such as 2026-11-23 (처리방침 시행일)",
}


def say(said: str | None, option: str, question: str, likely: str | None, check: Callable[[str], str]) -> str:
    """Take what an option said, or ask until the answer will do."""
    if said is None:
        return str(click.prompt(question, default=likely, value_proc=check))
    try:
        return check(said)
    except click.BadParameter as error:
        raise click.BadParameter(error.message, param_hint=option) from None


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    """Make what takes one of these words."""

    def check(answer: str) -> str:
        if answer not in choices:
            raise click.BadParameter(f"one of {', '.join(choices)}")
        return answer

    return check


def matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    """Make what takes what a pattern takes."""

    def check(answer: str) -> str:
        if not pattern.match(answer):
            raise click.BadParameter(f"at most 40 of {pattern.pattern[1:].partition(']')[0]}")
        return answer

    return check


def name(answer: str) -> str:
    """Take a name of 1 to 80 characters."""
    if not 1 <= len(answer.strip()) <= 80:
        raise click.BadParameter("between 1 and 80 characters")
    return answer.strip()


def ask_for_facts() -> dict[str, str]:
    """Ask for what the settings do not say yet and the law wants said; an empty answer leaves it for later."""
    missing = unsaid(settings())
    if missing:
        click.echo(
            "The privacy policy needs what only you know. Enter leaves one for later, and the page then says that it\n"
            "is not written yet. 개인정보 처리방침에 필요한 내용입니다. 그냥 Enter를 누르면 나중에 적을 수 있습니다."
        )
    answers = {one: str(click.prompt(FACTS[one], default="", show_default=False)) for one in missing}
    return {one: _line(answer) for one, answer in answers.items() if answer.strip()}


def show_facts(facts: dict[str, str]) -> None:
    """Print the lines that belong into the settings: the portal reads them there, and this command cannot write it."""
    if not facts:
        return
    click.echo("\nPut these lines into /etc/onestop/onestop.env, and restart (설정 파일에 넣고 다시 시작해 주세요):\n")
    for one, answer in facts.items():
        click.echo(f'  ONESTOP_{one.upper()}="{answer}"')


def _line(answer: str) -> str:
    """One line, with nothing in it that would end the quotation or be taken for a variable."""
    return re.sub(r'["\\$`]', "", " ".join(answer.split()))
