"""`flask refound`: an organisation that lost every lead and its recovery words gets a first lead once more.

The last way there is: nothing old vouches for the keys that come of it, and everybody is told so.
"""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from app import db
from app.errors import NotFound, TransitionRefused
from app.services import chain_break
from app.services.chain_break import Stake


@click.command(
    "refound",
    help="Invite a first lead anew where an organisation has lost every lead AND its recovery words. "
    "Letters from before are never opened again. "
    "책임자와 복구 단어를 모두 잃은 기관에 첫 책임자를 다시 초대합니다. 그전에 받은 신고서는 다시는 열 수 없습니다.",
)
@click.argument("slug")
@click.option(
    "--operator", default="operator", show_default=True, help="Who does this, as the log says it. 운영자 로그인 이름."
)
@click.option("--take-back", is_flag=True, help="Take the open invitation back instead. 열려 있는 초대를 취소합니다.")
@with_appcontext
def command(slug: str, operator: str, *, take_back: bool) -> None:
    """Say what is lost, have the name typed once more, and print the invitation."""
    session = db.session()
    try:
        if take_back:
            chain_break.take_back(session, slug, operator, datetime.now(UTC))
            click.echo("taken back: nothing was changed (초대를 취소했습니다. 바뀐 것은 없습니다)")
            return
        stake = chain_break.at_stake(session, slug)
        session.rollback()
        _say(stake)
        if click.prompt(f"To go on, type {slug} once more (계속하려면 기관 이름을 다시 쓰세요)") != slug:
            message = "that was another name: nothing was done (아무것도 하지 않았습니다)"
            raise click.ClickException(message)
        secret = chain_break.invite_anew(session, slug, operator, datetime.now(UTC))
    except NotFound:
        session.rollback()
        message = f"there is no organisation {slug}, no operator {operator}, or nothing to take back"
        raise click.ClickException(message) from None
    except TransitionRefused:
        session.rollback()
        message = f"{slug} has no keys yet: invite its first lead at /operator"
        raise click.ClickException(message) from None
    click.echo(
        "\nThe first lead opens this address, within 72 hours and once, behind the portal's own. Make sure by\n"
        "telephone or in person that it is who they say (첫 책임자가 72시간 안에 한 번 여는 주소입니다.\n"
        "앞에 포털 주소를 붙이고, 본인인지 전화나 만남으로 확인하세요):\n\n"
        f"  /invitation#{secret}\n\n"
        "Until it is used nothing changes, and a lead who can sign in after all can take it back on the page of people."
    )


def _say(stake: Stake) -> None:
    holders = ", ".join(stake.holders) or "nobody (없음)"
    click.echo(
        f"{stake.slug}: {stake.name.ko}, {stake.name.en}\n"
        f"Fingerprint so far (지금까지의 지문): {stake.fingerprint}\n\n"
        "What is lost once the invitation is used (초대를 사용하면 잃는 것):\n"
        f"- {stake.letters} letters, with notes and summaries, can never be opened by anybody again.\n"
        f"  (신고서 {stake.letters}통과 메모, 요약을 다시는 아무도 열 수 없습니다.)\n"
        "- The fingerprint on paper is no longer true. Everybody who reports is told.\n"
        "  (종이에 적힌 지문이 더는 맞지 않습니다. 신고하는 모든 사람에게 알립니다.)\n"
        "- Everybody of the organisation waits until the new lead lets them in.\n"
        "  (새 책임자가 들여보낼 때까지 모두 기다립니다.)\n\n"
        "These may still be able to open letters, if they can sign in\n"
        f"(로그인할 수 있다면 아직 신고서를 열 수 있는 사람): {holders}\n\n"
        "Ask each of them first. If a lead can sign in, or the sheet with the 24 words is found, do not do this:\n"
        "use the page of people, or /recovery.\n"
        "(먼저 물어보세요. 책임자가 로그인할 수 있거나 복구 단어를 찾으면 이 명령을 쓰지 마세요.)\n"
    )
