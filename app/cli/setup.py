"""`flask setup`: the portal, its operator, and an invitation for the first organisation's first lead.

With `--at-once` the first lead sits here: their keys, and the recovery words, are made on this machine.
All of it at the end, or nothing.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TypeVar

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import db
from app.cli.asking import ask_for_facts, matching, name, one_of, say, show_facts
from app.cli.ceremony import Description, Founded, Person, found
from app.cli.operator import enrol, show
from app.cli.security_contact import OPTION, ask_for_contact
from app.crypto import recipient_key
from app.crypto.recipient_key import KeyPair
from app.domain.recovery_words import word_list, words
from app.domain.vocabulary import ORGANISATION_KINDS, REGIONS, UNDISCLOSED
from app.domain.wire import LOGIN, SLUG
from app.errors import NotFound, SetUpRefused
from app.services import invitation, organisation, portal

Made = TypeVar("Made")
SHORTEST_PASSPHRASE = 12
WORDS_OF_A_PASSPHRASE = 6
TRIES = 3
KINDS = {
    "support_centre": "지원센터",
    "commission": "심의위원회",
    "regulator": "규제 기관",
    "police": "경찰",
    "monitor": "모니터링 단체",
}


@click.command(
    "setup",
    help="Make the portal, an account for whoever runs it, and an invitation for the first organisation's first lead, "
    "who makes its keys in a browser. With --at-once the lead's keys are made here. Asks for what no option says; "
    "nothing is made before the last answer. 포털과 운영자 계정을 만들고, 첫 기관의 첫 책임자를 초대합니다. "
    "마지막 답을 하기 전에는 아무것도 만들지 않습니다.",
)
@click.option("--kind", type=click.Choice(ORGANISATION_KINDS), help="What the organisation does. 기관 종류.")
@click.option("--name-ko", help="Its name in Korean. 한국어 이름.")
@click.option("--name-en", help="Its name in English. 영어 이름.")
@click.option("--slug", help="Its name in addresses: a-z, 0-9, hyphen; never to be changed. 주소에 쓰는 이름.")
@click.option("--region", type=click.Choice(REGIONS), help="Where it works. 활동 지역.")
@click.option("--operator", default="operator", show_default=True, help="The operator's login. 운영자 로그인 이름.")
@click.option(
    "--at-once", is_flag=True, help="The first lead sits here: make their keys now. 첫 책임자의 열쇠를 여기서 만듭니다."
)
@click.option("--login", help="With --at-once, the lead's login: a-z, 0-9, dot, hyphen. 책임자 로그인 이름.")
@click.option("--passphrase", help="Better left out: then it is asked for, or made of words. 암호 문구.")
@click.option("--words-kept", is_flag=True, help="Do not ask for a recovery word. 복구 단어 확인을 건너뜁니다.")
@OPTION
@with_appcontext
def command(passphrase: str | None, operator: str, *, at_once: bool, words_kept: bool, **said: str | None) -> None:
    """Ask, show what belongs on paper, and then make everything."""
    if not at_once and (said["login"] or passphrase or words_kept):
        raise click.UsageError("--login, --passphrase and --words-kept are the lead's, and go with --at-once")
    _refuse_where_one_is()
    description = _describe(said)
    facts = ask_for_facts() if None in (said["kind"], said["name_ko"], said["name_en"]) else {}
    ask_for_contact(said)
    if at_once:
        _found_here(description, operator, said, passphrase, words_kept=words_kept)
    else:
        _invite(description, operator)
    show_facts(facts)


def _invite(description: Description, login: str) -> None:
    """Make portal, operator and organisation, and print what the first lead opens in a browser."""

    def make(session: Session, portal_id: bytes, now: datetime) -> tuple[str, str]:
        passphrase = enrol(session, portal_id, login, now)
        row = organisation.add(session, **asdict(description), now=now)
        return passphrase, invitation.invite(session, row.organisation_id, "lead", None, now)

    passphrase, secret = _whole(make)
    show(login, passphrase)
    click.echo(
        "The portal is there (포털을 만들었습니다). Put its address before this line, and hand it to the first lead:\n"
        "good once, for 72 hours (포털 주소 뒤에 붙여 첫 책임자에게 전하세요. 72시간 안에 한 번만 쓸 수 있습니다):\n\n"
        f"  /invitation#{secret}\n\n"
        "It is shown this once (지금만 보입니다). Another can be made at /operator. `flask doctor` says what is left."
    )


def _found_here(
    description: Description, operator: str, said: dict[str, str | None], passphrase: str | None, *, words_kept: bool
) -> None:
    login = say(said["login"], "--login", "Login of the lead (책임자 로그인 이름)", "lead", matching(LOGIN))
    passphrase = passphrase or _passphrase()
    _check_passphrase(passphrase)
    recovery = recipient_key.generate()
    _show_words(recovery)
    if not words_kept:
        _ask_for_a_word(recovery)
    founded, own = _make(description, operator, Person(login, "lead", passphrase), recovery)
    show(operator, own)
    click.echo(
        f"\nFingerprint of {founded.slug} (지문). Print it wherever people look it up:\n\n  {founded.fingerprint}\n"
    )
    click.echo(
        f"The portal is there (포털을 만들었습니다). {login} signs in at /sign-in. `flask doctor` says what is left."
    )


def _refuse_where_one_is() -> None:
    try:
        portal.current(db.session())
    except NotFound:
        return
    except SQLAlchemyError as error:
        message = "the database does not answer, or has no tables yet: run `flask migrate` first"
        raise click.ClickException(message) from error
    finally:
        db.session().rollback()
    message = "this portal is set up already"
    raise click.ClickException(message)


def _describe(said: dict[str, str | None]) -> Description:
    if said["kind"] is None:
        click.echo("Kinds (기관 종류): " + ", ".join(f"{kind} ({korean})" for kind, korean in KINDS.items()))
    kind = say(said["kind"], "--kind", "Kind of organisation (기관 종류)", "support_centre", one_of(ORGANISATION_KINDS))
    name_ko = say(said["name_ko"], "--name-ko", "Name in Korean (한국어 이름)", None, name)
    name_en = say(said["name_en"], "--name-en", "Name in English (영어 이름)", None, name)
    likely = re.sub(r"[^a-z0-9]+", "-", name_en.lower())[:40].strip("-") or None
    slug = say(said["slug"], "--slug", "Name in addresses, never changed (주소에 쓰는 이름)", likely, matching(SLUG))
    region = say(said["region"], "--region", "Region (지역)", UNDISCLOSED, one_of(REGIONS))
    return Description(slug, kind, name_ko, name_en, region)


def _passphrase() -> str:
    chosen = click.prompt(
        "Passphrase of the lead, or Enter for one made of words (암호 문구, 그냥 Enter를 누르면 만들어 드립니다)",
        default="",
        show_default=False,
        hide_input=True,
        confirmation_prompt="Once more (한 번 더)",
    )
    if chosen:
        return str(chosen)
    made = " ".join(secrets.choice(word_list()) for _number in range(WORDS_OF_A_PASSPHRASE))
    click.echo(f"\nPassphrase of the lead, shown this once (암호 문구, 지금만 보입니다):\n\n  {made}\n")
    return made


def _check_passphrase(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        message = f"a passphrase has at least {SHORTEST_PASSPHRASE} characters; several words are best"
        raise click.ClickException(message)


def _show_words(recovery: KeyPair) -> None:
    click.echo(
        "\nRecovery words (복구 단어). Write them down now and lock them away: they are shown this once, and open "
        "everything.\n지금 종이에 적어 잠가 두세요. 다시 보여 주지 않으며, 모든 것을 열 수 있습니다.\n"
    )
    listed = words(recovery.seed)
    for start in range(0, len(listed), 6):
        line = " ".join(f"{start + place + 1:>2} {word:<9}" for place, word in enumerate(listed[start : start + 6]))
        click.echo(f"  {line}")


def _ask_for_a_word(recovery: KeyPair) -> None:
    listed = words(recovery.seed)
    place = secrets.randbelow(len(listed))
    for _try in range(TRIES):
        answer = click.prompt(f"\nTo be sure, word {place + 1} from your paper (적은 종이의 {place + 1}번째 단어)")
        if answer.strip().lower() == listed[place]:
            return
        click.echo("That is another word (다른 단어입니다).")
    message = "nothing was made; start again when the words are on paper"
    raise click.ClickException(message)


def _make(description: Description, operator: str, lead: Person, recovery: KeyPair) -> tuple[Founded, str]:
    """Make organisation, keys and lead, and the operator; give the operator's passphrase too."""

    def make(session: Session, portal_id: bytes, now: datetime) -> tuple[Founded, str]:
        passphrase = enrol(session, portal_id, operator, now)
        return found(session, portal_id, description, [lead], now, recovery), passphrase

    return _whole(make)


def _whole(make: Callable[[Session, bytes, datetime], Made]) -> Made:
    """Make the portal and what belongs to it in one transaction: whatever ends it early leaves nothing."""
    now = datetime.now(UTC)
    try:
        with (
            db.engine().begin() as connection,
            Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session,
        ):
            portal_id = portal.create(session, demo=False, now=now).portal_id
            made = make(session, portal_id, now)
            session.commit()
            return made
    except SetUpRefused as error:
        message = "this portal is set up already, or the slug or login is not usable"
        raise click.ClickException(message) from error
    except SQLAlchemyError as error:
        message = f"nothing was made: the database does not answer ({type(error).__name__})"
        raise click.ClickException(message) from error
