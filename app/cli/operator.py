"""`flask operator`: an account for whoever runs the portal. It opens no letter, and belongs to no organisation."""

import re
import secrets
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.crypto import caseworker_key, recipient_key
from app.domain.recovery_words import word_list
from app.domain.role import OPERATOR
from app.domain.wire import LOGIN
from app.errors import NotFound, SetUpRefused
from app.models import Caseworker
from app.services import caseworker, operator, portal

WORDS = 7  # of 2,048 each: 77 bits
PARAMETER_SET = max(caseworker_key.PARAMETER_SETS)


@click.command(
    "operator",
    help="Make another account for whoever runs the portal, and print its passphrase. "
    "포털을 운영하는 사람의 계정을 하나 더 만들고 암호 문구를 보여 줍니다. With --end, end one.",
)
@click.option("--login", default="operator", show_default=True, help="a-z, 0-9, dot, hyphen, underscore. 로그인 이름.")
@click.option(
    "--end", is_flag=True, help="End this account, its sessions and its invitations instead. 이 계정을 없앱니다."
)
@with_appcontext
def command(login: str, *, end: bool) -> None:
    """Make an account in a portal that was set up, or end one."""
    session = db.session()
    if end:
        _end(session, login)
        return
    try:
        portal_id = portal.current(session).portal_id
        session.rollback()
        passphrase = enrol(session, portal_id, login, datetime.now(UTC))
        session.commit()
    except NotFound:
        message = "there is no portal yet: run `flask setup`"
        raise click.ClickException(message) from None
    except SetUpRefused:
        session.rollback()
        message = f"{login} is taken, or is no sign-in name"
        raise click.ClickException(message) from None
    show(login, passphrase)


def _end(session: Session, login: str) -> None:
    own = select(Caseworker.login).where(Caseworker.login == login, Caseworker.role == OPERATOR)
    try:
        caseworker.leave(session, session.scalar(own) or "", datetime.now(UTC))
    except NotFound:
        session.rollback()
        message = f"{login} is no account of whoever runs the portal"
        raise click.ClickException(message) from None
    click.echo(
        f"{login} is signed out everywhere and can sign in no more. Invitations that were made with it are void."
    )


def enrol(session: Session, portal_id: bytes, login: str, now: datetime) -> str:
    """Add an operator's account to the running transaction; give its passphrase. Raises SetUpRefused."""
    if not re.fullmatch(LOGIN, login):
        raise SetUpRefused
    passphrase = " ".join(secrets.choice(word_list()) for _number in range(WORDS))
    root = caseworker_key.root(passphrase, portal_id, login, PARAMETER_SET)
    pair = recipient_key.generate()
    wrap = caseworker_key.wrap_key(root)
    caseworker.enrol(
        session,
        operator.home(session, now),
        login=login,
        role=OPERATOR,
        public_key=pair.public_key,
        parameter_set=PARAMETER_SET,
        sign_in_hash=caseworker_key.sign_in_hash(caseworker_key.sign_in_key(root)),
        wrapped_seed=caseworker_key.wrap_seed(wrap, portal_id, operator.HOME, pair.kid, pair.seed),
        now=now,
    )
    return passphrase


def show(login: str, passphrase: str) -> None:
    """Print what whoever runs the portal writes down."""
    click.echo(
        f"\nYou sign in as {login} at /sign-in, with this passphrase, shown this once "
        f"(로그인 이름과 암호 문구, 지금만 보입니다):\n\n  {passphrase}\n"
    )
