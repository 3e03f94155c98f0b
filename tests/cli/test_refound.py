"""The operator's last way: it says what is lost, wants the name once more, and gives an invitation that begins anew."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.domain.wire import b64u_decode
from app.models import Invitation
from app.services import invitation
from tests.making import logged
from tests.operating import operator_made


@pytest.fixture
def run(app, session, make):
    """Run the command, with what is typed to it, in a portal with one organisation and one operator."""
    make.report(make.organisation())
    operator_made(session, make)
    session.close()

    def ran(*arguments, typed=""):
        return app.test_cli_runner().invoke(args=["refound", *arguments], input=typed)

    return ran


def test_it_says_what_is_lost_and_invites_whoever_begins_anew(run, session):
    said = run("centre", "--operator", "the.operator", typed="centre\n")
    assert said.exit_code == 0, said.output
    assert "1 letters, with notes and summaries, can never be opened by anybody again" in said.output
    assert "centre-caseworker, centre-lead" in said.output
    (secret,) = re.findall(r"/invitation#([\w-]{43})", said.output)
    seen = invitation.look(session, b64u_decode(secret, ""), datetime.now(UTC))
    assert (seen.first, seen.anew, seen.organisation.slug) == (True, True, "centre")
    assert logged(session) == [("invited_anew", "")]


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (["centre", "--operator", "the.operator"], "center\n"),
        (["centre", "--operator", "the.operator"], ""),
        (["centre", "--operator", "centre-lead"], "centre\n"),
        (["nowhere", "--operator", "the.operator"], "nowhere\n"),
        (["operator", "--operator", "the.operator"], "operator\n"),
    ],
)
def test_otherwise_it_does_nothing(run, session, arguments, typed):
    said = run(*arguments, typed=typed)
    assert said.exit_code == 1
    assert "/invitation#" not in said.output
    assert session.scalars(select(Invitation.invitation_hash)).all() == []


def test_it_is_taken_back_and_only_once(run, session):
    run("centre", "--operator", "the.operator", typed="centre\n")
    done, again = (run("centre", "--operator", "the.operator", "--take-back") for _time in range(2))
    assert (done.exit_code, again.exit_code) == (0, 1)
    assert [one is None for one in session.scalars(select(Invitation.withdrawn_at))] == [False]
    assert logged(session) == [("invited_anew", ""), ("invitation_withdrawn", "lead")]
